import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Exchange } from '../lab/inspector/exchange.ts'
import { alterSignature, readCookieValue, valuesOf } from '../lab/inspector/model/cookie-value.ts'
import { diffSessions } from '../lab/inspector/model/diff.ts'
import { createInferredJar } from '../lab/inspector/model/jar.ts'
import { createNames } from '../lab/inspector/model/names.ts'
import { exportRecord, importRecord } from '../lab/inspector/model/portable.ts'
import { createRows } from '../lab/inspector/model/rows.ts'
import { readSetCookie } from '../lab/inspector/model/set-cookie.ts'
import { createStory } from '../lab/inspector/model/story.ts'
import { cookieStates, rowStates, verdictOf } from '../lab/inspector/model/verdict.ts'
import { explainLine, whyNoCookie } from '../lab/inspector/model/why.ts'
import { absentWords, attributeWords, lineWords, panelWords, whyWords } from '../lab/inspector/words.ts'
import { statements } from '../statements/index.ts'
import { expect, secret, test } from './fixtures.ts'
import { signed } from './wire.ts'

const exchange = (given: Partial<Exchange> = {}): Exchange => ({
  id: 1,
  server: 'app',
  at: 1_000_000,
  duration: 5,
  client: { host: 'localhost', userAgent: 'Chrome/140' },
  sentBy: 'browser',
  scheme: 'http',
  method: 'GET',
  url: '/',
  cookie: null,
  status: 200,
  location: null,
  setCookie: [],
  calls: [],
  debug: [],
  ...given,
})

test.describe('the value of the session cookie', () => {
  test('comes apart into s:, sid and signature, and the signature is checked with every secret', () => {
    const raw = signed('the.sid', secret)
    expect(readCookieValue(raw, ['another', secret])).toEqual({
      raw,
      state: 'valid',
      sid: 'the.sid',
      signature: expect.stringMatching(/^[\w+/]{43}$/),
    })
    expect(readCookieValue(raw).state).toBe('unchecked')
    expect(readCookieValue(raw, ['another']).state).toBe('wrong')
    expect(readCookieValue('plain', [secret])).toMatchObject({ state: 'unsigned', sid: 'plain' })
    expect(readCookieValue('%E0%A4%A', [secret]).state).toBe('unsigned') // no valid escape
  })

  test('altering it changes one character of the signature and nothing else', () => {
    const raw = signed('some-sid', secret)
    const before = readCookieValue(raw, [secret])
    const after = readCookieValue(alterSignature(raw), [secret])
    expect(after).toMatchObject({ state: 'wrong', sid: before.sid })
    const changed = [...after.signature].filter((letter, index) => letter !== before.signature[index])
    expect([changed.length, after.signature.length]).toEqual([1, before.signature.length])
  })

  test('a name that was sent twice has two values, in the order sent', () => {
    expect(valuesOf('a=1; sid=first; b="2"; sid=second', 'sid')).toEqual(['first', 'second'])
    expect(valuesOf('a=1; b="2"', 'b')).toEqual(['2'])
    expect(valuesOf(null, 'sid')).toEqual([])
  })
})

