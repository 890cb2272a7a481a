import escapeHtml from 'escape-html'
import { type Choice, codeFor, linkTo, remarksOn } from './choice.ts'
import { fields, type OptionField } from './schema.ts'

/** The form, the code for the choice and what is to be known about it, as HTML. */
export function formPage(choice: Choice, running: Choice): string {
  const remarks = remarksOn(choice).map(
    ({ ja, en, isImpossible }) =>
      `<li>${isImpossible ? '<strong>× </strong>' : '※ '}${escapeHtml(ja)}<br><span lang="en">${escapeHtml(en)}</span></li>`,
  )
  const isRunning = linkTo(choice) === linkTo(running)
  return (
    `<p>${isRunning ? '今、この設定で動いています。<span lang="en">Running with these options.</span>' : 'この設定は、まだ動いていません。<span lang="en">Not running yet.</span>'}</p>` +
    (remarks.length > 0 ? `<ul id="remarks">${remarks.join('')}</ul>` : '') +
    '<form method="post" action="/options">' +
    `<p><input type="submit" value="この設定で動かす / Run with these"> <a href="/">デモへ / <span lang="en">to the demo</span></a></p>` +
    fields.map((field) => control(field, choice[field.name] ?? '')).join('') +
    '</form>' +
    `<h2>コード / <span lang="en">Code</span></h2><pre tabindex="0"><code>${escapeHtml(codeFor(choice))}</code></pre>` +
    `<p><a href="${escapeHtml(linkTo(choice))}">この設定へのリンク / <span lang="en">Link to these options</span></a></p>`
  )
}

function control({ name, help, choices }: OptionField, chosen: string): string {
  const id = `option-${name.replace('.', '-')}`
  const input = choices
    ? `<select id="${id}" name="${name}">${choices.map((choice) => option(choice, choice === chosen)).join('')}</select>`
    : `<input id="${id}" name="${name}" value="${escapeHtml(chosen)}" autocomplete="off" spellcheck="false">`
  return `<p><label for="${id}"><code>${name}</code></label><br>${help.ja}<br><span lang="en">${escapeHtml(help.en)}</span><br>${input}</p>`
}

const option = (value: string, isChosen: boolean) =>
  `<option value="${escapeHtml(value)}"${isChosen ? ' selected' : ''}>${escapeHtml(value) || '(省く / left out)'}</option>`
