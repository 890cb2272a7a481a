import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Exchange,
  longestData,
  type SessionCall,
  type StoreCall,
} from '../../packages/inspector/src/exchange.ts'
import { clientId, readClientId } from '../../packages/inspector/src/model/client.ts'
import {
  alterSignature,
  createCookieReader,
  readCookieValue,
  valuesOf,
} from '../../packages/inspector/src/model/cookie-value.ts'
import { diffSessions } from '../../packages/inspector/src/model/diff.ts'
import { expiryOf } from '../../packages/inspector/src/model/expiry.ts'
import { exportRecord, importRecord } from '../../packages/inspector/src/model/export.ts'
import { createInferredJar, isOfHost } from '../../packages/inspector/src/model/jar.ts'
import { lookAtCookie, lookAtPair } from '../../packages/inspector/src/model/look.ts'
import { createNames } from '../../packages/inspector/src/model/names.ts'
import { isForeignScript } from '../../packages/inspector/src/model/origin.ts'
import { createRows } from '../../packages/inspector/src/model/rows.ts'
import { readSetCookie } from '../../packages/inspector/src/model/set-cookie.ts'
import { createStory } from '../../packages/inspector/src/model/story.ts'
import { debugLineOf, debugLines, whyNoCookie } from '../../packages/inspector/src/model/why.ts'
import { absentWords, attributeWords } from '../../packages/inspector/src/words/attributes.ts'
import { browserReasonWords } from '../../packages/inspector/src/words/browser-reasons.ts'
import { lineWords } from '../../packages/inspector/src/words/lines.ts'
import { failureWords } from '../../packages/inspector/src/words/outlook.ts'
import { panelWords } from '../../packages/inspector/src/words/panel.ts'
import { verdictWords } from '../../packages/inspector/src/words/verdicts.ts'
import { whyWords } from '../../packages/inspector/src/words/why.ts'
import { statements } from '../../statements/index.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { signed } from '../support/wire.ts'

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

  test('is taken apart once, however often it is asked for; a new secret is tried on all', () => {
    const secrets = ['another']
    const read = createCookieReader(secrets)
    const raw = signed('the.sid', secret)
    expect(read(raw)).toBe(read(raw))
    expect(read(raw).state).toBe('wrong')
    secrets.push(secret)
    expect(read(raw).state).toBe('valid')
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

  test('comes apart without loss: name, value and attributes keep their text', () => {
    const { name, value, attributes } = readSetCookie('a.b=x=y; path=/p; HTTPONLY; Domain=.Example.com;Odd=1')
    expect([name, value]).toEqual(['a.b', 'x=y'])
    expect(attributes).toEqual([
      { key: 'path', text: 'path=/p', name: 'path', value: '/p' },
      { key: 'httponly', text: 'HTTPONLY', name: 'HTTPONLY', value: '' },
      { key: 'domain', text: 'Domain=.Example.com', name: 'Domain', value: '.Example.com' },
      { key: 'unknown', text: 'Odd=1', name: 'Odd', value: '1' },
    ])
  })

  test('what is neither a number nor a date says nothing of the end; of two, the last one counts', () => {
    const end = (attributes: string) => readSetCookie(`a=1; ${attributes}`, 5_000).expires
    expect(end('Max-Age=soon; Expires=never')).toBeNull()
    expect(end('Max-Age=-1')).toBe(0)
    expect(end('Max-Age=1; Max-Age=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT')).toBe(7_000)
    expect(end('Expires=Thu, 01 Jan 1970 00:00:01 GMT; Expires=Thu, 01 Jan 1970 00:00:02 GMT')).toBe(2_000)
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
      const jar = createInferredJar().take(exchange({ client }), [readSetCookie(line)])
      expect(jar.cookies).toEqual([])
      expect(jar.refused.map((cookie) => cookie.reason)).toEqual([reason])
    })
  }

  test('the inferred jar takes Secure from http://localhost, as Chromium does, and drops what is deleted', () => {
    const jar = createInferredJar()
    expect(jar.take(exchange(), [readSetCookie('a=1; Path=/; Secure')]).cookies).toMatchObject([
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
    const gone = jar.take(exchange(), [readSetCookie('a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT')])
    expect(gone.cookies).toEqual([])
  })
})

test('a cookie is for its host, and for those below it only where it has a Domain', () => {
  const isFor = (hostOnly: boolean, host: string) => isOfHost({ domain: 'app.test', hostOnly }, host)
  expect([isFor(true, 'app.test'), isFor(true, 'www.app.test')]).toEqual([true, false])
  expect([isFor(false, 'www.app.test'), isFor(false, 'myapp.test')]).toEqual([true, false])
})

test('a client is its host and its User-Agent, whatever these hold', () => {
  for (const client of [
    { host: 'localhost', userAgent: 'Chrome/140' },
    { host: '', userAgent: 'two\nlines' },
  ])
    expect(readClientId(clientId(client))).toEqual(client)
})

test.describe('words', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('express-session'), 'utf8')
  const lines = [...source.matchAll(/\bdebug\('([^']+)'/g)].map(([, line = '']) => line)

  test("every debug line in express-session's source is explained, and no other", () => {
    expect(lines.length).toBeGreaterThan(15)
    const known = lines.map((line) => debugLineOf(line.replace(/%[soj]/, 'x')) ?? `not explained: ${line}`)
    expect([...new Set(known)].sort()).toEqual([...debugLines].sort())
  })

  test('every statement that is named exists in the catalogue', () => {
    const known = new Set<string>(statements.map(({ id }) => id))
    const all = [lineWords, whyWords, attributeWords, absentWords].flatMap((words) => Object.values(words))
    const named = all.flatMap(({ statement }) => statement ?? [])
    expect(named.filter((id) => !known.has(id))).toEqual([])
    expect(named.length).toBeGreaterThan(30)
  })

  test('Japanese and English say the same number of things, and none is empty', () => {
    expect(Object.keys(panelWords.en)).toEqual(Object.keys(panelWords.ja))
    for (const words of Object.values(panelWords)) expect(Object.values(words)).not.toContain('')
  })

  test('every pair of cookie and row has a sentence of its own in both languages', () => {
    const pairs = Object.values(verdictWords).flatMap((rows) => Object.values(rows))
    for (const language of ['ja', 'en'] as const)
      expect(new Set(pairs.map((words) => words[language])).size).toBe(32)
  })

  test("every reason that the browser's protocol has for refusing a cookie is explained, and no other", () => {
    const file = createRequire(createRequire(import.meta.url).resolve('playwright/package.json')).resolve(
      'playwright-core/package.json',
    )
    const protocol = readFileSync(join(dirname(file), 'types', 'protocol.d.ts'), 'utf8')
    const reasons = ['SetCookieBlockedReason', 'CookieBlockedReason'].flatMap((type) => {
      const [, values = ''] = new RegExp(`export type ${type} = ([^;]+);`).exec(protocol) ?? []
      return values.split('|').map((value) => value.replaceAll('"', ''))
    })
    expect(reasons.length).toBeGreaterThan(30)
    expect(Object.keys(browserReasonWords).sort()).toEqual([...new Set(reasons)].sort())
  })

  test('every failed call has a sentence, with the error wherever there is one', () => {
    for (const [kind, words] of Object.entries(failureWords)) {
      for (const language of ['ja', 'en'] as const)
        expect(words[language].includes('{error}')).toBe(kind !== 'silent')
    }
    expect(new Set(Object.values(failureWords).map(({ en }) => en)).size).toBe(8)
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
    expect(why(['pathname mismatch', 'no SID sent, generating session'])).toBe('uninitialized')
  })

  test('why there is none never contradicts the calls: written late, not serialisable, renewed, cut, unheard', () => {
    const why = (debug: string[], given: Partial<Exchange> = {}) => whyNoCookie(exchange({ debug, ...given }))
    const data = '{"cookie":{"expires":"2030-01-01T00:00:00.000Z"},"n":1}'
    const set = (at: number, text = data) => [storeCall({ method: 'set', at, data: text })]
    const fresh = ['no SID sent, generating session', 'saving x']
    expect(why(fresh, { headAt: 1, calls: set(2) })).toBe('head-sent')
    expect(why(fresh, { headAt: 2, calls: set(1) })).toBe('not-serialised')
    expect(why(fresh, { headAt: 2, calls: set(1, '{"cookie":{}}') })).toBe('unknown')
    expect(why([...fresh, 'not secured'], { headAt: 2, calls: set(1) })).toBe('not-secured')
    const elsewhere = { headAt: 2, calls: set(1), processes: [{ slot: 1, pid: 1 }] }
    expect(why(fresh, elsewhere)).toBe('unknown')
    const found = ['fetching x', 'session found']
    const get = storeCall({ data: '{"cookie":{},"n":0}' })
    expect(why(found, { headAt: 1, calls: [get, ...set(2)] })).toBe('head-sent')
    expect(why(found, { headAt: 1, calls: [get, ...set(2, '{"cookie":{},"n":1}')] })).toBe('kept-no-expiry')
    expect(why(found, { calls: [get, storeCall({ method: 'destroy' })] })).toBe('uninitialized')
    expect(why(found, { end: 'cut', calls: [get] })).toBe('cut-off')
    expect(why([...found, 'touching'], { end: 'cut', calls: [get] })).toBe('kept-unmodified')
    expect(why(found, { end: 'cut', headAt: null })).toBe('never-answered')
    expect(why([], { sessions: [1] })).toBe('no-lines')
    expect(whyNoCookie(exchange(), true)).toBe('no-lines')
    expect(whyNoCookie(exchange(), true, true)).toBe('loaded-before')
    expect(whyNoCookie(exchange({ sessions: [1] }), false, true)).toBe('no-lines') // a copy that is watched
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
  expect(first[8]?.tone).toBe(first[0]?.tone) // told apart by number then
})

test('a row is known from the calls: written, extended, expired, removed', () => {
  const rows = createRows()
  const expires = (ms: number) => JSON.stringify({ cookie: { expires: new Date(ms).toISOString() } })
  const call = (method: 'set' | 'touch' | 'destroy', at: number, data: string | null) =>
    rows.noteCall('app', storeCall({ method, duration: 0, data }), at, at)
  call('set', 1_000, expires(5_000))
  call('touch', 4_000, expires(9_000))
  call('destroy', 12_000, null)
  const state = (at: number) => rows.at('app', 'x', at).state
  expect([500, 1_500, 6_000, 9_500, 13_000].map(state)).toEqual([
    'none',
    'present',
    'present',
    'expired',
    'gone',
  ])
  expect(rows.endings(20_000)).toEqual([{ at: 9_000, by: 4_000, sid: 'x' }])
})

test.describe('a call that failed', () => {
  const failed = (method: StoreCall['method'], given: Partial<StoreCall> = {}) =>
    storeCall({ method, error: 'down', ...given })
  const after = (...calls: StoreCall[]) => {
    const rows = createRows()
    for (const [index, call] of calls.entries()) rows.noteCall('#1', call, index * 10, index)
    return rows
  }
  const written = storeCall({ method: 'set', data: '{"cookie":{}}' })

  test('leaves the row unknown until a call or a look tells more; a look does not undo the failure', () => {
    for (const method of ['get', 'set', 'touch', 'destroy'] as const) {
      const rows = after(written, failed(method))
      const failure = { method, error: 'down', isFirst: false }
      expect(rows.at('#1', 'x', 100)).toMatchObject({ state: 'unknown', failure })
      expect(rows.notePeek('#1', 'x', { data: '{"cookie":{}}' }, 100)).toMatchObject({
        state: 'present',
        failure,
      })
      rows.noteCall('#1', storeCall({ data: '{"cookie":{}}' }), 200, 9)
      expect(rows.at('#1', 'x', 300)).toMatchObject({ state: 'present', failure: null })
    }
    expect(after(failed('set')).at('#1', 'x', 100).failure?.isFirst).toBe(true)
  })

  test('ENOENT is "no row" for get alone', () => {
    const enoent = { errorCode: 'ENOENT' }
    expect(after(written, failed('get', enoent)).at('#1', 'x', 100)).toMatchObject({
      state: 'gone',
      failure: null,
    })
    expect(after(failed('get', enoent)).at('#1', 'x', 100).state).toBe('none')
    expect(after(written, failed('destroy', enoent)).at('#1', 'x', 100).state).toBe('unknown')
  })

  test('one that has not come back counts as failed after a while, and tells itself what it did once it has', () => {
    const call = storeCall({ method: 'set', data: '{"cookie":{}}', duration: null })
    const story = createStory({ secrets: [] })
    const exchanges = [exchange({ calls: [call], duration: 5 })]
    story.follow(exchanges)
    const at = (moment: number) => story.rows.at('#1', 'x', 1_000_000 + moment)
    expect([at(100).state, at(3_100).state]).toEqual(['none', 'unknown'])
    expect(at(3_100).failure).toEqual({ method: 'set', error: null, isFirst: true })
    call.duration = 4_000
    story.follow(exchanges)
    expect([at(3_100).state, at(4_100).state, at(4_100).failure]).toEqual(['none', 'present', null])
  })
})

test.describe('the session that an exchange was in', () => {
  const one = (number: number, given: Partial<SessionCall>): SessionCall => ({
    ...{ number, pid: 1, at: 0, name: 'connect.sid', store: number, storeName: 'MemoryStore', cookie: {} },
    ...{ resave: undefined, saveUninitialized: undefined, rolling: undefined, unset: undefined },
    ...{ proxy: undefined, hasGenid: false, version: undefined, where: undefined, secrets: [] },
    ...{ isInProduction: false, rows: 'memory' as const, canTouch: true, ...given },
  })
  const sessions = [one(1, { name: 'admin' }), one(2, { name: 'shop' })]
  const of = (given: Partial<Exchange>, told = sessions) => {
    const story = createStory({ secrets: [] })
    story.follow([exchange(given)], { sessions: told })
    return story.steps()[0]?.session
  }
  const pair = (name: string, sid: string) => `${name}=${signed(sid, secret)}`

  test("has the name in express-session's own line, or of the cookie with the sid of a call", () => {
    const setCookie = [pair('theme', 'dark'), pair('shop', 'x')]
    const debug = [`set-cookie ${pair('shop', 'x')}; Path=/`]
    expect(of({ setCookie, debug }, [])).toMatchObject({ name: 'shop' })
    expect(of({ setCookie, calls: [storeCall({ method: 'set' })] }, [])).toEqual({ name: 'shop', store: 1 })
    expect(of({ cookie: setCookie.join('; '), calls: [storeCall()] }, [])).toMatchObject({ name: 'shop' })
    expect(of({ cookie: pair('theme', 'dark'), setCookie: [pair('theme', 'dark')] }, [])).toMatchObject({
      name: null,
    })
  })

  test('is that of the session() call whose store was called, or else of the first that did not step aside', () => {
    expect(of({ sessions: [1, 2] })).toEqual({ name: 'admin', store: 1 })
    expect(of({ sessions: [1, 2], calls: [storeCall({ store: 2 })] })).toEqual({ name: 'shop', store: 2 })
    expect(of({ sessions: [1, 2], debug: ['pathname mismatch'] })).toEqual({ name: 'shop', store: 2 })
    expect(of({ sessions: [1], processes: [{ slot: 1, pid: 7 }] })).toEqual({ name: null, store: 0 })
  })

  test('calls outside of any exchange change its rows; where all stores of a server are one, too', () => {
    const call = storeCall({ method: 'set', sid: 'x', store: 1, at: 1_000_100, data: '{"cookie":{}}' })
    for (const [hasOneStore, shelf] of [
      [() => false, '#1'],
      [() => true, 'app'],
    ] as const) {
      const story = createStory({ secrets: [], hasOneStore })
      story.follow([exchange({ calls: [storeCall({ store: 1 })] })], { outside: [call] })
      expect(story.rows.at(shelf, 'x', 1_000_200).state).toBe('present')
      expect(story.outside()).toEqual([{ number: 1, call }])
    }
  })

  test('a MemoryStore made after the cookie was set has forgotten the row; one made before has not', () => {
    const set = exchange({
      setCookie: [`${pair('shop', 'x')}; Path=/`],
      calls: [storeCall({ method: 'set', store: 1, data: '{"cookie":{}}' })],
      sessions: [1],
    })
    const again = exchange({
      id: 2,
      at: 1_002_000,
      cookie: pair('shop', 'x'),
      calls: [storeCall({ store: 2 })],
      sessions: [2],
    })
    const forgotten = (at: number, storeName = 'MemoryStore') => {
      const story = createStory({ secrets: [secret] })
      const told = [one(1, { name: 'shop' }), one(2, { name: 'shop', at, storeName })]
      story.follow([set, again], { sessions: told })
      const place = {
        client: clientId(set.client),
        server: 'app',
        session: { name: 'shop', store: 2 },
        moment: 1_003_000,
      }
      return lookAtPair(story, place, lookAtCookie(story, place)).forgotten
    }
    expect(forgotten(1_001_000)).toEqual({ since: 1_001_000 })
    expect(forgotten(999_000)).toBeNull()
    expect(forgotten(1_001_000, 'RedisStore')).toBeNull()
  })
})

test('a script of another origin is told by what the browser says of it, or by another host in Origin', () => {
  const isForeign = (site: string | null, mode: string | null, origin: string | null) =>
    isForeignScript(exchange({ origin, fetch: { site, mode, dest: null } }))
  expect(isForeign('same-site', 'cors', 'http://localhost:5205')).toBe(true)
  expect(isForeign('cross-site', 'cors', 'http://app.test')).toBe(true)
  expect(isForeign('same-origin', 'cors', 'http://localhost:3000')).toBe(false)
  expect(isForeign('cross-site', 'navigate', 'http://app.test')).toBe(false) // a form
  expect(isForeign(null, null, 'http://app.test')).toBe(true)
  expect(isForeign(null, null, 'http://localhost:5205')).toBe(false) // perhaps its own
  for (const origin of [null, 'null', 'no url']) expect(isForeign(null, null, origin)).toBe(false)
})

test.describe("the end of a row is the expires of the session's cookie", () => {
  const iso = '2030-01-02T03:04:05.000Z'
  const time = Date.parse(iso)
  const past = '2020-01-01T00:00:00.000Z'
  for (const [what, data, expected] of [
    ['it is there', { cookie: { originalMaxAge: 1, expires: iso } }, time],
    ['there is none', { cookie: { expires: null }, count: 1 }, null],
    ['data after the cookie has one, too', { cookie: { expires: null }, coupon: { expires: past } }, null],
    ['data before the cookie has one, too', { expires: past, cookie: { expires: iso } }, time],
    ['data holds another cookie', { cart: [{ cookie: { expires: past } }], cookie: { expires: iso } }, time],
    ['data is text that looks like JSON', { note: `"expires":"${past}"`, cookie: {} }, null],
    ['the session has no cookie', { expires: past }, null],
    ['it is no date', { cookie: { expires: 'next year' } }, undefined],
  ] as const)
    test(what, () => expect(expiryOf(JSON.stringify(data))).toBe(expected))

  test('a text that was cut, and what is no session, do not tell', () => {
    const long = JSON.stringify({ cookie: { expires: iso }, text: 'x'.repeat(longestData) })
    for (const data of [long.slice(0, longestData), '', 'null', '7', `[{"expires":"${past}"}]`, '(a loop)'])
      expect(expiryOf(data)).toBeUndefined()
    expect(expiryOf(long)).toBe(time)
  })

  test('a row whose data has an expires of its own is alive, by its calls and by a look from the side', () => {
    const data = JSON.stringify({ cookie: { expires: null }, coupon: { expires: past } })
    const rows = createRows()
    rows.noteCall('app', storeCall({ method: 'set', sid: 'called', data }), 1_000_000, 1)
    rows.notePeek('app', 'seen', { data }, 1_000_000)
    for (const sid of ['called', 'seen'])
      expect(rows.at('app', sid, Date.parse(past) + 1)).toMatchObject({ state: 'present', expires: null })
    expect(rows.endings(Date.parse(iso))).toEqual([])
  })

  test('where the calls do not tell the end of a large row, a look from the side does', () => {
    const data = JSON.stringify({ cookie: { expires: iso }, text: 'x'.repeat(longestData) })
    const kept = data.slice(0, longestData)
    const rows = createRows()
    rows.noteCall('app', storeCall({ method: 'set', sid: 'x', data: kept }), 1_000_000, 1)
    expect(rows.at('app', 'x', time + 1)).toMatchObject({ state: 'present', expires: undefined })
    expect(rows.notePeek('app', 'x', { data }, time - 1)).toMatchObject({ state: 'present', expires: time })
    expect(rows.at('app', 'x', time + 1).state).toBe('expired')
  })
})

test.describe('the exported record', () => {
  const sid = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6'
  const cookie = signed(sid, secret)
  const exchanges = [
    exchange({
      cookie: `sid=${cookie}; token=private`,
      setCookie: [`sid=${cookie}; Path=/; HttpOnly`, 'other=hidden; Path=/'],
      debug: [`fetching ${sid}`, `set-cookie sid=${cookie}; Path=/`],
      calls: [storeCall({ sid, data: `{"own":"${sid}","n":1}` })],
      url: `/?from=${sid}`,
    }),
  ]
  const story = createStory({ secrets: [secret] })
  story.follow(exchanges)
  const text = [...exportRecord(exchanges, story.names)].join('')

  test("holds no sid, no signature and no other cookie's value", () => {
    const { signature } = readCookieValue(cookie)
    for (const kept of [sid, signature, encodeURIComponent(signature), 'private', 'hidden']) {
      expect(text).not.toContain(kept)
    }
    expect(text).toContain('\\"own\\":\\"sid-1\\",\\"n\\":1')
  })

  test('comes back as the same story', () => {
    const back = importRecord(text)
    expect(back).toMatchObject({
      exchanges: [{ id: 1, debug: ['fetching sid-1', 'set-cookie sid=s%3Asid-1.signature; Path=/'] }],
    })
    const again = createStory({ secrets: [] })
    again.follow(typeof back === 'string' ? [] : back.exchanges)
    expect(again.steps()[0]).toMatchObject({
      session: { name: 'sid' },
      sid: 'sid-1',
      sent: [{ state: 'valid' }],
    })
  })

  test('anything else is refused or made harmless', () => {
    const head = '{"format":"express-session-inspector","version":'
    for (const [bad, why] of [
      ['', 'empty'],
      ['{"format":', 'no-json'],
      ['null', 'no-record'],
      ['{}', 'no-record'],
      ['[]', 'no-record'],
      [`${head}2,"exchanges":[]}`, 'version'],
      [`${head}1,"exchanges":[${Array(5001).fill('0')}]}`, 'too-many'],
      [`${head}1,"exchanges":[{}]}`, 'broken'],
    ] as const) {
      expect(importRecord(bad)).toBe(why)
    }
    const odd = { id: 1, at: 1e99, setCookie: [1, null], calls: [{ method: 'constructor' }], client: 5 }
    const record = JSON.stringify({ format: 'express-session-inspector', version: 1, exchanges: [odd] })
    expect(importRecord(record)).toMatchObject({
      exchanges: [{ setCookie: ['', ''], calls: [], client: { host: '' } }],
    })
  })
})

test('the story stays as small as the record, however many sessions pass', () => {
  const story = createStory({ secrets: [] })
  for (let round = 0; round < 20; round++) {
    const exchanges = Array.from({ length: 100 }, (_, index) => {
      const id = round * 100 + index + 1
      const calls = [storeCall({ method: 'set', sid: `sid-number-${id}`, at: 0, data: '{}' })]
      return exchange({ id, calls, client: { host: 'localhost', userAgent: `agent ${id}` } })
    })
    story.follow(exchanges)
  }
  expect([story.steps().length, story.clients().length]).toEqual([100, 100])
  expect(story.names.size()).toBeLessThanOrEqual(200)
  expect(story.rows.size()).toBeLessThanOrEqual(200)
})
