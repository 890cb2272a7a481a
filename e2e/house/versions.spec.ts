import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { root } from '../../common/places.ts'
import { listen } from '../../lab/http/listen.ts'
import { sentences } from '../../statements/index.ts'
import { namesAskedBy } from '../../versions/fixtures.ts'
import { agree, flipsOf, judge, type Seen, spansOf } from '../../versions/judge.ts'
import { noteAbout, readHistory } from '../../versions/notes.ts'
import { compareVersions } from '../../versions/order.ts'
import type { Outcome } from '../../versions/outcome.ts'
import { versionsResults } from '../../versions/results.ts'
import { runRelease } from '../../versions/run-release.ts'
import { replay, scriptOf } from '../../versions/script.ts'
import { type Traffic, watchServers, withTraffic } from '../../versions/traffic.ts'
import { isSame, transcriptOf } from '../../versions/transcript.ts'
import { expect, test } from '../support/worker.ts'

const results = v.parse(
  versionsResults,
  JSON.parse(readFileSync(join(root, 'versions/results.json'), 'utf8')),
)
const versions = results.releases.map(({ version }) => version)

/** The releases that a stack was asked for. */
const askedOf = (slug: string): readonly string[] => {
  const { command = '' } = results.stacks.find((stack) => stack.slug === slug) ?? {}
  return / --only (\S+)/.exec(command)?.[1]?.split(',') ?? versions
}

test('the results tell of every sentence in every release that was asked for, without a gap, and their flips are those of the spans', () => {
  expect(versions).toEqual([...versions].sort(compareVersions))
  expect(results.sentences.map(({ id }) => id)).toEqual(sentences.map(({ id }) => id))
  for (const { id, spans } of results.sentences) {
    expect(Object.keys(spans).sort(), id).toEqual(results.stacks.map(({ slug }) => slug).sort())
    for (const [stack, all] of Object.entries(spans)) {
      const covered = all.flatMap(({ from, to }) =>
        versions.slice(versions.indexOf(from), versions.indexOf(to) + 1),
      )
      expect(covered, `${id} on ${stack}`).toEqual(askedOf(stack))
    }
  }
  const flips = results.sentences.flatMap(({ id, spans }) =>
    Object.entries(spans).flatMap(([stack, all]) => flipsOf(id, stack, all, versions, () => null)),
  )
  expect(results.flips.map((flip) => ({ ...flip, note: null }))).toEqual(flips)
  for (const { version, note } of results.flips) {
    if (note !== null)
      expect(results.releases.find((each) => each.version === version)?.notes).toContain(note)
  }
})

const seen = (role: 'proof' | 'counter-example', outcome: Outcome): Seen => ({
  key: { statements: ['a'], role, file: 'e2e/a.spec.ts', line: 1, title: role },
  outcome,
})
const [passed, failed] = [{ kind: 'passed' }, { kind: 'failed', message: 'expect(1).toBe(2)' }] as const

test('only a claim that fails by its assertion lets a sentence fall; what says nothing of it is said to be that', () => {
  const of = (proof: Outcome, counter: Outcome, hasOption = true) => {
    const { cell, why } = judge({}, [seen('proof', proof), seen('counter-example', counter)], hasOption)
    return [cell, why].filter(Boolean).join(' ')
  }
  expect([
    of(passed, failed),
    of(failed, { kind: 'not-tried' }),
    of(passed, passed),
    of(failed, { kind: 'not-tried' }, false),
    of(passed, failed, false),
    of({ kind: 'broken', why: 'process-ends' }, { kind: 'broken', why: 'process-ends' }),
    of(passed, { kind: 'broken', why: 'app-does-not-start' }),
    of({ kind: 'broken', why: 'needs-browser' }, { kind: 'broken', why: 'needs-browser' }),
  ]).toEqual([
    'stands',
    'falls',
    'no-difference',
    'cannot-run option-missing',
    'stands',
    'cannot-run process-ends',
    'cannot-run app-does-not-start',
    'cannot-run needs-browser',
  ])
  expect(judge({ verdict: 'untestable' }, [], true)).toEqual({ cell: 'cannot-run', why: 'untestable' })
  expect(agree([{ cell: 'stands' }, { cell: 'falls' }]).cell).toBe('spurious')
  const judged = new Map([
    ['1.2.0', { cell: 'falls', message: 'first' } as const],
    ['1.3.1', { cell: 'falls', message: 'second' } as const],
    ['1.10.0', { cell: 'stands' } as const],
  ])
  expect(spansOf(['1.2.0', '1.3.1', '1.9.0', '1.10.0'], judged)).toEqual([
    { from: '1.2.0', to: '1.3.1', cell: 'falls', message: 'first' },
    { from: '1.10.0', to: '1.10.0', cell: 'stands' },
  ])
  const spans = [
    { from: '1.2.0', to: '1.2.0', cell: 'falls' as const },
    { from: '1.3.1', to: '1.3.1', cell: 'stands' as const },
    { from: '1.10.0', to: '1.10.0', cell: 'falls' as const },
  ]
  const flips = flipsOf('a', 'b', spans, ['1.2.0', '1.3.1', '1.9.0', '1.10.0'], () => null)
  expect(flips.map(({ version }) => version)).toEqual(['1.3.1']) // 1.9.0 was not tried
})