test.describe('Set-Cookie', () => {
  test('comes apart into its attributes, as they stand on the wire', () => {
    const line = 'sid=s%3Ax.y; Path=/; Expires=Thu, 01 Jan 2026 00:00:10 GMT; HttpOnly; SameSite=Lax; Odd'
    const { name, value, attributes, expires } = readSetCookie(line, 0)
    expect({ name, value, expires }).toEqual({ name: 'sid', value: 's%3Ax.y', expires: 1_767_225_610_000 })
    expect(attributes.map(({ key }) => key)).toEqual(['path', 'expires', 'httponly', 'samesite', 'unknown'])
  })

  test('without Expires it lasts until the browser closes; Max-Age counts from now and wins', () => {
    expect(readSetCookie('a=1; Path=/', 5_000).expires).toBeNull()
    expect(readSetCookie('a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 5_000).expires).toBe(
      15_000,
    )
  })

  for (const [line, host, reason] of [
    ['a=1; Secure', 'app.test', 'secure-over-http'],
    ['a=1; Domain=example.com', 'app.test', 'domain'],
    ['a=1; Domain=com', 'example.com', 'public-suffix'],
    ['__Host-a=1; Path=/', 'localhost', 'prefix'],
    ['a=1; SameSite=None', 'localhost', 'none-needs-secure'],
    ['a=1; Partitioned', 'localhost', 'partitioned-needs-secure'],
    [`a=${'x'.repeat(4096)}`, 'localhost', 'too-large'],
  ] as const) {
    test(`the inferred jar refuses "${line.slice(0, 40)}" from ${host}`, () => {
      const client = { host, userAgent: '' }
      const jar = createInferredJar().take(exchange({ client, setCookie: [line] }))
      expect(jar.cookies).toEqual([])
      expect(jar.refused.map((cookie) => cookie.reason)).toEqual([reason])
    })
  }

  test('the inferred jar takes Secure from http://localhost, as Chromium does, and drops what is deleted', () => {
    const jar = createInferredJar()
    expect(jar.take(exchange({ setCookie: ['a=1; Path=/; Secure'] })).cookies).toMatchObject([
      {
        name: 'a',
        domain: 'localhost',
        hostOnly: true,
        path: '/',
        secure: true,
        expires: null,
        sameSite: '',
      },
    ])
    const gone = jar.take(exchange({ setCookie: ['a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'] }))
    expect(gone.cookies).toEqual([])
  })
})

test.describe('words', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('express-session'), 'utf8')
  const lines = [...source.matchAll(/\bdebug\('([^']+)'/g)].map(([, line = '']) => line)

  test("every debug line in express-session's source is explained, and no other", () => {
    expect(lines.length).toBeGreaterThan(15)
    const starts = lines.map(
      (line) => explainLine(line.replace(/%[soj]/, 'x'))?.start ?? `not explained: ${line}`,
    )
    expect([...new Set(starts)].sort()).toEqual(lineWords.map(({ start }) => start).sort())
  })

  test('every statement that is named exists in the catalogue', () => {
    const known = new Set<string>(statements.map(({ id }) => id))
    const all = [
      lineWords,
      Object.values(whyWords),
      Object.values(attributeWords),
      Object.values(absentWords),
    ].flat()
    const named = all.flatMap(({ statement }) => statement ?? [])
    expect(named.filter((id) => !known.has(id))).toEqual([])
    expect(named.length).toBeGreaterThan(30)
  })

  test('Japanese and English say the same number of things, and none is empty', () => {
    expect(Object.keys(panelWords.en)).toEqual(Object.keys(panelWords.ja))
    for (const words of Object.values(panelWords)) expect(Object.values(words)).not.toContain('')
  })

  test('every pair of cookie and row has a sentence of its own in both languages', () => {
    const pairs = cookieStates.flatMap((cookie) => rowStates.map((row) => verdictOf(cookie, row)))
    for (const language of ['ja', 'en'] as const) {
      expect(new Set(pairs.map(({ words }) => words[language])).size).toBe(21)
    }
    const never = pairs.filter((pair) => pair.impossibleWhenRowsRemoveThemselves)
    expect(never).toEqual(cookieStates.map((cookie) => verdictOf(cookie, 'expired')))
  })

  test('why there is no Set-Cookie is read from the debug lines', () => {
    const why = (debug: string[], given: Partial<Exchange> = {}) => whyNoCookie(exchange({ debug, ...given }))
    expect(why([])).toBe('before-session')
    expect(why([], { duration: null })).toBe('in-flight')
    expect(why(['no SID sent, generating session'])).toBe('uninitialized')
    expect(why(['no SID sent, generating session', 'saving x', 'not secured'])).toBe('not-secured')
    expect(why(['fetching x', 'session found', 'touching'])).toBe('kept-unmodified')
    expect(why(['fetching x', 'session found', 'no session'])).toBe('no-session')
    expect(why(['fetching x', 'no session found'])).toBe('uninitialized') // not "no session"
    expect(why(['fetching x', 'error {}', 'no session'])).toBe('store-error')
    expect(why(['pathname mismatch'])).toBe('path')
  })
})

test.describe('session data', () => {
  test('a diff names what was added, removed and changed, by path', () => {
    const before = JSON.stringify({ cookie: { a: 1 }, count: 1, cart: [{ n: 1 }], old: true })
    const after = JSON.stringify({ cookie: { a: 2 }, count: 2, cart: [{ n: 1 }, 'x'], 'odd key': {} })
    expect(diffSessions(before, after).changes).toEqual([
      { kind: 'changed', path: 'count', before: '1', after: '2' },
      { kind: 'added', path: 'cart[1]', before: '', after: '"x"' },
      { kind: 'removed', path: 'old', before: 'true', after: '' },
      { kind: 'added', path: '["odd key"]', before: '', after: '{}' },
    ])
  })

  test('keys named as parts of a prototype are keys like any other', () => {
    const after = '{"__proto__":{"polluted":1},"constructor":2,"toString":3}'
    expect(diffSessions('{}', after).changes.map(({ path }) => path)).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('what is no JSON, or very deep, or very large, is told about and does no harm', () => {
    expect(diffSessions('(Converting circular structure)', '{}')).toMatchObject({ isRough: true })
    const deep = '['.repeat(3000) + ']'.repeat(3000)
    expect(diffSessions(`{"a":${deep}}`, `{"a":1}`).changes).toHaveLength(1)
    const many = JSON.stringify(
      Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index])),
    )
    const { changes, more } = diffSessions('{}', many)
    expect([changes.length, more > 100]).toEqual([50, true])
  })
})

