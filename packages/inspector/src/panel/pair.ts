import { type Html, html } from '../html.ts'
import type { CookieLook, Look, Place } from '../model/look.ts'
import { outcomesOf } from '../model/processes.ts'
import type { RowLook } from '../model/row-events.ts'
import { isThere } from '../model/states.ts'
import type { Step } from '../model/step.ts'
import { verdictOf } from '../words/outlook.ts'
import { cookieStateWords, outcomeWords, rowStateWords } from '../words/states.ts'
import { fill, type PanelData, type Printer, token } from './print.ts'

/** What is known of one cookie and its row, at one moment. */
export interface Pair {
  place: Place
  step: Step
  look: Look
}

/** When the browser will drop a cookie that it has, in ms since the epoch; null where that is not known, or never. */
export const endOfCookie = ({ state, expires }: CookieLook): number | null =>
  isThere(state) && state !== 'until-close' ? (expires ?? null) : null

/** When a row that is there will end; null as with `endOfCookie`. */
export const endOfRow = ({ state, expires }: RowLook): number | null =>
  state === 'present' ? (expires ?? null) : null

/** The name of the sid that the row is looked up under. */
export const rowName = ({ sid, cookie }: Look, { name }: Printer) =>
  sid === null || cookie.value?.state === 'unsigned' ? null : name(sid)

/** Cookie and row in a line, and what the pair means. */
export function pairHtml({ place, look }: Pair, { source }: PanelData, print: Printer): Html {
  const { words, say, nameOf } = print
  const { cookie, row } = look
  const outcomes = outcomesOf(source.story, place)
  const isDivided = new Set(outcomes.map(({ outcome }) => outcome)).size > 1
  const [cookieEnd, rowEnd] = [endOfCookie(cookie), endOfRow(row)]
  return html`<p class="status" id="inspector-status">
  <span class="status-part"><span class="status-word">${words.cookie}</span> ${token(nameOf(cookie.value))} <strong>${say(cookieStateWords[cookie.state])}</strong>${cookieEnd !== null && html` ${print.left(cookieEnd)}`}</span>
  <span class="status-part"><span class="status-word">${words.rowWord}</span> ${token(rowName(look, print))} <strong>${say(rowStateWords[row.state])}</strong>${rowEnd !== null && html` ${print.left(rowEnd)}`}</span>
</p>
<p class="verdict" id="inspector-verdict" data-pair="${cookie.state} × ${row.state}">${verdict(look, print)}</p>
${
  isDivided &&
  html`<div class="notice" id="inspector-divided"><p>${words.divided}</p><ul class="changes">${outcomes.map(
    (one) => html`<li>${words.process(one.slot, one.pid)}: ${say(outcomeWords[one.outcome])}</li>`,
  )}</ul></div>`
}`
}

function verdict({ cookie, row, forgotten }: Look, { say, clock, cut }: Printer): string {
  const { failure } = row
  const text = verdictOf(cookie.state, row.state, {
    failure,
    isForgotten: forgotten !== null,
    isUnrecorded: row.isUnrecorded,
  })
  return fill(say(text), {
    ...(failure && { error: cut(failure.error ?? '', 200) }),
    ...(forgotten && { since: clock(forgotten.since) }),
  })
}
