import { stripVTControlCharacters } from 'node:util'
import type { Reporter, Suite, TestCase } from 'playwright/types/testReporter'

/**
 * What the run as a whole has to say beyond its single tests:
 * - a counter-example must fail by its assertion; one that fails for any other reason (a typing error, a variant that
 *   is not there) proves nothing and makes the run red;
 * - the last line is plain, `N passed, N failed`, for any CI to read.
 */
export default class LabReporter implements Reporter {
  #tests: readonly TestCase[] = []

  onBegin(_config: unknown, suite: Suite) {
    this.#tests = suite.allTests()
  }

  onEnd() {
    const unsound = this.#tests.filter(failsForAnotherReason)
    for (const test of unsound) {
      const { message = '' } = test.results.at(-1)?.error ?? {}
      console.error(
        `\nThis counter-example did not fail by its assertion: ${test.titlePath().join(' › ')}\n${message}`,
      )
    }
    return Promise.resolve(unsound.length > 0 ? { status: 'failed' as const } : undefined)
  }

  onExit() {
    const failed = this.#tests.filter((test) => isFailure(test) || failsForAnotherReason(test)).length
    const skipped = this.#tests.filter((test) => test.outcome() === 'skipped').length
    const passed = this.#tests.length - failed - skipped
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    return Promise.resolve()
  }
}

const isFailure = (test: TestCase) => test.outcome() === 'unexpected' || test.outcome() === 'flaky'

const failsForAnotherReason = (test: TestCase) =>
  test.expectedStatus === 'failed' &&
  test.results.some(({ errors }) =>
    errors.some(({ message = '' }) => !stripVTControlCharacters(message).includes('expect(')),
  )