test('a sid keeps its short name; nine sids have nine names', () => {
  const names = createNames()
  const sids = Array.from({ length: 9 }, (_, index) => `${'abcdefghi'[index]}zzzzzzz`)
  const first = sids.map((sid) => names.of(sid))
  expect(new Set(first.map(({ label }) => label)).size).toBe(9)
  expect(sids.map((sid) => names.of(sid))).toEqual(first)
  expect(first[0]).toMatchObject({ label: '#1 azzz', tone: 1 })
  expect(first[8]?.shape).toBe(first[0]?.shape) // told apart by number then
})

test('a row is known from the calls: written, extended, expired, removed', () => {
  const rows = createRows()
  const expires = (ms: number) => JSON.stringify({ cookie: { expires: new Date(ms).toISOString() } })
  const call = (method: 'set' | 'touch' | 'destroy', at: number, data: string | null) =>
    rows.noteCall(exchange({ at: 0, id: at }), { method, sid: 'x', at, duration: 0, data, error: null })
  call('set', 1_000, expires(5_000))
  call('touch', 4_000, expires(9_000))
  call('destroy', 12_000, null)
  const state = (at: number) => rows.at('app', 'x', at).state
  expect([500, 1_500, 6_000, 9_500, 13_000].map(state)).toEqual([
    'none',
    'present',
    'present',
    'expired',
    'none',
  ])
  expect(rows.endings(20_000)).toEqual([{ at: 9_000, by: 4_000, sid: 'x', server: 'app' }])
})

test.describe('the exported record', () => {
  const sid = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6'
  const cookie = signed(sid, secret)
  const exchanges = [
    exchange({
      cookie: `sid=${cookie}; token=private`,
      setCookie: [`sid=${cookie}; Path=/; HttpOnly`, 'other=hidden; Path=/'],
      debug: [`fetching ${sid}`, `set-cookie sid=${cookie}; Path=/`],
      calls: [{ method: 'get', sid, at: 1, duration: 1, data: `{"own":"${sid}","n":1}`, error: null }],
      url: `/?from=${sid}`,
    }),
  ]
  const story = createStory({ secrets: [secret] })
  story.follow(exchanges)
  const text = JSON.stringify(exportRecord(exchanges, story))

  test("holds no sid, no signature and no other cookie's value", () => {
    const { signature } = readCookieValue(cookie)
    for (const kept of [sid, signature, encodeURIComponent(signature), 'private', 'hidden']) {
      expect(text).not.toContain(kept)
    }
    expect(text).toContain('\\"own\\":\\"sid-1\\",\\"n\\":1')
  })

  test('comes back as the same story', () => {
    const back = importRecord(text)
    expect(back).toMatchObject([
      { id: 1, debug: ['fetching sid-1', 'set-cookie sid=s%3Asid-1.signature; Path=/'] },
    ])
    const told = createStory({ secrets: [] })
    told.follow(back ?? [])
    expect(told.steps()[0]).toMatchObject({ cookieName: 'sid', sid: 'sid-1', sent: [{ state: 'valid' }] })
  })

  test('anything else is refused or made harmless', () => {
    for (const bad of [
      '',
      'null',
      '{}',
      '[]',
      '{"format":"express-session-inspector","version":1,"exchanges":[{}]}',
    ]) {
      expect(importRecord(bad)).toBeUndefined()
    }
    const odd = { id: 1, at: 1e99, setCookie: [1, null], calls: [{ method: 'constructor' }], client: 5 }
    const record = JSON.stringify({ format: 'express-session-inspector', version: 1, exchanges: [odd] })
    expect(importRecord(record)).toMatchObject([{ setCookie: ['', ''], calls: [], client: { host: '' } }])
  })
})

test('the story stays as small as the record, however many sessions pass', () => {
  const story = createStory({ secrets: [] })
  for (let round = 0; round < 20; round++) {
    const exchanges = Array.from({ length: 100 }, (_, index) => {
      const id = round * 100 + index + 1
      const calls = [
        { method: 'set' as const, sid: `sid-number-${id}`, at: 0, duration: 1, data: '{}', error: null },
      ]
      return exchange({ id, calls, client: { host: 'localhost', userAgent: `agent ${id}` } })
    })
    story.follow(exchanges)
  }
  expect([story.steps().length, story.clients().length]).toEqual([100, 100])
  expect(story.names.size()).toBeLessThanOrEqual(200)
  expect(story.rows.size()).toBeLessThanOrEqual(200)
})
