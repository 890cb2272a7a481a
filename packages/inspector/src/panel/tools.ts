import { type Html, html } from '../html.ts'
import type { PanelData, Printer } from './print.ts'
import { searchOf } from './query.ts'

/** What can be done here, and what this page can know. */
export function toolsHtml(data: PanelData, { words }: Printer): Html {
  const { query, source, limit, canTamper } = data
  const action = (name: string) => `/__lab/inspector/${name}${searchOf(query)}`
  const tamper = canTamper
    ? html`<button id="inspector-tamper">${words.tamper}</button> <span class="fine">${words.tamperNote}</span>`
    : html`<button id="inspector-tamper" disabled aria-describedby="tamper-nothing">${words.tamper}</button> <span class="fine" id="tamper-nothing">${words.tamperNothing}</span>`
  return html`<section class="tools" aria-labelledby="tools-heading">
  <details id="inspector-tools"><summary><h3 id="tools-heading">${words.tools}</h3></summary>
  ${!query.isImported && html`<form method="post" action="${action('tamper')}" data-inspector-form>${tamper}</form>`}
  <p><a href="/__lab/inspector/export.json" download="session-record.json">${words.exportJson}</a> <span class="fine">${words.exportNote}</span></p>
  <form method="post" action="${action('import')}" class="import">
    <fieldset><legend>${words.importJson}</legend>
    <p class="needs-script" hidden><label>${words.importFile} <input type="file" accept="application/json,.json" id="inspector-file"></label></p>
    <label>${words.importText}<textarea name="record" id="inspector-record" rows="3" spellcheck="false"></textarea></label>
    <button>${words.importButton}</button></fieldset>
  </form>
  ${!query.isImported && html`<form method="post" action="${action('clear')}" data-inspector-form><button>${words.clear}</button></form>`}
  </details>
  <details id="inspector-limits"><summary><h3>${words.limits}</h3></summary>
    <ul>
      <li>${words.limitMeasured}</li>
      <li>${words.limitClients}</li>
      <li>${words.limitSecond}</li>
      <li>${(data.look?.row.isSeen ?? source.canPeek) ? words.limitPeek : words.limitInferredRow}</li>
      <li>${words.limitCount(limit)}</li>
    </ul>
  </details>
  <p class="fine"><a href="/__lab/inspector/${searchOf(query)}">${words.alone}</a></p>
</section>`
}
