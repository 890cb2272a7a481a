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
  const { tasks, telling } = learned
  if (like) {
    const seen = await runRelease(ground, { only: telling })
    if (isLike(learned, seen, like)) return taken(like, seen)
  }
  const outcomes = await runRelease(ground, { tasks })
  for (const [name, { outcome, transcript, hasPage, isByTranscript }] of outcomes.sides)
    if (hasPage && transcript && !isByTranscript && isAnswer(outcome))
      tasks[name]?.known.push({ transcript, outcome })
  return outcomes
}

const isAnswer = ({ kind }: Outcome) => kind === 'passed' || kind === 'failed'

/** Whether a release did in each telling claim what another one did. */
const isLike = ({ telling }: Learned, one: Outcomes, other: Outcomes): boolean =>
  one.notLoaded.size + other.notLoaded.size === 0 &&
  telling.every((name) => {
    const [here, there] = [one.sides.get(name), other.sides.get(name)]
    if (!here || !there || here.outcome.kind !== there.outcome.kind) return false
    if (!here.transcript || !there.transcript) return here.transcript === there.transcript
    return isSame(here.transcript, there.transcript)
  })

/** What came of one release, with all that was tried on another. */
const taken = (like: Outcomes, { sides }: Outcomes): Outcomes => ({
  ...like,
  sides: new Map([
    ...[...like.sides].map(([name, side]) => [name, { ...side, isByTranscript: true }] as const),
    ...sides,
  ]),
})
