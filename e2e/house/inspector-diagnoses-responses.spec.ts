import { notSerializable } from '../../packages/inspector/src/diagnoses/not-serializable.ts'
import { responseCutOff } from '../../packages/inspector/src/diagnoses/response-cut-off.ts'
import { responseNeverEnded } from '../../packages/inspector/src/diagnoses/response-never-ended.ts'
import { sessionMissing } from '../../packages/inspector/src/diagnoses/session-missing.ts'
import { twoSessionsOnOneRequest } from '../../packages/inspector/src/diagnoses/two-sessions-on-one-request.ts'
import { typeLostInJson } from '../../packages/inspector/src/diagnoses/type-lost-in-json.ts'
import { writtenAfterEnd } from '../../packages/inspector/src/diagnoses/written-after-end.ts'
import { writtenAfterHeaders } from '../../packages/inspector/src/diagnoses/written-after-headers.ts'
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
type Given = Partial<Parameters<typeof request>[0]>

test('written-after-headers: a new session without its cookie, because the head had left', () => {
  const written = (given: Given) =>
    foundBy(
      writtenAfterHeaders,
      recordOf([
        request({
          id: 1,
          at: 0,
          headAt: 3,
          debug: [...fresh],
          calls: [call('set', { at: 5, data })],
          ...given,
        }),
      ]),
    )
  expect(written({})).toEqual([1])
  expect(written({ headAt: 6 })).toBeUndefined()
  expect(written({ setCookie: setCookie('a') })).toBeUndefined()
  expect(written({ cookie: cookie('a'), debug: found() })).toBeUndefined() // saved, and the visitor has the cookie
  expect(written({ calls: [call('set', { at: 5, data: row({}) })] })).toBeUndefined()
  expect(written({ calls: [], end: 'cut', facts: { unsaved: '{"stream":"on"}' } })).toEqual([1])
})

test('written-after-end: what nobody saved, or saved where no cookie leads', () => {
  const written = (given: Given, later: readonly ReturnType<typeof request>[] = []) =>
    foundBy(
      writtenAfterEnd,
      recordOf([
        request({
          ...{
            id: 1,
            at: 0,
            cookie: cookie('a'),
            debug: [...found(), 'saving a'],
            calls: [call('get', { data })],
          },
          facts: { unsaved: '{"theme":"dark","coupon":1}' },
          ...given,
        }),
        ...later,
      ]),
    )
  expect(written({})).toEqual([1])
  expect(written({ facts: {} })).toBeUndefined()
  expect(written({ end: 'cut' })).toBeUndefined()
  expect(written({ debug: [] })).toBeUndefined() // the session of another library
  const kept = request({ id: 2, at: 90, calls: [call('set', { data: row({ theme: 'dark', coupon: 1 }) })] })
  expect(written({}, [kept])).toBeUndefined()
  expect(written({ facts: { unsaved: '{"theme":"dark","__lastAccess":1}' } })).toBeUndefined() // the store's own
  const late = call('set', { at: 80, data })
  expect(written({ facts: {}, calls: [late], cookie: null })).toEqual([1])
  expect(written({ facts: {}, calls: [call('get', { data }), late] })).toBeUndefined()
})

test('session-missing: read where no session() had run, and not where the app looks at every request', () => {
  const good = (at: number, facts: Given['facts'] = {}) => request({ id: 50 + at, at, debug: found(), facts })
  const missed = (given: Given, others = [good(0)]) =>
    foundBy(
      sessionMissing,
      recordOf([
        ...others,
        request({
          id: 1,
          at: 100,
          sessions: [],
          status: 500,
          ...given,
          facts: { isMissed: true, missedAt: ['app.js:9'], ...given.facts },
        }),
      ]),
    )
  expect(missed({})).toEqual([1])
  expect(missed({ status: 200, cookie: cookie('a') })).toEqual([1])
  expect(missed({ status: 200 })).toBeUndefined()
  expect(missed({ method: 'OPTIONS' })).toBeUndefined()
  expect(missed({}, [good(0, { isMissed: true, missedAt: ['app.js:9'] })])).toBeUndefined() // a logger
  expect(missed({ sessions: [1] })).toBeUndefined()
})

