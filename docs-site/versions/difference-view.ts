import { type Html, html } from '../../common/html.ts'
import type { Verdict } from '../../statements/statement.ts'
import type { Cell, Reason } from '../../versions/results.ts'
import { fromToFile, releaseId, releasesFile } from './files.ts'
import {
  type Comparable,
  comparedCount,
  type Difference,
  differencesBetween,
  type Place,
  queryOf,
} from './from-to.ts'
import type { Note } from './stretches.ts'
import { cellSigns, cellTones, cellWord, type VersionWords } from './words.ts'

export const linkToRelease = (version: string): Html =>
  html`<a href="${releasesFile}#${releaseId(version)}">${version}</a>`

/** A cell as sign, word and colour. */
export function cellMark(
  came: { cell: Cell | null; why?: Reason | undefined },
  verdict: Verdict | null | undefined,
  words: VersionWords,
): Html {
  const name = came.cell ?? 'unmeasured'
  return html`<span class="sign is-${cellTones[name]}"><span aria-hidden="true">${cellSigns[name]}</span> ${cellWord(came, verdict, words)}</span>`
}

/** From one thing to another. */
const becomes = ({ becomes }: VersionWords): Html =>
  html`<span aria-hidden="true">→</span><span class="hidden">${becomes}</span>`

/** What becomes of a sentence: before and after. */
export const turnMark = (before: Html, after: Html, words: VersionWords): Html =>
  html`<span class="turned">${before} ${becomes(words)} ${after}</span>`

/** The line of the release notes, that there is none, or that nobody knows. */
export function noteView(note: Note, words: VersionWords): Html {
  if (note === 'unknown') return html`<span class="fine">${words.unknownNote}</span>`
  return note.line === null
    ? html`<span class="unwritten">${words.unwritten}</span>`
    : html`<span class="fine">${words.noteSays}:</span> <q lang="en">${note.line}</q>`
}

/** What changes for whoever goes from one place to the other: the sentences, by what becomes of them. */
export function differenceView(all: Comparable, from: Place, to: Place, words: VersionWords): Html {
  const differences = differencesBetween(all, from, to)
  const kind = ({ sentence, before, after }: Difference) => {
    if (sentence.verdict === 'does-not-hold') return 'other'
    if (after.cell === 'stands') return 'gained'
    return before.cell === 'stands' ? 'lost' : 'other'
  }
  return html`<h2>${placeName(all, from, words)} ${becomes(words)} ${placeName(all, to, words)}</h2>
<p role="status">${words.difference(differences.length, comparedCount(all, from, to))}</p>
${(['lost', 'gained', 'other'] as const).map((each) => {
  const own = differences.filter((difference) => kind(difference) === each)
  if (own.length === 0) return ''
  return html`<h3>${words[each]} <span class="count">${own.length}</span></h3>
<ul class="turns">${own.map((difference) => differenceItem(difference, words))}</ul>`
})}
<p class="fine"><a href="${fromToFile}${queryOf(from, to)}">${words.permalink}</a></p>`
}

/** A release with the Express and Node.js that it runs with. */
export function placeName({ stacks }: Comparable, { version, stack }: Place, words: VersionWords): string {
  const label = stacks.find(({ slug }) => slug === stack)?.label
  return label ? words.because(version, label) : version
}

function differenceItem({ sentence, before, after, madeBy, turns }: Difference, words: VersionWords): Html {
  const { href, text, verdict } = sentence
  return html`<li><a href="${href}">${text}</a>
<p>${turnMark(cellMark(before, verdict, words), cellMark(after, verdict, words), words)}</p>
${madeBy === 'stack' ? html`<p class="fine">${words.madeByStack}</p>` : ''}
${turns.map(({ version, note }) => html`<p>${words.turnsIn} ${linkToRelease(version)} ${noteView(note, words)}</p>`)}</li>`
}
