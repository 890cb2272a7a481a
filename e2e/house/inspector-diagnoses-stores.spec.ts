import { callbackTwice } from '../../packages/inspector/src/diagnoses/callback-twice.ts'
import { cookieEndsWhileInUse } from '../../packages/inspector/src/diagnoses/cookie-ends-while-in-use.ts'
import { memoryStoreForgot } from '../../packages/inspector/src/diagnoses/memory-store-forgot.ts'
import { memoryStoreInProduction } from '../../packages/inspector/src/diagnoses/memory-store-in-production.ts'
import { notSavedThoughAnswered } from '../../packages/inspector/src/diagnoses/not-saved-though-answered.ts'
import { rowEndsWhileInUse } from '../../packages/inspector/src/diagnoses/row-ends-while-in-use.ts'
import { rowsOfNobody } from '../../packages/inspector/src/diagnoses/rows-of-nobody.ts'
import { savedWithStaleExpiry } from '../../packages/inspector/src/diagnoses/saved-with-stale-expiry.ts'
import { sessionGrows } from '../../packages/inspector/src/diagnoses/session-grows.ts'
import { storeCallFailed } from '../../packages/inspector/src/diagnoses/store-call-failed.ts'
import { storeDisconnected } from '../../packages/inspector/src/diagnoses/store-disconnected.ts'
import { storeDoesNotAnswer } from '../../packages/inspector/src/diagnoses/store-does-not-answer.ts'
import {
  call,
  cookie,
  found,
  foundBy,
  fresh,
  recordOf,
  request,
  row,
  sessionCall,
  setCookie,
} from '../support/case-records.ts'
import { expect, test } from '../support/fixtures.ts'

const data = row({ theme: 'dark' })

test('store-disconnected: an app that says 503 until the store is back is prepared', () => {
  const away = (id: number, at: number, status: number) =>
    request({ id, at, status, debug: ['store is disconnected'] })
  const back = request({ id: 9, at: 9_000, debug: found(), calls: [call('get', { data })] })
  expect(foundBy(storeDisconnected, recordOf([away(1, 0, 500)]))).toEqual([1])
  expect(foundBy(storeDisconnected, recordOf([away(1, 0, 503), away(2, 5_000, 503)]))).toEqual([1, 2])
  expect(foundBy(storeDisconnected, recordOf([away(1, 0, 503), away(2, 5_000, 503), back]))).toBeUndefined()
})

test('store-does-not-answer: a call that somebody waits for has been open for seconds', () => {
  const hanging = (now: number, given: Parameters<typeof call>[1] = {}) =>
    foundBy(
      storeDoesNotAnswer,
      recordOf(
        [
          request({
            id: 1,
            at: 0,
            duration: null,
            headAt: null,
            end: null,
            calls: [call('get', { duration: null, ...given })],
          }),
        ],
        { now },
      ),
    )
  expect(hanging(4_000)).toEqual([1])
  expect(hanging(1_000)).toBeUndefined()
  expect(hanging(4_000, { duration: 3_900 })).toBeUndefined() // slow
  expect(hanging(4_000, { facts: { isUnwatched: true } })).toBeUndefined()
})

test('store-call-failed: not a missing row, not what is tried again, not what the app says 503 to', () => {
  const failed = (given: Parameters<typeof call>[1], status = 500, again = false) =>
    foundBy(
      storeCallFailed,
      recordOf([
        request({
          ...{ id: 1, at: 0, status, headAt: 8 },
          calls: [
            call('get', { error: 'no connection', ...given }),
            ...(again ? [call('get', { at: 4, data })] : []),
          ],
        }),
      ]),
    )
  expect(failed({})).toEqual([1])
  expect(failed({}, 503)).toBeUndefined()
  expect(failed({ errorCode: 'ENOENT' })).toBeUndefined()
  expect(failed({}, 200, true)).toBeUndefined()
  expect(failed({ method: 'touch', at: 9 }, 200)).toEqual([1])
})

test('not-saved-though-answered: the failure came after the success had been told', () => {
  const failed = (status: number, headAt: number) =>
    foundBy(
      notSavedThoughAnswered,
      recordOf([
        request({
          id: 1,
          at: 0,
          status,
          headAt,
          calls: [call('set', { at: 4, duration: 5, data, error: 'full' })],
        }),
      ]),
    )
  expect(failed(200, 5)).toEqual([1])
  expect(failed(200, 9.5)).toBeUndefined()
  expect(failed(503, 5)).toBeUndefined()
  expect(notSavedThoughAnswered.explains).toContain('store-call-failed')
})

test('callback-twice: one answer is right', () => {
  const answered = (answers: number) =>
    foundBy(
      callbackTwice,
      recordOf([request({ id: 1, at: 0, calls: [call('get', { data, facts: { answers } })] })]),
    )
  expect(answered(2)).toEqual([1])
  expect(answered(1)).toBeUndefined()
})

test('memory-store-in-production: rows in the process, and production', () => {
  const told = (given: Partial<ReturnType<typeof sessionCall>>) =>
    foundBy(memoryStoreInProduction, recordOf([], { sessions: [sessionCall(given)] }))
  expect(told({ rows: 'memory', isInProduction: true })).toEqual([])
  expect(told({ rows: 'memory' })).toBeUndefined()
  expect(told({ rows: 'process', isInProduction: true })).toBeUndefined()
})

