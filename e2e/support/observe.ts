import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestCase } from 'playwright/types/testReporter'
import * as v from 'valibot'
import { root } from '../../common/places.ts'
import { type Evidence, evidence } from '../../docs-site/results/evidence.ts'
import {
  type ProvenApp,
  type Range,
  readProof,
  type ShownApp,
  type SourceLine,
} from '../../docs-site/results/proof.ts'
import { plainMessage, publishable } from '../../docs-site/results/publishable.ts'
import type { ObservedTest, Status } from '../../docs-site/results/results.ts'
import { evidenceType } from './evidence.ts'
import { failureOf, isAssertion } from './expected-failure.ts'
import { linesOfApp, linesOfProof, type SourceStatement } from './source-range.ts'

export const isFailure = (test: TestCase): boolean =>
  test.outcome() === 'unexpected' || test.outcome() === 'flaky'

/** Whether a test that has to fail fails, but not by its assertion. */
export const failsForAnotherReason = (test: TestCase): boolean =>
  test.expectedStatus === 'failed' &&
  test.results.some(({ errors }) => errors.some(({ message }) => !isAssertion(message)))

/** The browser that the tests ran in: one of them leaves it as an annotation. */
export const browserOf = (tests: readonly TestCase[]): string | null =>
  tests
    .flatMap(({ results }) => results.flatMap(({ annotations }) => annotations))
    .find(({ type }) => type === 'browser')?.description ?? null

/** What a test made with `prove` has to say about statements; nothing for any other test. */
export function observe(test: TestCase): ObservedTest[] {
  const proof = readProof(test.annotations)
  if (!proof) return []
  const { statements: ids, role, app, verdict, source } = proof
  const result = test.results.at(-1)
  return [
    {
      ...{ ids, role, verdict, title: test.title, ...source },
      app: shownApp(app, source),
      source: rangeOf(source, linesOfProof) ?? { ...source, lastLine: source.line },
      status: statusOf(test),
      message: plainMessage(failureOf(result)),
      duration: result?.duration ?? 0,
      evidence: (result?.attachments ?? []).flatMap(readEvidence),
    },
  ]
}

function statusOf(test: TestCase): Status {
  if (test.outcome() === 'skipped') return 'not-run'
  return isFailure(test) || failsForAnotherReason(test) ? 'failed' : 'passed'
}

function readEvidence({ contentType, body }: { contentType: string; body?: Buffer }): Evidence[] {
  if (contentType !== evidenceType || !body) return []
  return [v.parse(evidence, publishable(JSON.parse(body.toString('utf8'))))]
}

function shownApp(app: ProvenApp, proof: SourceLine): ShownApp {
  if (app.kind === 'file') return app
  const { madeAt, ...rest } = app
  const ranges = madeAt.flatMap((place) => {
    const proofLine = place.file === proof.file ? proof.line : 0
    return rangeOf(place, (text, line) => linesOfApp(text, line, proofLine)) ?? []
  })
  const isFirst = ({ line }: Range, index: number) =>
    ranges.findIndex((other) => other.line === line) === index
  return { ...rest, source: ranges.filter(isFirst).sort((one, other) => one.line - other.line) }
}

type FindLines = (text: string, line: number) => SourceStatement | undefined

const sources = new Map<string, string>()

/** The lines that belong to a place of the project; null when there are none. */
function rangeOf({ file, line }: SourceLine, find: FindLines): Range | null {
  const path = join(root, file)
  const text = sources.get(file) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '')
  sources.set(file, text)
  const found = find(text, line)
  return found ? { file, line: found.first, lastLine: found.last } : null
}
