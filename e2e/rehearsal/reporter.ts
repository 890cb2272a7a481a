import type { Reporter, Suite } from 'playwright/types/testReporter'

/** Ends with the plain line that CI reads. Who did not get their turn, as those before them failed, has not passed. */
export default class RehearsalReporter implements Reporter {
  #suite: Suite | undefined

  onBegin(_config: unknown, suite: Suite) {
    this.#suite = suite
  }

  onExit() {
    const tests = this.#suite?.allTests() ?? []
    const passed = tests.filter(({ results }) => results.at(-1)?.status === 'passed').length
    console.log(`${passed} passed, ${Math.max(tests.length - passed, tests.length === 0 ? 1 : 0)} failed`)
    return Promise.resolve()
  }
}
