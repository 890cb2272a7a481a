import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { TestCase } from 'playwright/types/testReporter'
import { plainMessage, publishable } from '../lab/living-docs/publishable.ts'
import type { ObservedTest, Status } from '../lab/living-docs/results.ts'
import { root } from '../lab/places.ts'
import type { Verdict } from '../statements/statement.ts'

export const isFailure = (test: TestCase): boolean =>
  test.outcome() === 'unexpected' || test.outcome() === 'flaky'

/** Whether a test that has to fail fails, but not by its assertion. */
export const failsForAnotherReason = (test: TestCase): boolean =>
  test.expectedStatus === 'failed' &&
  test.results.some(({ errors }) =>
    errors.some(({ message = '' }) => !stripVTControlCharacters(message).includes('expect(')),
  )

/** The browser that the tests ran in: one of them leaves it as an annotation. */
export const browserOf = (tests: readonly TestCase[]): string | null =>
  tests.flatMap(({ results }) => results).flatMap((result) => described(result.annotations, 'browser'))[0] ??
  null

type Annotations = readonly { type: string; description?: string }[]

const described = (annotations: Annotations, type: string): string[] =>
  annotations.flatMap((annotation) => (annotation.type === type ? [annotation.description ?? ''] : []))

/** What a test made with `prove` has to say about statements; nothing for any other test. */
export function observe(test: TestCase): ObservedTest[] {
  const ids = described(test.annotations, 'statement')
  const [holdsIn] = described(test.annotations, 'proof')
  const [failsIn] = described(test.annotations, 'counter-example')
  const [verdict] = described(test.annotations, 'verdict') as Verdict[]
  const app = holdsIn ?? failsIn
  const result = test.results.at(-1)
  if (ids.length === 0 || app === undefined || verdict === undefined) return []
  return [
    {
      ids,
      role: holdsIn === undefined ? 'counter-example' : 'proof',
      app,
      verdict,
      title: test.title,
      ...placeOf(test),
      status: statusOf(test),
      message: plainMessage(result?.errors[0]?.message ?? ''),
      duration: result?.duration ?? 0,
      evidence: (result?.attachments ?? []).flatMap(({ name, contentType, body }) =>
        contentType === 'application/json' && body
          ? [{ label: name, value: publishable(JSON.parse(body.toString('utf8'))) }]
          : [],
      ),
    },
  ]
}

function statusOf(test: TestCase): Status {
  if (test.outcome() === 'skipped') return 'not-run'
  return isFailure(test) || failsForAnotherReason(test) ? 'failed' : 'passed'
}

/** The line of its `prove(`, which `prove` leaves as an annotation; else where Playwright found it. */
function placeOf(test: TestCase) {
  const [source] = described(test.annotations, 'source')
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(source ?? '') ?? []
  return file
    ? { file, line: Number(line) }
    : { file: fromRoot(test.location.file), line: test.location.line }
}

/** A path from the project's folder, with slashes on every system. */
export const fromRoot = (file: string): string => relative(root, file).split(sep).join('/')

/** Where `called` is being called from, as `<file from the project's folder>:<line>`; empty when that cannot be told. */
export function callSite(called: (...args: never[]) => unknown): string {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, called)
  const [, caller = ''] = holder.stack?.split('\n') ?? []
  const [, place = '', line = ''] = /\(?((?:file:\/\/|\/|[A-Z]:\\)[^()]*?):(\d+):\d+\)?$/.exec(caller) ?? []
  if (place === '') return ''
  return `${fromRoot(place.startsWith('file:') ? fileURLToPath(place) : place)}:${line}`
}
