import escapeHtml from 'escape-html'
import { type Choice, codeFor, linkTo, readChoice, remarksOn } from './choice.ts'
import { type Preset, presets } from './presets.ts'
import { groups, type OptionField, type OptionGroup } from './schema.ts'

/** What is chosen and, beside it, all that can be, as HTML. `demo` is what runs with it, where the page is the demo. */
export function formPage(
  choice: Choice,
  running: Choice,
  demo = '<p><a href="/">to the demo</a></p>',
): string {
  const isRunning = linkTo(choice) === linkTo(running)
  return (
    '<link rel="stylesheet" href="/playground.css"><div class="play"><div class="now">' +
    demo +
    `<p>${isRunning ? 'Running with these options.' : 'Not running yet.'}</p>` +
    `<pre tabindex="0"><code>${escapeHtml(codeFor(choice))}</code></pre>` +
    `<p><a href="${escapeHtml(linkTo(choice))}">Link to these options</a></p>` +
    `</div><div>${remarksList(choice)}` +
    `<h2>Worth a try</h2><ul class="presets">${presets.map((preset) => presetItem(preset, running)).join('')}</ul>` +
    '<h2>All options</h2><form method="post" action="/options">' +
    '<p class="run"><input type="submit" value="Run with these"></p>' +
    `${groups.map((group) => fieldset(group, choice)).join('')}</form></div></div>`
  )
}

function remarksList(choice: Choice): string {
  const remarks = remarksOn(choice).map(
    ({ text, isImpossible }) => `<li>${isImpossible ? '<strong>×</strong> ' : '※ '}${escapeHtml(text)}</li>`,
  )
  return remarks.length > 0 ? `<ul id="remarks">${remarks.join('')}</ul>` : ''
}

/** A form with what it differs in: what it does not have is as at the start. */
function presetItem({ name, isCode, hint, differs }: Preset, running: Choice): string {
  const values = Object.entries(differs)
    .map(([option, text]) => `<input type="hidden" name="${option}" value="${escapeHtml(text)}">`)
    .join('')
  const isRunning = linkTo(readChoice(new URLSearchParams(differs))) === linkTo(running)
  const shown = isCode ? `<code>${escapeHtml(name)}</code>` : name
  return (
    `<li><form method="post" action="/options">${values}` +
    `<button${isRunning ? ' aria-current="true"' : ''}>${shown}</button></form> <span>${hint}</span></li>`
  )
}

const fieldset = ({ title, fields }: OptionGroup, choice: Choice) =>
  `<fieldset><legend>${title}</legend>${fields.map((field) => control(field, choice[field.name] ?? '')).join('')}</fieldset>`

function control({ name, help, choices }: OptionField, chosen: string): string {
  const id = `option-${name.replace('.', '-')}`
  const own = `id="${id}" name="${name}" aria-describedby="${id}-help"`
  const input = choices
    ? `<select ${own}>${choices.map((choice) => option(choice, choice === chosen)).join('')}</select>`
    : `<input ${own} value="${escapeHtml(chosen)}" autocomplete="off" spellcheck="false">`
  return `<p><label for="${id}"><code>${name}</code></label> ${input} <small id="${id}-help">${escapeHtml(help)}</small></p>`
}

const option = (value: string, isChosen: boolean) =>
  `<option value="${escapeHtml(value)}"${isChosen ? ' selected' : ''}>${escapeHtml(value) || '(left out)'}</option>`
