import type { Statement, Verdict } from '../../statements/statement.ts'

/** A statement as the results see it; `satisfies` in the catalogue makes its literals narrower than this. */
export type Catalogue = readonly Statement[]

/** One Playwright test with what it says about statements, told apart from Playwright so that it can be tried alone. */
export interface ObservedTest {
  /** The ids of the statements it is about; a test about none of them is left out of the results. */
  ids: readonly string[]
  role: 'proof' | 'counter-example'
  /** The app it ran against, as a report calls it. */
  app: string
  /** What it says of its statements. */
  verdict: Verdict
  title: string
  /** The spec, from the project's folder, and the line of its `prove(`. */
  file: string
  line: number
  /** `failed` for a proof that fails; for a counter-example that does not fail by its assertion. */
  status: Status
  /** The message of the first assertion that failed. */
  message: string
  /** ms */
  duration: number
  evidence: readonly { label: string; value: unknown }[]
}

export type Status = 'passed' | 'failed' | 'not-run'

export interface ProofResult {
  title: string
  file: string
  line: number
  app: string
  status: Status
  /** ms */
  duration: number
}

export interface CounterExampleResult {
  title: string
  file: string
  line: number
  app: string
  failedAsExpected: boolean
  /** The assertion as it failed. */
  message: string
}

/** What a run says about one statement: an entry of `results.json`. */
export interface StatementResult {
  id: string
  section: string
  /** The verdict in the catalogue; null while there is none. */
  verdict: Verdict | null
  /** `passed`: all its proofs hold and all its counter-examples fail. */
  status: Status
  tests: ProofResult[]
  /** The first of `counterExamples`. */
  counterExample: CounterExampleResult | null
  counterExamples: CounterExampleResult[]
  /** What its passing proofs have seen; `test` is the title of the proof. */
  evidence: { label: string; value: unknown; test: string }[]
}

/** One entry for every statement of the catalogue, in its order. */
export const makeResults = (tests: readonly ObservedTest[], catalogue: Catalogue): StatementResult[] =>
  catalogue.map((statement) =>
    resultOf(
      statement,
      tests.filter(({ ids }) => ids.includes(statement.id)),
    ),
  )

function resultOf({ id, section, verdict }: Statement, tests: readonly ObservedTest[]): StatementResult {
  const proofs = tests.filter(({ role }) => role === 'proof')
  const counterExamples = tests
    .filter(({ role }) => role === 'counter-example')
    .map(({ title, file, line, app, status, message }) => ({
      title,
      file,
      line,
      app,
      failedAsExpected: status === 'passed',
      message,
    }))
  return {
    id,
    section,
    verdict: verdict ?? null,
    status: statusOf(tests),
    tests: proofs.map(({ title, file, line, app, status, duration }) => ({
      title,
      file,
      line,
      app,
      status,
      duration,
    })),
    counterExample: counterExamples[0] ?? null,
    counterExamples,
    evidence: proofs
      .filter(({ status }) => status === 'passed')
      .flatMap(({ title, evidence }) => evidence.map(({ label, value }) => ({ label, value, test: title }))),
  }
}

function statusOf(tests: readonly ObservedTest[]): Status {
  if (tests.some(({ status }) => status === 'failed')) return 'failed'
  const proofs = tests.filter(({ role }) => role === 'proof')
  return proofs.length > 0 && tests.every(({ status }) => status === 'passed') ? 'passed' : 'not-run'
}

/** What a reader is told about a statement: its verdict only while a run stands behind it. */
export type Standing = Verdict | 'failed' | 'not-run'
export const standings = ['does-not-hold', 'condition', 'holds', 'untestable', 'failed', 'not-run'] as const

/** `untestable` needs no run; every other verdict needs one that passed. */
export function standingOf({ verdict, status }: Pick<StatementResult, 'verdict' | 'status'>): Standing {
  if (status === 'failed') return 'failed'
  if (verdict === 'untestable') return verdict
  return status === 'passed' && verdict !== null ? verdict : 'not-run'
}

/** How many statements there are of each standing. */
export function countStandings(results: readonly StatementResult[]): Record<Standing, number> {
  const counts: Record<Standing, number> = {
    'does-not-hold': 0,
    condition: 0,
    holds: 0,
    untestable: 0,
    failed: 0,
    'not-run': 0,
  }
  for (const result of results) counts[standingOf(result)]++
  return counts
}
