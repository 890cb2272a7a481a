import { type Html, html } from '../html.ts'
import { knownRows } from '../model/focus.ts'
import { isAbsent } from '../model/states.ts'
import { unknownRowWords } from '../words/outlook.ts'
import { unrecordedRowWords } from '../words/passed.ts'
import { rowStateWords } from '../words/states.ts'
import { dataText, goneText, heldSids, otherRows, otherRowsHtml } from './other-rows.ts'
import { endOfRow, type Pair, rowName } from './pair.ts'
import { type PanelData, type Printer, token } from './print.ts'

/** The row that the cookie points to, and the others. */
export function rowHtml(pair: Pair, { source }: PanelData, print: Printer): Html {
  const { words, say, isLive } = print
  const { place, look } = pair
  const { state, data, isSeen, isUnrecorded, failure } = look.row
  const name = token(rowName(look, print))
  const end = endOfRow(look.row)
  const isUnknown = state === 'unknown'
  const [origin, note] =
    isUnknown && (isSeen || isUnrecorded)
      ? ['—', say(isUnrecorded ? unrecordedRowWords : unknownRowWords)]
      : !isSeen
        ? [words.inferred, words.limitInferredRow]
        : isLive
          ? [words.measured, words.limitPeek]
          : [words.recorded, words.recordedNote]
  const shown = !isAbsent(state)
    ? data &&
      html`<dl><dt>${words.data}</dt><dd><code class="small">${dataText(data, print)}</code></dd></dl>`
    : name &&
      html`<p class="ghost is-gone">${name} <span class="fine">${look.row.goneAt === null ? words.noRow : goneText(look.row, print)}</span></p>`
  const others = otherRows(knownRows(source.story), source.story.rows, place, look.sid, source.since)
  return html`<section class="column${state !== 'present' && ' is-absent'}" aria-labelledby="column-row" id="inspector-row" data-state="${state}">
    <h3 id="column-row">${words.row}</h3>
    <p class="state">${!isAbsent(state) && html`${name} `}<strong>${say(rowStateWords[state])}</strong> <abbr class="mark" title="${note}">${origin}</abbr></p>
    ${end !== null && print.countdown(end, 'row')}
    ${failure && html`<p class="bad" id="inspector-failure"><code>${failure.method}</code> ${failure.error === null ? words.pending : `${words.failed}: ${print.cut(failure.error, 200)}`}</p>`}
    ${shown}
    ${otherRowsHtml(others, heldSids(source.story, place), print)}
  </section>`
}
