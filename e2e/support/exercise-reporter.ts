import { stripVTControlCharacters } from 'node:util'
import type { Reporter, Suite, TestCase, TestError } from 'playwright/types/testReporter'
import { readProof } from '../../docs-site/results/proof.ts'
import { plainMessage } from '../../docs-site/results/publishable.ts'
import type { CheckedClaim, CheckReport } from '../../lab/exercises/check.ts'

/** Prints what came of the claims of an exercise, as one line of JSON for `check` to read. */
export default class ExerciseReporter implements Reporter {
  #tests: readonly TestCase[] = []
  readonly #errors: string[] = []

  onError({ message = '' }: TestError) {
    this.#errors.push(stripVTControlCharacters(message))
  }

  onBegin(_config: unknown, suite: Suite) {
    this.#tests = suite.allTests()
  }

  onExit() {
    const report: CheckReport = { claims: this.#tests.map(checked), error: this.#errors.join('\n') }
    process.stdout.write(`${JSON.stringify(report)}\n`)
    return Promise.resolve()
  }
}

function checked(test: TestCase): CheckedClaim {
  const { statements = [] } = readProof(test.annotations) ?? {}
  const result = test.results.at(-1)
  const message = plainMessage(result?.errors[0]?.message ?? '')
  if (result?.status === 'passed') return { title: test.title, statements, outcome: 'holds', message: '' }
  return { title: test.title, statements, outcome: message.includes('expect(') ? 'fails' : 'broken', message }
}
