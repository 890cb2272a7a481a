import type { Verdict } from '../../statements/statement.ts'
import { type Note, type Stretch, saysNothing, stretchAt } from './stretches.ts'

/** What the page needs to compare any two releases: it is embedded in it. */
export interface Comparable {
  versions: readonly string[]
  stacks: readonly { slug: string; label: string }[]
  sentences: readonly ComparedSentence[]
  /** Where a sentence turns over, in any stack. */
  turns: readonly { id: string; version: string; stacks: readonly string[]; note: Note }[]
}

export interface ComparedSentence {
  id: string
  text: string
  /** Its view on the site. */
  href: string
  verdict: Verdict | null
  /** By stack; one that did not run it is missing. */
  stretches: Readonly<Record<string, readonly Stretch[]>>
}

/** A release on a stack. */
export interface Place {
  version: string
  stack: string
}

/** A sentence that comes to something else. */
export interface Difference {
  sentence: ComparedSentence
  before: Stretch
  after: Stretch
  /** Whether the release makes it, or Express and Node.js: with those of `to`, the old release comes to the same already. */
  madeBy: 'release' | 'stack'
  /** Where between the two it turns over, on the stack of `to`. */
  turns: readonly { version: string; note: Note }[]
}

/** The sentences that come to something else when one goes from one place to the other, in the order of the documentation. */
export function differencesBetween(all: Comparable, from: Place, to: Place): Difference[] {
  const [begin, end] = [all.versions.indexOf(from.version), all.versions.indexOf(to.version)]
  const between = (version: string) => {
    const at = all.versions.indexOf(version)
    return Math.min(begin, end) < at && at <= Math.max(begin, end)
  }
  return all.sentences.flatMap((sentence) => {
    const [old, own] = [sentence.stretches[from.stack], sentence.stretches[to.stack]]
    if (!old || !own) return []
    const [before, after] = [stretchAt(old, begin), stretchAt(own, end)]
    if (before.cell === after.cell || saysNothing(before) || saysNothing(after)) return []
    const turns = all.turns.filter(
      ({ id, version, stacks }) => id === sentence.id && stacks.includes(to.stack) && between(version),
    )
    const isOfStack = stretchAt(own, begin).cell === after.cell && from.stack !== to.stack
    return [
      { sentence, before, after, madeBy: isOfStack ? 'stack' : 'release', turns: isOfStack ? [] : turns },
    ]
  })
}

/** How many sentences were decided at both places: what the differences are out of. */
export const comparedCount = ({ sentences, versions }: Comparable, from: Place, to: Place): number =>
  sentences.filter(({ stretches }) => {
    const isDecided = ({ version, stack }: Place) => {
      const own = stretches[stack]
      const cell = own && stretchAt(own, versions.indexOf(version)).cell
      return cell === 'stands' || cell === 'falls' || cell === 'no-difference'
    }
    return isDecided(from) && isDecided(to)
  }).length

/** The address of a comparison on its page. */
export const queryOf = (from: Place, to: Place): string =>
  `?${new URLSearchParams({ from: from.version, 'from-stack': from.stack, to: to.version, 'to-stack': to.stack })}`
