import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullResult, Reporter, Suite, TestCase } from 'playwright/types/testReporter'
import { type Fault, faultLine, findFaults } from '../lab/living-docs/faults.ts'
import { docsFolder, resultFiles } from '../lab/living-docs/places.ts'
import { makeResults } from '../lab/living-docs/results.ts'
import { makeRunInfo } from '../lab/living-docs/run-info.ts'
import { statements } from '../statements/index.ts'
import { browserOf, failsForAnotherReason, isFailure, observe } from './observe.ts'

/**
 * What the run as a whole has to say beyond its single tests:
 * - a counter-example must fail by its assertion; one that fails for any other reason (a typing error, a variant that
 *   is not there) proves nothing and makes the run red;
 * - a run of all tests leaves its results for the living documentation, and is red for every statement of the
 *   catalogue that does not stand (see `findFaults`), with the sentence;
 * - the last line is plain, `N passed, N failed`, for any CI to read.
 */
export default class LabReporter implements Reporter {
  readonly #isWholeRun = process.env['LAB_WHOLE_RUN'] === '1'
  #tests: readonly TestCase[] = []
  #faults: readonly Fault[] = []

  onBegin(_config: unknown, suite: Suite) {
    this.#tests = suite.allTests()
  }

  onEnd({ status }: FullResult) {
    const unsound = this.#tests.filter(failsForAnotherReason)
    for (const test of unsound) {
      const { message = '' } = test.results.at(-1)?.error ?? {}
      console.error(
        `\nThis counter-example did not fail by its assertion: ${test.titlePath().join(' › ')}\n${message}`,
      )
    }
    if (this.#isWholeRun && status !== 'interrupted') this.#tellOfStatements()
    const isRed = unsound.length > 0 || this.#faults.length > 0
    return Promise.resolve(isRed ? { status: 'failed' as const } : undefined)
  }

  onExit() {
    const { passed, failed, skipped } = this.#count()
    const red = failed + this.#faults.filter(({ kind }) => !isSeenAsFailedTest.has(kind)).length
    console.log(`${passed} passed, ${red} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    return Promise.resolve()
  }

  #tellOfStatements() {
    const observed = this.#tests.flatMap(observe)
    const results = makeResults(observed, statements)
    mkdirSync(docsFolder, { recursive: true })
    const write = (name: string, content: unknown) =>
      writeFileSync(join(docsFolder, name), `${JSON.stringify(content, null, 1)}\n`)
    write(resultFiles.results, results)
    write(resultFiles.run, makeRunInfo(results, this.#count(), browserOf(this.#tests)))

    this.#faults = findFaults(observed, statements)
    if (this.#faults.length === 0) return
    console.error(`\n成り立っていない文があります / sentences that do not stand: ${this.#faults.length}`)
    for (const fault of this.#faults) console.error(`  ${faultLine(fault)}`)
  }

  #count() {
    const failed = this.#tests.filter((test) => isFailure(test) || failsForAnotherReason(test)).length
    const skipped = this.#tests.filter((test) => test.outcome() === 'skipped').length
    return { passed: this.#tests.length - failed - skipped, failed, skipped }
  }
}

/** Faults that a failed test has already counted. */
const isSeenAsFailedTest: ReadonlySet<Fault['kind']> = new Set(['proof-failed', 'counter-example-failed'])