test('two-sessions-on-one-request: two that differ, and the first did not step aside', () => {
  const reached = (debug: string[], other: Partial<ReturnType<typeof sessionCall>>) =>
    foundBy(
      twoSessionsOnOneRequest,
      recordOf([request({ id: 1, at: 0, sessions: [1, 2], debug })], {
        sessions: [sessionCall(), sessionCall({ number: 2, ...other })],
      }),
    )
  const desk = { name: 'desk.sid', where: 'desk.js:2' }
  expect(reached(found(), desk)).toEqual([1])
  expect(reached(['pathname mismatch', ...found()], desk)).toBeUndefined()
  expect(reached(found(), {})).toBeUndefined() // the same line, called for each router
  expect(reached(found(), { rolling: true })).toEqual([1]) // that line, told otherwise
})

test('type-lost-in-json: what is lost whole; of the rest only what a later request failed with', () => {
  const stored = (losses: string[], next: Given = {}) =>
    foundBy(
      typeLostInJson,
      recordOf([
        request({
          id: 1,
          at: 0,
          url: '/trip',
          calls: [call('set', { data: row({ day: 'x' }), facts: { losses } })],
        }),
        request({
          id: 2,
          at: 100,
          url: '/other',
          calls: [call('get', { data: row({ day: 'x' }) })],
          ...next,
        }),
      ]),
    )
  expect(stored(['day: Set'])).toEqual([1])
  expect(stored(['day: Date'])).toBeUndefined()
  expect(stored(['day: Date'], { status: 500 })).toBeUndefined() // of something else
  expect(stored(['day: Date'], { status: 500, url: '/trip/back' })).toEqual([1, 2])
  expect(stored(['day: Date'], { status: 500, facts: { isTypeError: true } })).toEqual([1, 2])
})

test('not-serializable: JSON.stringify said so, or a save never reached the store', () => {
  const saved = (given: Given) =>
    foundBy(notSerializable, recordOf([request({ id: 1, at: 0, debug: [...fresh, 'saving a'], ...given })]))
  const set = [call('set', { data })]
  expect(saved({ calls: set, facts: { unserialisable: 'a BigInt' } })).toEqual([1])
  expect(saved({ calls: [call('set', { data: '(a BigInt)' })] })).toEqual([1])
  expect(saved({ end: 'cut', status: null })).toEqual([1])
  expect(saved({ calls: set, end: 'cut', status: null })).toBeUndefined()
  expect(notSerializable.explains).toContain('response-never-ended')
})

test('response-never-ended: nothing was sent, nothing is waited for, and the route is no long poll', () => {
  const poll = (headAt: number) => request({ id: 2, at: 9_000, url: '/report', headAt, duration: headAt })
  const hanging = (given: Given, others: readonly ReturnType<typeof request>[] = []) =>
    foundBy(
      responseNeverEnded,
      recordOf([
        request({
          ...{ id: 1, at: 0, url: '/report', duration: null, headAt: null, end: null, status: null },
          facts: { isUnanswered: true },
          ...given,
        }),
        ...others,
      ]),
    )
  expect(hanging({})).toEqual([1])
  expect(hanging({}, [poll(20)])).toEqual([1])
  expect(hanging({}, [poll(4_000)])).toBeUndefined()
  expect(hanging({ facts: {} })).toBeUndefined()
  expect(hanging({ calls: [call('get', { duration: null })] })).toBeUndefined() // the store's fault
})

test('response-cut-off: by the server, while the response waited for the store', () => {
  const cut = (given: Given) =>
    foundBy(
      responseCutOff,
      recordOf([
        request({
          ...{ id: 1, at: 0, duration: 60, end: 'cut', calls: [call('set', { at: 5, duration: 150, data })] },
          facts: { cutBy: 'server' },
          ...given,
        }),
      ]),
    )
  expect(cut({})).toEqual([1])
  expect(cut({ facts: { cutBy: 'visitor' } })).toBeUndefined()
  expect(cut({ calls: [call('set', { at: 5, duration: 10, data })] })).toBeUndefined() // a stream that the app ended
  expect(cut({ headAt: null })).toBeUndefined()
})
