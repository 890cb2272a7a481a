import type { Cell, Reason, Span, VersionsResults } from '../../versions/results.ts'

/** Neighbouring releases in which a sentence came to the same, as places in the order of releases, both included. */
export interface Stretch {
  from: number
  to: number
  /** null: nobody has measured it. */
  cell: Cell | null
  why?: Reason | undefined
  /** As it was in the first of them. */
  message?: string | undefined
}

/** All releases as stretches without a gap: what no span says is not measured. */
export function stretchesOf(spans: readonly Span[], versions: readonly string[]): Stretch[] {
  const known = spans.map(({ from, to, ...came }) => ({
    ...came,
    ...{ from: versions.indexOf(from), to: versions.indexOf(to) },
  }))
  const all: Stretch[] = []
  for (const stretch of known.toSorted((one, other) => one.from - other.from)) {
    const begin = (all.at(-1)?.to ?? -1) + 1
    if (begin < stretch.from) all.push({ from: begin, to: stretch.from - 1, cell: null })
    all.push(stretch)
  }
  const begin = (all.at(-1)?.to ?? -1) + 1
  if (begin < versions.length) all.push({ from: begin, to: versions.length - 1, cell: null })
  return all
}

/** The stretch that a release lies in. */
export function stretchAt(stretches: readonly Stretch[], release: number): Stretch {
  const found = stretches.find(({ from, to }) => from <= release && release <= to)
  if (!found) throw new Error(`no stretch has release ${release}`)
  return found
}

const ofTheMachine = ['needs-browser', 'needs-server', 'makes-no-session', 'untestable']

/**
 * Whether it says nothing about the release: nobody measured, the machine lacked something, the release cannot be tried
 * on so new a Node, or nothing could decide.
 */
export const saysNothing = ({ cell, why }: Pick<Stretch, 'cell' | 'why'>): boolean =>
  cell === null || (why !== undefined && ofTheMachine.includes(why))

/** A column of the matrix: one release, or several in which nothing differs. */
export interface Column {
  from: number
  to: number
}

/** One column for each release. */
export const wholeColumns = (count: number): Column[] =>
  Array.from({ length: count }, (_, at) => ({ from: at, to: at }))

/** A column begins where any of these sentences turns over. */
export function foldedColumns(rows: readonly (readonly Stretch[])[], count: number): Column[] {
  const begins = new Set(rows.flatMap((stretches) => stretches.map(({ from }) => from)))
  const sorted = [...begins].sort((one, other) => one - other)
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? count) - 1 }))
}

/** How many columns a stretch takes: it begins and ends with one. */
export const columnsIn = ({ from, to }: Stretch, columns: readonly Column[]): number =>
  columns.filter((column) => from <= column.from && column.from <= to).length

/** Whether a sentence comes to different things in different releases, as far as that was measured. */
export const turnsOver = (stretches: readonly Stretch[]): boolean =>
  new Set(stretches.flatMap((stretch) => (saysNothing(stretch) ? [] : stretch.cell))).size > 1

/** The line of the release notes that tells of something; null: none does. Unknown where there are no notes of the release. */
export type Note = { line: string | null } | 'unknown'

/** A sentence turns over in a release: in all of these stacks alike. */
export interface Turn {
  id: string
  version: string
  before: Cell
  after: Cell
  note: Note
  /** Their slugs. */
  stacks: string[]
}

/** Every turn once, in the order of the releases, and of the sentences within one. What comes of the machine is none. */
export function turnsOf({ flips, releases, sentences }: VersionsResults): Turn[] {
  const turns = new Map<string, Turn>()
  const untold = new Set(releases.flatMap(({ version, notes }) => (notes ? [] : version)))
  for (const { stack, note, ...flip } of flips) {
    if (flip.before === flip.after) continue // only the reason is another one
    const spans = sentences.find(({ id }) => id === flip.id)?.spans[stack] ?? []
    const at = spans.findIndex(({ from }) => from === flip.version)
    if (spans.slice(Math.max(at - 1, 0), at + 1).some(saysNothing)) continue
    const key = JSON.stringify({ ...flip, note })
    const said: Note = note === null && untold.has(flip.version) ? 'unknown' : { line: note }
    const turn = turns.get(key) ?? { ...flip, note: said, stacks: [] }
    turn.stacks.push(stack)
    turns.set(key, turn)
  }
  const place = ({ version, id }: Turn) =>
    releases.findIndex((release) => release.version === version) * sentences.length +
    sentences.findIndex((sentence) => sentence.id === id)
  return [...turns.values()].sort((one, other) => place(one) - place(other))
}
