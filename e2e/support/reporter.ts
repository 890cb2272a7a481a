import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullResult, Reporter, Suite, TestCase, TestError } from 'playwright/types/testReporter'
import { makeResults } from '../../docs-site/results/results.ts'
import { docsFolder, resultFiles } from '../../docs-site/results/run-files.ts'
import { makeRunInfo } from '../../docs-site/results/run-info.ts'
import { findings, sentences, statements } from '../../statements/index.ts'
import { exerciseFaults } from './exercise-faults.ts'
import { type Fault, faultLine, findFaults } from './faults.ts'
import { browserOf, failsForAnotherReason, isFailure, observe } from './observe.ts'

/**
 * What the run as a whole has to say beyond its single tests:
 * - a counter-example must fail by its assertion; one that fails for any other reason (a typing error, a variant that
 *   is not there) proves nothing and makes the run red;
 * - a run of all tests leaves its results for the living documentation, and is red for every statement of the
 *   catalogue and every finding that does not stand (see `findFaults`), with the sentence, and for every exercise whose claims are not
 *   those that its counter-example breaks (see `exerciseFaults`);
 * - the last line is plain, `N passed, N failed`, for any CI to read.
 */
export default class LabReporter implements Reporter {
  readonly #isWholeRun = process.env['LAB_WHOLE_RUN'] === '1'
  #tests: readonly TestCase[] = []
  #faults: readonly Fault[] = []
  #exerciseFaults: readonly string[] = []

  /** Why the specs could not be read. */
  readonly #errors: string[] = []

  onError({ message = '' }: TestError) {
    this.#errors.push(message)
  }

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
    if (this.#tests.length === 0) console.error(nothingRan(this.#errors))
    const isRed =
      unsound.length > 0 || this.#faults.length + this.#exerciseFaults.length > 0 || this.#tests.length === 0
    return Promise.resolve(isRed ? { status: 'failed' as const } : undefined)
  }

  onExit() {
    const { passed, failed, skipped } = this.#count()
    const nothing = this.#tests.length === 0 ? 1 : 0
    const untold = this.#faults.filter(({ kind }) => !isSeenAsFailedTest.has(kind)).length
    const red = nothing + failed + untold + this.#exerciseFaults.length
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
    write(resultFiles.findings, makeResults(observed, findings))
    write(resultFiles.run, makeRunInfo(results, this.#count(), browserOf(this.#tests)))

    this.#exerciseFaults = exerciseFaults(observed)
    for (const fault of this.#exerciseFaults) console.error(fault)
    this.#faults = findFaults(observed, sentences)
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

/** Node 24.9 has a module loader that does not read what Playwright gives it; 24.10 has not. */
const nothingRan = (errors: readonly string[]): string =>
  errors.some((message) => message.includes('module is not linked'))
    ? `\nNode.js ${process.versions.node}のモジュールローダーの不具合で、テストを1つも読み込めませんでした。別のバージョンのNode.js(24なら24.10以降)で、もう一度実行してください。\n` +
      `Not one test could be loaded, because of a fault in the module loader of Node.js ${process.versions.node}. Run it again with another version (of 24: 24.10 or newer).`
    : '\nテストが1つも見つからなかったので、この実行は失敗です。\nNot one test was found, so this run has failed.'