test('the notes of a release are read line by line, and only a line that names the option tells of it', () => {
  const told = readHistory(`unreleased
==========

  * not yet

1.13.0 / 2016-01-10
===================

  * Fix \`rolling: true\` to not set cookie when no session exists
    - Better \`saveUninitialized: false\` + \`rolling: true\` behavior
  * deps: crc@3.4.0

1.12.1 / 2015-10-29
===================

  * deps: cookie@0.2.3
    - Fix cookie \`Max-Age\` to never be a floating point number
`)
  expect([...told.keys()]).toEqual(['1.13.0', '1.12.1'])
  const { date, notes = null } = told.get('1.13.0') ?? {}
  expect([date, notes?.length]).toEqual(['2016-01-10', 3])
  expect(noteAbout(notes, ['rolling'])).toContain('to not set cookie')
  expect(noteAbout(notes, ['saveUninitialized'])).toContain('Better')
  expect(noteAbout(notes, ['roll'])).toBeNull()
  expect(noteAbout(notes, ['set'])).toBeNull() // a word here, and no method
  expect(noteAbout(notes, ['crc'])).toBeNull()
  expect(noteAbout(notes, [], ['session exists'])).toContain('to not set cookie')
})

test('what a claim asks for is read from its first parameter', () => {
  expect(
    namesAskedBy(async ({ demo, given: { script }, page: victim }: never) => [demo, script, victim]),
  ).toEqual(['demo', 'given', 'page'])
  const { method } = {
    async method({ app }: never) {
      return app
    },
  }
  expect(namesAskedBy(method)).toEqual(['app'])
})

test('a transcript has names in place of ids, ports and dates, and times that need not be the same to the millisecond', async () => {
  const answer = (sid: string, expires: number, body: string): Traffic => ({
    ...{ begin: performance.now(), servers: [], done: [], startsProcess: false, inner: new Set() },
    passed: [
      {
        ...{ port: 1, at: 0, headAt: 1, end: 2, method: 'GET', url: '/', headers: [], status: 200 },
        head: `HTTP/1.1 200 OK\r\nSet-Cookie: a.sid=s%3A${sid}.${'x'.repeat(43)}; Expires=${new Date(Date.now() + expires).toUTCString()}\r\nETag: "${sid}"\r\n`,
        ...{ body: Buffer.alloc(0), answer: Buffer.from(body) },
      },
    ],
  })
  const [one, two] = ['a', 'b'].map((letter) => letter.repeat(32)) as [string, string]
  const first = await transcriptOf(answer(one, 60_000, `id ${one}, 59.98s`), undefined)
  expect(isSame(first, await transcriptOf(answer(two, 60_900, `id ${two}, 60s`), undefined))).toBe(true)
  expect(isSame(first, await transcriptOf(answer(two, 70_000, `id ${two}, 60s`), undefined))).toBe(false)
  expect(isSame(first, await transcriptOf(answer(two, 60_000, `id ${one}, 60s`), undefined))).toBe(false)
  expect(isSame(first, await transcriptOf(answer(two, 60_000, `id ${two}, 61s and more`), undefined))).toBe(
    false,
  )
})

test('what a page sent is sent again: with the cookie of now, and after what came before', async () => {
  watchServers()
  const visits = (sid: string) => async (work: (url: string, traffic: Traffic) => Promise<void>) =>
    withTraffic(async (traffic) => {
      const seen: string[] = []
      const server = await listen((req, res) => {
        seen.push(`${req.method} ${req.url} ${req.headers.cookie}`)
        res.setHeader('Set-Cookie', `a.sid=${sid}`)
        res.end('hello')
      }, 0)
      await work(`http://127.0.0.1:${server?.port}`, traffic)
      const script = scriptOf(traffic)
      await server?.close()
      return { seen, script }
    })
  const [one, two] = ['a', 'b'].map((letter) => letter.repeat(32)) as [string, string]
  const { script } = await visits(one)(async (url) => {
    await (await fetch(`${url}/first`)).text()
    await (await fetch(`${url}/second`, { method: 'POST', headers: { cookie: `a.sid=${one}` } })).text()
  })
  const { seen } = await visits(two)((_, traffic) => replay(script, traffic, {}))
  expect(seen).toEqual(['GET /first undefined', `POST /second a.sid=${two}`])
})

test('a copy of express-session that forgets HttpOnly turns over the sentence about it, and no other', async ({
  playwright: _,
}, testInfo) => {
  const folder = testInfo.outputPath('express-session')
  cpSync(join(root, 'node_modules/express-session'), folder, { recursive: true })
  const cookie = join(folder, 'session/cookie.js')
  writeFileSync(cookie, readFileSync(cookie, 'utf8').replace('this.httpOnly = true', 'this.httpOnly = false'))
  const ids = ['cookie.httpOnly.on-by-default', 'cookie.httpOnly.boolean-controls-attribute']
  const { sides } = await runRelease({ session: folder }, { about: ids })
  const kinds = (id: string) =>
    [...sides.values()].filter(({ key }) => key.statements.includes(id)).map(({ outcome }) => outcome.kind)
  expect(kinds('cookie.httpOnly.on-by-default')).toEqual(['failed', 'not-tried'])
  expect(kinds('cookie.httpOnly.boolean-controls-attribute')).toEqual(['passed', 'failed'])
})

test('a copy of express-session that can make no session lets no sentence fall', async ({
  playwright: _,
}, testInfo) => {
  const folder = testInfo.outputPath('express-session')
  cpSync(join(root, 'node_modules/express-session'), folder, { recursive: true })
  const index = join(folder, 'index.js')
  const broken = readFileSync(index, 'utf8').replace(
    'return uid(24);',
    "throw new Error('no random bytes here');",
  )
  expect(broken).toContain('no random bytes here')
  writeFileSync(index, broken)
  const { sides } = await runRelease({ session: folder }, { about: ['cookie.httpOnly.on-by-default'] })
  const outcomes = [...sides.values()].map(({ outcome: { why, message } }) => `${why}: ${message}`)
  expect([...new Set(outcomes)]).toEqual(['makes-no-session: Error: no random bytes here'])
})
