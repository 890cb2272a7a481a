import * as v from 'valibot'
import type { Statement, Verdict } from '../../statements/statement.ts'
import { type Evidence, evidence } from './evidence.ts'
import { type Range, range, type ShownApp, shownApp, verdict } from './proof.ts'

/** A statement as the results see it; `satisfies` in the catalogue makes its literals narrower than this. */
export type Catalogue = readonly Statement[]

/** One Playwright test with what it says about statements, without Playwright's own types, so that it can be tried alone. */
export interface ObservedTest {
  /** The ids of the statements it is about; a test about none of them is left out of the results. */
  ids: readonly string[]
  role: 'proof' | 'counter-example'
  /** The app it ran against. */
  app: ShownApp
  /** What it says of its statements. */
  verdict: Verdict
  title: string
  /** The spec, from the project's folder, and the line of its `prove(`. */
  file: string
  line: number
  /** The lines that show it. */
  source: Range
  /** `failed` for a proof that fails; for a counter-example that does not fail by its assertion. */
  status: Status
  /** The message of the first assertion that failed. */
  message: string
  /** ms */
  duration: number
  evidence: readonly Evidence[]
}

const status = v.picklist(['passed', 'failed', 'not-run'])
export type Status = v.InferOutput<typeof status>

/** Where a test stands and the app it ran against. */
const ofTest = { title: v.string(), file: v.string(), line: v.number(), app: shownApp }

const proofResult = v.object({
  ...ofTest,
  source: range,
  status,
  /** ms */
  duration: v.number(),
  /** What it has seen, when it passed. */
  evidence: v.array(evidence),
})
export type ProofResult = v.InferOutput<typeof proofResult>

const counterExampleResult = v.object({
  ...ofTest,
  failedAsExpected: v.boolean(),
  /** The assertion as it failed. */
  message: v.string(),
})
export type CounterExampleResult = v.InferOutput<typeof counterExampleResult>

/** What a run says about one statement: an entry of `results.json`. */
const statementResult = v.object({
  id: v.string(),
  /** The slug of its section. */
  section: v.string(),
  /** The verdict in the catalogue; null while there is none. */
  verdict: v.nullable(verdict),
  /** `passed`: all its proofs hold and all its counter-examples fail. */
  status,
  tests: v.array(proofResult),
  counterExamples: v.array(counterExampleResult),
})
export type StatementResult = v.InferOutput<typeof statementResult>

/** What `results.json` holds. */
export const statementResults = v.array(statementResult)

/** One entry for every statement of the catalogue, in its order. */
export const makeResults = (tests: readonly ObservedTest[], catalogue: Catalogue): StatementResult[] =>
  catalogue.map((statement) =>
    resultOf(
      statement,
      tests.filter(({ ids }) => ids.includes(statement.id)),
    ),
  )

function resultOf({ id, section, verdict }: Statement, tests: readonly ObservedTest[]): StatementResult {
  return {
    id,
    section,
    verdict: verdict ?? null,
    status: statusOf(tests),
    tests: tests
      .filter(({ role }) => role === 'proof')
      .map(({ title, file, line, app, source, status, duration, evidence: seen }) => ({
        ...{ title, file, line, app, source, status, duration },
        evidence: status === 'passed' ? [...seen] : [],
      })),
    counterExamples: tests
      .filter(({ role }) => role === 'counter-example')
      .map(({ title, file, line, app, status, message }) => ({
        ...{ title, file, line, app, message },
        failedAsExpected: status === 'passed',
      })),
  }
}

function statusOf(tests: readonly ObservedTest[]): Status {
  if (tests.some(({ status }) => status === 'failed')) return 'failed'
  const proofs = tests.filter(({ role }) => role === 'proof')
  return proofs.length > 0 && tests.every(({ status }) => status === 'passed') ? 'passed' : 'not-run'
}

/** What a reader learns about a statement: its verdict only where the last run confirms it. */
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
  const all = results.map(standingOf)
  const counts = standings.map((standing) => [standing, all.filter((each) => each === standing).length])
  return Object.fromEntries(counts) as Record<Standing, number>
}
