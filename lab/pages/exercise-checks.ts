import { Trouble } from '../../common/words.ts'
import { type Exercise, nameOf } from '../exercises/catalogue.ts'
import { type CheckReport, check } from '../exercises/check.ts'

/* Checks that run or have run since the lab started. */
const running = new Map<string, Promise<CheckReport>>()
const reports = new Map<string, CheckReport>()

/** What came of the last check of an exercise; undefined when there was none since the lab started. */
export const lastReport = (exercise: Exercise): CheckReport | undefined => reports.get(nameOf(exercise))

/** Forgets the last check: its code is not there any more. */
export const forgetReport = (exercise: Exercise): boolean => reports.delete(nameOf(exercise))

/** One check at a time for each exercise: whoever asks meanwhile gets what comes of it. */
export function checkOnce(exercise: Exercise): Promise<CheckReport> {
  const name = nameOf(exercise)
  const begun =
    running.get(name) ??
    check(exercise)
      .then((report) => {
        reports.set(name, report)
        return report
      })
      .finally(() => running.delete(name))
  running.set(name, begun)
  return begun
}

/** What keeps the tests from running is for the learner to read, on the page that asked for them; anything else is thrown on. */
export function keepTrouble(exercise: Exercise, problem: unknown) {
  if (!(problem instanceof Trouble)) throw problem
  reports.set(nameOf(exercise), { claims: [], error: problem.message })
}
