import escapeHtml from 'escape-html'
import { type Choice, codeFor, linkTo, remarksOn } from './choice.ts'
import { fields, type OptionField } from './schema.ts'

/** The form, the code for the choice and what is to be known about it, as HTML. */
export function formPage(choice: Choice, running: Choice): string {
  const remarks = remarksOn(choice).map(
    ({ text, isImpossible }) => `<li>${isImpossible ? '<strong>×</strong> ' : '※ '}${escapeHtml(text)}</li>`,
  )
  const isRunning = linkTo(choice) === linkTo(running)
  return (
    `<p>${isRunning ? 'Running with these options.' : 'Not running yet.'}</p>` +
    (remarks.length > 0 ? `<ul id="remarks">${remarks.join('')}</ul>` : '') +
    '<form method="post" action="/options">' +
    '<p><input type="submit" value="Run with these"> <a href="/">to the demo</a></p>' +
    fields.map((field) => control(field, choice[field.name] ?? '')).join('') +
    '</form>' +
    `<h2>Code</h2><pre tabindex="0"><code>${escapeHtml(codeFor(choice))}</code></pre>` +
    `<p><a href="${escapeHtml(linkTo(choice))}">Link to these options</a></p>`
  )
}

function control({ name, help, choices }: OptionField, chosen: string): string {
  const id = `option-${name.replace('.', '-')}`
  const input = choices
    ? `<select id="${id}" name="${name}">${choices.map((choice) => option(choice, choice === chosen)).join('')}</select>`
    : `<input id="${id}" name="${name}" value="${escapeHtml(chosen)}" autocomplete="off" spellcheck="false">`
  return `<p><label for="${id}"><code>${name}</code></label><br>${escapeHtml(help)}<br>${input}</p>`
}

const option = (value: string, isChosen: boolean) =>
  `<option value="${escapeHtml(value)}"${isChosen ? ' selected' : ''}>${escapeHtml(value) || '(left out)'}</option>`
