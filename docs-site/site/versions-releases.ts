import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import type { Release } from '../../versions/results.ts'
import { cellMark, linkToRelease, noteView, turnMark } from '../versions/difference-view.ts'
import { releaseId } from '../versions/files.ts'
import type { Turn } from '../versions/stretches.ts'
import { type VersionWords, versionWords } from '../versions/words.ts'
import { hrefOf, stackLabel, type Versions } from './versions-data.ts'

/** What changed for whoever takes a release: the sentences that turn over in it, and its notes. The newest first. */
export function releasesPage(all: Versions, language: Language): Html {
  const words = versionWords[language]
  const newestFirst = all.results.releases.toReversed()
  const turnsIn = (version: string) => all.turns.filter((turn) => turn.version === version)
  const changing = newestFirst.filter(({ version }) => turnsIn(version).length > 0)
  return html`<h1>${words.releases}</h1>
<p class="lead">${words.releasesLead}</p>
<nav class="jump" aria-label="${words.releasesWithChanges}"><p class="fine">${words.releasesWithChanges}</p><ul>${changing.map(
    ({ version }) =>
      html`<li>${linkToRelease(version)} <span class="count">${countIn(turnsIn(version))}</span></li>`,
  )}</ul></nav>
${newestFirst.map((release, at) =>
  releaseView({
    release,
    turns: turnsIn(release.version),
    previous: newestFirst[at + 1]?.version,
    next: newestFirst[at - 1]?.version,
    all,
    language,
  }),
)}`
}

const countIn = (turns: readonly Turn[]): number => new Set(turns.map(({ id }) => id)).size

interface Shown {
  release: Release
  turns: readonly Turn[]
  previous: string | undefined
  next: string | undefined
  all: Versions
  language: Language
}

function releaseView({ release, turns, previous, next, all, language }: Shown): Html {
  const words = versionWords[language]
  const { version, date, notes } = release
  const id = releaseId(version)
  const nothing = previous === undefined ? words.firstRelease : words.unchanged
  return html`<article class="release" id="${id}" aria-labelledby="${id}:title">
<h2 id="${id}:title">express-session ${version}${date ? html` <time class="fine">${date}</time>` : ''}</h2>
${
  turns.length > 0
    ? html`<h3>${words.changed(countIn(turns))}</h3><ul class="turns">${turns.map((turn) => turnItem(turn, all, language))}</ul>`
    : html`<p class="fine">${nothing}</p>`
}
${notesView(notes, words)}
<p class="turn fine">${previous ? html`<span>${words.previous} ${linkToRelease(previous)}</span>` : ''}${next ? html`<span>${words.next} ${linkToRelease(next)}</span>` : ''}</p>
</article>`
}

const notesView = (notes: Release['notes'], words: VersionWords): Html =>
  notes
    ? html`<details class="part"><summary>${words.notes} <span class="count">${notes.length}</span></summary><ul lang="en">${notes.map((note) => html`<li>${note}</li>`)}</ul></details>`
    : html`<p class="fine">${words.noNotes}</p>`

/**
 * A sentence that turns over: what becomes of it, on which stacks, and the line of the notes.
 * @param withNote whether the line is not told elsewhere
 */
export function turnItem(turn: Turn, all: Versions, language: Language, withNote = true): Html | undefined {
  const words = versionWords[language]
  const { stacks } = all.results
  const sentence = all.tried.find((each) => each.sentence.id === turn.id)?.sentence
  if (!sentence) return undefined
  const own = stacks.filter(({ slug }) => turn.stacks.includes(slug))
  const mark = (which: 'before' | 'after') =>
    cellMark({ cell: turn[which], why: whyIn(turn, which, all) }, sentence.verdict, words)
  return html`<li><a href="${hrefOf(sentence)}">${sentence[language]}</a>
<p>${turnMark(mark('before'), mark('after'), words)}${own.length < stacks.length ? html` <span class="fine">${words.onlyOn(words.list(own.map(stackLabel)))}</span>` : ''}</p>
${withNote ? html`<p>${noteView(turn.note, words)}</p>` : ''}</li>`
}

/** Why nothing was decided before or after, on the first of its stacks. */
function whyIn({ id, version, stacks: [stack = ''] }: Turn, which: 'before' | 'after', all: Versions) {
  const at = all.versions.indexOf(version)
  const stretches = all.tried.find(({ sentence }) => sentence.id === id)?.stretches[stack]
  return stretches?.find(({ from, to }) => (which === 'after' ? from === at : to === at - 1))?.why
}
