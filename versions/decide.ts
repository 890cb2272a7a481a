import type { Outcome, Task } from './outcome.ts'
import { type Ground, type Outcomes, runRelease, type TriedSide } from './run-release.ts'
import { isSame } from './transcript.ts'

/** What one release has taught about the claims, to try others with less. */
export interface Learned {
  /** For each side with a page whose script leads to the same as the page: the script, and what is known by now. */
  tasks: Record<string, Task>
  /**
   * Claims in which all can be seen, and that come to the same transcript each time: with no page and no other process. A
   * release is told by them from others.
   */
  telling: readonly string[]
}

/**
 * Tries all sides on a release with a browser, and once more without one. A script counts where it leads to the transcript
 * that the page led to.
 */
export async function learn(ground: Ground): Promise<{ learned: Learned; outcomes: Outcomes }> {
  const outcomes = await runRelease(ground)
  const sides = [...outcomes.sides]
  const trials = Object.fromEntries(
    sides.flatMap(([name, { script, hasPage }]) =>
      hasPage && script ? [[name, { script, known: [], isTrial: true }]] : [],
    ),
  )
  const again = await runRelease(ground, { tasks: trials })
  const isSteady = ([name, { transcript }]: readonly [string, TriedSide]) => {
    const other = again.sides.get(name)?.transcript
    return transcript !== undefined && other !== undefined && isSame(transcript, other)
  }
  const steady = sides.filter(isSteady)
  const tasks = steady.flatMap(([name, { outcome }]) => {
    const [script, transcript] = [trials[name]?.script, again.sides.get(name)?.transcript]
    return script && transcript ? [[name, { script, known: [{ transcript, outcome }], isTrial: false }]] : []
  })
  const isTelling = ({ hasPage, startsProcess, key }: TriedSide) =>
    !hasPage && !startsProcess && key.role === 'proof'
  const telling = steady.filter(([, side]) => isTelling(side)).map(([name]) => name)
  return { learned: { tasks: Object.fromEntries(tasks), telling }, outcomes }
}

/**
 * Decides all sides on a release. A page is opened only where the release does what none has done before.
 * @param like what came of a release that says the same in its code: where this one does the same in all claims that tell releases
 *   apart, the others are taken from there
 */
export async function decide(learned: Learned, ground: Ground, like?: Outcomes): Promise<Outcomes> {
  const seen = like && (await seenAsLike(learned, ground, like))
  if (like && seen) return taken(like, seen)
  const { tasks } = learned
  const outcomes = await runRelease(ground, { tasks })
  for (const [name, { outcome, transcript, hasPage, isByTranscript }] of outcomes.sides)
    if (hasPage && transcript && !isByTranscript && isAnswer(outcome))
      tasks[name]?.known.push({ transcript, outcome })
  return outcomes
}

const isAnswer = ({ kind }: Outcome) => kind === 'passed' || kind === 'failed'

/**
 * What a release did in the telling claims, where it is what another one did; else undefined. What differs is tried once more: on
 * a busy machine a claim may be late.
 */
async function seenAsLike(
  { telling }: Learned,
  ground: Ground,
  like: Outcomes,
): Promise<Outcomes | undefined> {
  const first = await runRelease(ground, { only: telling })
  if (first.notLoaded.size + like.notLoaded.size > 0) return undefined
  const differing = telling.filter((name) => !isSameIn(name, first, like))
  if (differing.length === 0) return first
  const again = await runRelease(ground, { only: differing })
  return differing.every((name) => isSameIn(name, again, like))
    ? { ...first, sides: new Map([...first.sides, ...again.sides]) }
    : undefined
}

function isSameIn(name: string, one: Outcomes, other: Outcomes): boolean {
  const [here, there] = [one.sides.get(name), other.sides.get(name)]
  if (!here || !there || here.outcome.kind !== there.outcome.kind) return false
  if (!here.transcript || !there.transcript) return here.transcript === there.transcript
  return isSame(here.transcript, there.transcript)
}

/** What came of one release, with all that was tried on another. */
const taken = (like: Outcomes, { sides }: Outcomes): Outcomes => ({
  ...like,
  sides: new Map([
    ...[...like.sides].map(([name, side]) => [name, { ...side, isByTranscript: true }] as const),
    ...sides,
  ]),
})
