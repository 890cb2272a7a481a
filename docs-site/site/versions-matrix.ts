import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { sections } from '../../statements/index.ts'
import { cellMark, linkToRelease } from '../versions/difference-view.ts'
import { versionsFile } from '../versions/files.ts'
import { type Column, columnsIn, foldedColumns, type Stretch, wholeColumns } from '../versions/stretches.ts'
import { cellSigns, cellTones, cellWord, type VersionWords, versionWords } from '../versions/words.ts'
import { decidedIn, hrefOf, stackLabel, type Tried, turningIn, type Versions } from './versions-data.ts'

/** Which table: of one stack, folded to what changes or whole. */
export interface Shown {
  stack: string
  isWhole: boolean
}

/** The page of a table; the first stack's folded one is that of all pages about releases. */
export function matrixFileOf({ results }: Versions, { stack, isWhole }: Shown): string {
  const parts = [stack === results.stacks[0]?.slug ? '' : stack, isWhole ? 'all' : ''].filter(Boolean)
  return parts.length === 0 ? versionsFile : versionsFile.replace('.html', `-${parts.join('-')}.html`)
}

const rowId = (id: string) => `row-${id}`

/** Where a sentence's row is; undefined where the stack did not decide it in any release. */
export function linkToRow(versions: Versions, stack: string, id: string): string | undefined {
  const isIn = (some: readonly Tried[]) => some.some(({ sentence }) => sentence.id === id)
  if (!isIn(decidedIn(stack, versions))) return undefined
  return `${matrixFileOf(versions, { stack, isWhole: !isIn(turningIn(stack, versions)) })}#${rowId(id)}`
}

/** The table with the choices of stack and extent, as links: a page for each. */
export function matrixSection(versions: Versions, shown: Shown, language: Language): Html {
  const words = versionWords[language]
  const { stack, isWhole } = shown
  const rows = isWhole
    ? versions.tried.filter(({ stretches }) => stretches[stack])
    : turningIn(stack, versions)
  const all = rows.map(({ stretches }) => stretches[stack] ?? [])
  const count = versions.versions.length
  const columns = isWhole ? wholeColumns(count) : foldedColumns(all, count)
  const choice = (label: string, to: Shown) =>
    html`<li><a href="${matrixFileOf(versions, to)}#matrix"${to.stack === stack && to.isWhole === isWhole ? html` aria-current="true"` : ''}>${label}</a></li>`
  return html`<section aria-labelledby="matrix"><h2 id="matrix">${words.matrix}</h2>
<nav class="choices" aria-label="${words.stack}"><ul>${versions.results.stacks.map((each) => choice(stackLabel(each), { stack: each.slug, isWhole }))}</ul></nav>
<nav class="choices" aria-label="${words.matrix}"><ul>${choice(words.folded, { stack, isWhole: false })}${choice(words.whole, { stack, isWhole: true })}</ul></nav>
<p class="fine">${isWhole ? words.wholeNote : words.foldedNote}</p>
${rows.length === 0 ? html`<p>${words.noTurning}</p>` : table({ versions, rows, columns, stack, language })}</section>`
}

interface Table {
  versions: Versions
  rows: readonly Tried[]
  columns: readonly Column[]
  stack: string
  language: Language
}

function table({ versions, rows, columns, stack, language }: Table): Html {
  const words = versionWords[language]
  const names = versions.versions
  const name = (at: number) => names[at] ?? ''
  const row = ({ sentence, stretches }: Tried) =>
    html`<tr id="${rowId(sentence.id)}"><th scope="row"><a href="${hrefOf(sentence)}">${sentence[language]}</a></th>${(
      stretches[stack] ?? []
    ).map((stretch) => bar({ stretch, columns, names, verdict: sentence.verdict, words }))}</tr>`
  return html`<div class="wide tall" role="group" aria-labelledby="matrix" tabindex="0"><table class="releases">
<thead><tr><th scope="col">${words.sentence}</th>${columns.map(
    ({ from, to }) =>
      html`<th scope="col">${linkToRelease(name(from))}${to > from ? html`<span class="fine">–${name(to)}</span>` : ''}</th>`,
  )}</tr></thead>
${sections.map(({ slug, title }) => {
  const own = rows.filter(({ sentence }) => sentence.section === slug)
  if (own.length === 0) return ''
  return html`<tbody><tr><th class="of-section" scope="rowgroup" colspan="${columns.length + 1}"><span>${title[language]}</span></th></tr>
${own.map(row)}</tbody>`
})}
</table></div>`
}

interface Bar {
  stretch: Stretch
  columns: readonly Column[]
  names: readonly string[]
  verdict: Tried['sentence']['verdict']
  words: VersionWords
}

/** So few columns are wide enough for words; among more, a cell of one or two shows its sign. */
const fewColumns = 10

/** Neighbouring releases in which a sentence comes to the same, as one cell: its releases, its sign and its word. */
function bar({ stretch, columns, names, verdict, words }: Bar): Html {
  const wide = columnsIn(stretch, columns)
  const tone = cellTones[stretch.cell ?? 'unmeasured']
  const sign = cellSigns[stretch.cell ?? 'unmeasured']
  const range = words.versions(names[stretch.from] ?? '', names[stretch.to] ?? '')
  return html`<td class="is-${tone}"${wide > 1 ? html` colspan="${wide}"` : ''}${stretch.message ? html` title="${stretch.message}"` : ''}><span class="bar"><span class="said"><span aria-hidden="true">${sign}</span> <span${wide > 2 || columns.length <= fewColumns ? '' : html` class="hidden"`}>${cellWord(stretch, verdict, words)}</span></span><span class="hidden"> ${range}</span></span></td>`
}

const cells = ['stands', 'falls', 'no-difference', 'cannot-run', 'spurious', null] as const

/** What each sign means. */
export function legend(language: Language): Html {
  const words = versionWords[language]
  return html`<section aria-labelledby="legend"><h2 id="legend">${words.legend}</h2>
<dl class="facts">${cells.map(
    (cell) =>
      html`<div><dt>${cellMark({ cell }, undefined, words)}</dt><dd>${words.cellNotes[cell ?? 'unmeasured']}${cell === 'cannot-run' ? html` <span class="fine">${words.list(Object.values(words.reasons))}</span>` : ''}</dd></div>`,
  )}</dl>
<p class="fine">${words.legendNote}</p></section>`
}
