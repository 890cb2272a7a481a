import type { Statement } from '../statements/statement.ts'
import type { Outcome, SideKey } from './outcome.ts'
import type { Cell, Flip, Reason, Span } from './results.ts'

/** One side of a proof with what became of it in a release. */
export interface Seen {
  key: SideKey
  outcome: Outcome
}

/** What a sentence came to in one release. */
export interface Judged {
  cell: Cell
  why?: Reason | undefined
  message?: string | undefined
}

/**
 * What a sentence came to, by all sides of its proofs.
 * @param hasOption whether the release knows the option or method that the sentence's section is about
 */
export function judge(
  { verdict }: Pick<Statement, 'verdict'>,
  seen: readonly Seen[],
  hasOption: boolean,
): Judged {
  if (verdict === 'untestable') return { cell: 'cannot-run', why: 'untestable' }
  const isProof = ({ key }: Seen) => key.role === 'proof'
  const find = (wanted: (side: Seen) => boolean) => seen.find(wanted)
  const fallen = find((side) => isProof(side) && side.outcome.kind === 'failed')
  const broken = find(({ outcome }) => outcome.kind === 'broken' && !isLack(outcome.why))
  const same = find((side) => !isProof(side) && side.outcome.kind === 'passed')
  const lack = find(({ outcome }) => outcome.kind === 'broken' && isLack(outcome.why))
  if ((fallen || broken || same) && !hasOption)
    return { cell: 'cannot-run', why: 'option-missing', ...messageOf(fallen ?? broken) }
  if (fallen) return { cell: 'falls', ...messageOf(fallen) }
  const first = broken ?? lack
  if (broken || (lack && !same)) return { cell: 'cannot-run', ...whyOf(first), ...messageOf(first) }
  if (same) return { cell: 'no-difference' }
  if (seen.length === 0) return { cell: 'cannot-run', why: 'untestable' }
  return { cell: 'stands' }
}

/** The machine lacks what the proof needs: it says nothing of the release. */
const isLack = (why: Outcome['why']) => why === 'needs-browser' || why === 'needs-server'
const messageOf = (seen: Seen | undefined) => (seen?.outcome.message ? { message: seen.outcome.message } : {})
const whyOf = (seen: Seen | undefined) => (seen?.outcome.why ? { why: seen.outcome.why } : {})

/** The same sentence in several runs: what they agree on, or that they do not. */
export function agree(runs: readonly Judged[]): Judged {
  const [first] = runs
  if (!first) throw new Error('no run')
  const isSame = runs.every(({ cell, why }) => cell === first.cell && why === first.why)
  return isSame
    ? first
    : {
        cell: 'spurious',
        message: runs.map(({ cell, why }) => [cell, why].filter(Boolean).join(' ')).join(', '),
      }
}

/** Neighbouring releases with the same cell as one span. */
export function spansOf(releases: readonly string[], judged: ReadonlyMap<string, Judged>): Span[] {
  const spans: Span[] = []
  let last: Span | undefined // of the release before; what was not tried is in no span
  for (const version of releases) {
    const now = judged.get(version)
    const isSame = last && last.cell === now?.cell && last.why === now.why
    if (last && isSame) last.to = version
    else last = now && { from: version, to: version, ...now }
    if (last && !isSame) spans.push(last)
  }
  return spans
}

/** Where a sentence's cell becomes another one, from one release to the next; where those between were not tried, nobody knows. */
export function flipsOf(
  id: string,
  stack: string,
  spans: readonly Span[],
  releases: readonly string[],
  noteOf: (version: string, before: Span, after: Span) => string | null,
): Flip[] {
  return spans.slice(1).flatMap((after, index) => {
    const before = spans[index]
    if (!before || releases.indexOf(before.to) + 1 !== releases.indexOf(after.from)) return []
    const note = noteOf(after.from, before, after)
    return [{ id, stack, version: after.from, before: before.cell, after: after.cell, note }]
  })
}