test('memory-store-forgot: an id that this process has never had', () => {
  const unknown = request({
    ...{ id: 5, at: 900, cookie: cookie('a'), debug: ['fetching a', 'no session found'] },
    calls: [call('get')],
  })
  const forgot = (rows: 'memory' | 'elsewhere', id: number, earlier: Parameters<typeof request>[0]) =>
    foundBy(
      memoryStoreForgot,
      recordOf([request({ ...earlier, id }), unknown], { sessions: [sessionCall({ rows })] }),
    )
  const other = { at: 0, debug: [...fresh] }
  expect(forgot('memory', 1, other)).toEqual([5])
  expect(forgot('elsewhere', 1, other)).toBeUndefined()
  expect(forgot('memory', 4, other)).toBeUndefined() // the record has forgotten what was before
  expect(forgot('memory', 1, { at: 0, calls: [call('set', { data })] })).toBeUndefined() // it has expired
})

/** A session of 2 s that is used each half second; the last look finds no row. */
const using = (first: string, between: readonly ReturnType<typeof call>[] = []) => [
  request({
    id: 1,
    at: 0,
    debug: [...fresh],
    setCookie: setCookie('a'),
    calls: [call('set', { data: first })],
  }),
  ...[500, 1000, 1500].map((at, index) =>
    request({
      id: 2 + index,
      at,
      cookie: cookie('a'),
      debug: found(),
      calls: [call('get', { data: first }), ...between],
    }),
  ),
  request({
    id: 9,
    at: 2100,
    cookie: cookie('a'),
    debug: ['fetching a', 'no session found'],
    calls: [call('get')],
  }),
]

test('row-ends-while-in-use: the time of the last set was over, and nobody had destroyed the row', () => {
  const ended = (expires: number, ...between: ReturnType<typeof call>[]) =>
    foundBy(rowEndsWhileInUse, recordOf(using(row({ a: 1 }, 2000, expires), between)))
  expect(ended(2001)).toEqual([9])
  expect(ended(2001, call('touch', { at: 5, data: row({ a: 1 }, 2000, 3500) }))).toEqual([9])
  expect(ended(2001, call('destroy', { at: 5 }))).toBeUndefined()
  expect(ended(600_000)).toBeUndefined() // somebody else removed it
})

test('saved-with-stale-expiry: it was past when it was written, and the row was lost', () => {
  const saved = (expires: number, next: string | null, lifetime = 2000) =>
    foundBy(
      savedWithStaleExpiry,
      recordOf([
        request({
          ...{ id: 1, at: 5000, debug: found() },
          calls: [
            call('get', { data: row({ a: 1 }, lifetime, 2000) }),
            call('set', { at: 5, data: row({ a: 2 }, lifetime, expires) }),
          ],
        }),
        request({ id: 2, at: 5100, calls: [call('get', { data: next })] }),
      ]),
    )
  expect(saved(2000, null)).toEqual([1, 2])
  expect(saved(7000, null)).toBeUndefined()
  expect(saved(2000, data)).toBeUndefined() // the store goes by another clock
  expect(saved(2000, null, 0)).toBeUndefined() // ended on purpose
})

test('cookie-ends-while-in-use: the same pages at the same pace, and no cookie any more', () => {
  const use = (id: number, at: number, url = '/me', sid = 'a') =>
    request({ id, at, url, cookie: cookie(sid), debug: found(sid), calls: [call('get', { sid, data })] })
  const visit = (last: Parameters<typeof request>[0], rolling?: boolean) =>
    foundBy(
      cookieEndsWhileInUse,
      recordOf(
        [
          request({
            id: 1,
            at: 0,
            debug: [...fresh],
            setCookie: setCookie('a', '; Max-Age=3'),
            calls: [call('set', { data })],
          }),
          ...[700, 1400, 2100, 2800].map((at, index) => use(2 + index, at)),
          request({ id: 9, url: '/me', debug: [...fresh], ...last }),
        ],
        { sessions: [sessionCall({ rolling })] },
      ),
    )
  expect(visit({ at: 3500 })).toEqual([9])
  expect(visit({ at: 3500 }, true)).toBeUndefined()
  expect(visit({ at: 3500, url: '/another' })).toBeUndefined() // somebody else
  expect(visit({ at: 5700 })).toBeUndefined() // away for too long
  expect(visit({ at: 3500, cookie: cookie('a') })).toBeUndefined()
})

test('rows-of-nobody: many rows of visitors who asked for a page and never came back', () => {
  const visits = (method: string, back: readonly string[]) => [
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((sid, index) =>
      request({
        ...{ id: 1 + index, at: index * 20, method, debug: [...fresh], setCookie: setCookie(sid) },
        calls: [call('set', { sid, data: row({}) })],
      }),
    ),
    ...back.map((sid, index) => request({ id: 50 + index, at: 900, cookie: cookie(sid), debug: found(sid) })),
  ]
  expect(foundBy(rowsOfNobody, recordOf(visits('GET', [])))).toHaveLength(7)
  expect(foundBy(rowsOfNobody, recordOf(visits('POST', [])))).toBeUndefined() // they did something
  expect(foundBy(rowsOfNobody, recordOf(visits('GET', ['a', 'b', 'c'])))).toBeUndefined()
})

test('session-grows: longer with every save, and no end of it', () => {
  const growing = (sizeOf: (n: number) => number) =>
    foundBy(
      sessionGrows,
      recordOf(
        Array.from({ length: 30 }, (_, n) =>
          request({
            id: 1 + n,
            at: n * 100,
            calls: [call('set', { data: row({ seen: 'x'.repeat(sizeOf(n)) }) })],
          }),
        ),
      ),
    )
  expect(growing((n) => n * 200)).toHaveLength(30)
  expect(growing((n) => Math.min(n, 5) * 900)).toBeUndefined() // the last five
  expect(growing((n) => n * 20)).toBeUndefined() // a form in many steps
})
