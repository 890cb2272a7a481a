import { longestData } from '../exchange.ts'
import { type Html, html } from '../html.ts'
import { readableData } from '../model/diff.ts'
import type { RowPlace } from '../model/focus.ts'
import { lookAtCookie, type Place } from '../model/look.ts'
import type { RowLook } from '../model/row-events.ts'
import type { Rows } from '../model/rows.ts'
import { shelfOf } from '../model/sessions.ts'
import { isAbsent, isThere } from '../model/states.ts'
import type { Story } from '../model/story.ts'
import { rowStateWords } from '../words/states.ts'
import { endOfRow } from './pair.ts'
import { type Printer, token } from './print.ts'

const ghostFor = 60_000 // ms that a removed row stays to be seen
const mostShown = 3
const longestShown = 600 // characters of session data

/** How a row came to be gone. */
export const goneText = ({ by, isUnrecorded }: RowLook, { words }: Printer) =>
  by !== null ? words.goneBy(by) : isUnrecorded ? words.goneUnrecorded : words.goneUnseen

/** A session's data, as far as it is shown. */
export const dataText = (data: string, { words, cut }: Printer) =>
  data.length >= longestData
    ? `${data.slice(0, longestShown)}${words.cutInRecord}`
    : cut(readableData(data), longestShown)

/** A row that is not the one in question. */
export interface OtherRow extends RowPlace {
  row: RowLook
}

/**
 * Of the known rows, those that are there at that moment or were removed shortly before; all but the one under `own`.
 * @param since when the newest chapter began: what went before that is not shown in it
 */
export const otherRows = (
  known: readonly RowPlace[],
  rows: Pick<Rows, 'at'>,
  { server, session, moment }: Place,
  own: string | null,
  since = 0,
): OtherRow[] =>
  known
    .filter(({ sid, shelf }) => sid !== own || shelf !== shelfOf(server, session.store))
    .map((place) => ({ ...place, row: rows.at(place.shelf, place.sid, moment) }))
    .filter(
      ({ row: { state, goneAt } }) =>
        !isAbsent(state) ||
        (goneAt !== null && moment - goneAt < ghostFor && (goneAt >= since || moment < since)),
    )

/** The sids of the session cookies that the browsers should have at that moment; null where one of them is not known. */
export function heldSids(story: Story, place: Place): Set<string> | null {
  const looks = story.clients().map(({ key }) => lookAtCookie(story, { ...place, client: key }))
  if (looks.some(({ state }) => state === 'unknown')) return null
  return new Set(looks.flatMap(({ state, value }) => (isThere(state) && value ? [value.sid] : [])))
}

/** The rows that are not the one in question, newest first; `pointed` is what `heldSids` tells. Many are folded. */
export function otherRowsHtml(
  others: readonly OtherRow[],
  pointed: ReadonlySet<string> | null,
  print: Printer,
): Html | false {
  const entry = (other: OtherRow) => otherRow(other, pointed === null || pointed.has(other.sid), print)
  const newestFirst = [...others].reverse()
  const folded = newestFirst.slice(mostShown)
  return (
    others.length > 0 &&
    html`<details id="inspector-others" open>
      <summary>${print.words.rows} <span class="number">${others.length}</span></summary>
      <ul class="rows">${newestFirst.slice(0, mostShown).map(entry)}</ul>
      ${
        folded.length > 0 &&
        html`<details id="inspector-more-rows"><summary><span class="hidden">${print.words.rows} </span>+${folded.length}</summary>
      <ul class="rows">${folded.map(entry)}</ul></details>`
      }
    </details>`
  )
}

/** A row that is not the one in question, in one line; all of it is in the tooltip. */
export function otherRow({ server, sid, row }: OtherRow, isPointedAt: boolean, print: Printer): Html {
  const { words, cut } = print
  const end = endOfRow(row)
  const isGone = isAbsent(row.state)
  const ghost = isGone ? 'ghost is-gone' : row.state === 'expired' && 'ghost'
  const orphan = !isPointedAt && html` · ${words.orphan}`
  const text = isGone
    ? goneText(row, print)
    : html`${print.say(rowStateWords[row.state])}${end !== null && html`${words.comma}${print.left(end)}`}${orphan}`
  const data =
    !isGone && row.data !== null && html` <code class="small">${cut(readableData(row.data), 80)}</code>`
  return html`<li class="${ghost}" title="${isGone ? goneText(row, print) : cut(readableData(row.data ?? ''), longestShown)}">${token(print.name(sid))}${print.severalServers && html` <span class="fine">${print.server(server)}</span>`} <span class="fine">${text}</span>${data}</li>`
}
