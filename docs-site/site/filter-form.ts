import { type Html, html } from '../../common/html.ts'
import type { DocsWords } from './words.ts'

/** A choice of a filter: what the `data-` attribute of that name has to be. */
export interface Choice {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
}

/**
 * The form that narrows a list: choices and a text. Its script shows it, and hides each `[data-item]` in `list` that
 * does not fit.
 * @param list the id of the list
 */
export function filterForm(list: string, choices: readonly Choice[], words: DocsWords): Html {
  return html`<form class="filter" data-filters="${list}" hidden>
${choices.map(
  ({ name, label, options }) =>
    html`<p><label for="${list}-${name}">${label}</label><select id="${list}-${name}" name="${name}"><option value="">${words.any}</option>${options.map(
      (option) => html`<option value="${option.value}">${option.label}</option>`,
    )}</select></p>`,
)}
<p class="text"><label for="${list}-text">${words.textFilter}</label><input type="search" id="${list}-text" name="text" maxlength="100" autocomplete="off"></p>
<p class="shown"><button type="reset">${words.showAll}</button> <span role="status"></span></p>
</form>`
}
