import type { Passed } from '../exchange.ts'

const atWork = 3_000 // ms that a request which has come may still be at work, and nobody sees it

/** Whether requests passed unrecorded between two moments (ms since the epoch): what happened then is not known. */
export type HasPassed = (from: number, to: number) => boolean

/** Asks `passed` whether any of these requests can have done anything between two moments. */
export const passedIn =
  (passed: () => readonly Passed[]): HasPassed =>
  (from, to) =>
    from < to && passed().some((one) => one.from < to && one.to + atWork > from)

/** How many passed in all, and from when to when; null where none did. */
export function sumOf(passed: readonly Passed[]): Omit<Passed, 'number'> | null {
  const count = passed.reduce((sum, one) => sum + one.count, 0)
  if (count === 0) return null
  return {
    count,
    from: Math.min(...passed.map(({ from }) => from)),
    to: Math.max(...passed.map(({ to }) => to)),
  }
}
