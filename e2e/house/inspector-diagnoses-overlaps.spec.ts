import { destroyedSessionCameBack } from '../../packages/inspector/src/diagnoses/destroyed-session-came-back.ts'
import { lostUpdate } from '../../packages/inspector/src/diagnoses/lost-update.ts'
import { nameSharedWithAnotherApp } from '../../packages/inspector/src/diagnoses/name-shared-with-another-app.ts'
import { parallelFirstRequests } from '../../packages/inspector/src/diagnoses/parallel-first-requests.ts'
import { readBeforeSaved } from '../../packages/inspector/src/diagnoses/read-before-saved.ts'
import { redirectWithoutSave } from '../../packages/inspector/src/diagnoses/redirect-without-save.ts'
import { resaveUndidAChange } from '../../packages/inspector/src/diagnoses/resave-undid-a-change.ts'
import { savedUnderAnotherId } from '../../packages/inspector/src/diagnoses/saved-under-another-id.ts'
import { writtenOutsideARequest } from '../../packages/inspector/src/diagnoses/written-outside-a-request.ts'
import type { Exchange } from '../../packages/inspector/src/exchange.ts'
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
  start,
} from '../support/case-records.ts'
import { expect, test } from '../support/fixtures.ts'

const before = row({ theme: 'light' })
/** Two requests that overlap: a quick one inside of a slow one, and what each writes. */
const overlapping = (slow: string, quick: string, later: readonly ReturnType<typeof request>[] = []) => [
  request({
    ...{ id: 1, at: 0, duration: 500, url: '/slow', debug: found() },
    calls: [call('get', { data: before }), call('set', { at: 490, data: slow })],
  }),
  request({
    ...{ id: 2, at: 100, url: '/quick', debug: found() },
    calls: [call('get', { data: before }), call('set', { at: 5, data: quick })],
  }),
  ...later,
]
const dark = row({ theme: 'dark' })

test('lost-update: the later save has the old value of what another request had changed', () => {
  const lost = (slow: string, quick: string) => foundBy(lostUpdate, recordOf(overlapping(slow, quick)))
  expect(lost(row({ theme: 'light', cart: ['wok'] }), dark)).toEqual([1, 2])
  expect(lost(row({ theme: 'light', cart: ['wok'] }), row({ theme: 'light', cart: ['lid'] }))).toEqual([1, 2])
  // what both changed is the later one's to say; what the quick one left alone is nobody's
  expect(lost(row({ theme: 'dim' }), dark)).toBeUndefined()
  expect(lost(row({ theme: 'light', cart: ['wok'] }), before)).toBeUndefined()
  const merged = request({
    at: 900,
    debug: found(),
    calls: [call('get', { data: row({ theme: 'dark', cart: ['wok'] }) })],
  })
  const slow = row({ theme: 'light', cart: ['wok'] })
  expect(foundBy(lostUpdate, recordOf(overlapping(slow, dark, [merged])))).toBeUndefined()
})

test('lost-update: three that count up from the same number lose two; two may mean the same', () => {
  const counting = (from: number) =>
    request({
      ...{ id: from + 1, at: from * 10, duration: 100, debug: found() },
      calls: [call('get', { data: row({ n: 1 }) }), call('set', { at: 90, data: row({ n: 2 }) })],
    })
  expect(foundBy(lostUpdate, recordOf([0, 1, 2].map(counting)))).toBeDefined()
  expect(foundBy(lostUpdate, recordOf([0, 1].map(counting)))).toBeUndefined()
})

test('resave-undid-a-change: who wrote back what was read had resave on', () => {
  const undone = (resave: boolean | undefined, slow: string) =>
    foundBy(resaveUndidAChange, recordOf(overlapping(slow, dark), { sessions: [sessionCall({ resave })] }))
  expect(undone(true, before)).toEqual([1, 2])
  expect(undone(undefined, before)).toEqual([1, 2])
  expect(undone(false, before)).toBeUndefined()
  expect(undone(true, row({ theme: 'light', cart: [1] }))).toBeUndefined()
})

test('destroyed-session-came-back: it is told when the row is found again', () => {
  const back = (again: string | null, isFound: boolean) =>
    foundBy(
      destroyedSessionCameBack,
      recordOf([
        request({
          ...{ id: 1, at: 0, duration: 500, debug: found() },
          calls: [call('get', { data: isFound ? before : null }), call('set', { at: 490, data: dark })],
        }),
        request({
          id: 2,
          at: 100,
          debug: found(),
          calls: [call('get', { data: before }), call('destroy', { at: 5 })],
        }),
        request({ id: 3, at: 900, calls: [call('get', { data: again })] }),
      ]),
    )
  expect(back(dark, true)).toEqual([1, 2, 3])
  expect(back(null, true)).toBeUndefined() // a store that only updates
  expect(back(dark, false)).toBeUndefined() // a new session was given the id
})

test('read-before-saved: the next request read the row of before, and not what a second, equal save would write', () => {
  const read = (at: number, data: string | null, first?: string) =>
    foundBy(
      readBeforeSaved,
      recordOf([
        request({
          ...{ id: 1, at: 0, duration: 320, headAt: 10 },
          calls: [
            call('get', { data: before }),
            ...(first ? [call('set', { at: 3, data: first })] : []),
            call('set', { at: 9, duration: 300, data: dark }),
          ],
        }),
        request({ id: 2, at, calls: [call('get', { data })] }),
      ]),
    )
  expect(read(50, before)).toEqual([1, 2])
  expect(read(50, null)).toEqual([1, 2])
  expect(read(50, dark)).toBeUndefined()
  expect(read(5, before)).toBeUndefined() // it had been sent before the answer
  expect(read(400, before)).toBeUndefined()
  expect(read(50, before, dark)).toBeUndefined()
})

test('redirect-without-save: the redirect left first, and nothing equal had been saved', () => {
  const redirected = (given: {
    status?: number
    headAt?: number
    saved?: string
    storeName?: string
    /** ms that the save takes */
    takes?: number
  }) =>
    foundBy(
      redirectWithoutSave,
      recordOf(
        [
          request({
            ...{
              id: 1,
              at: 0,
              duration: 90,
              headAt: given.headAt ?? 10,
              status: given.status ?? 302,
              location: '/',
            },
            calls: [
              call('get', { data: before }),
              ...(given.saved ? [call('set', { at: 3, data: given.saved })] : []),
              call('set', { at: 9, duration: given.takes ?? 60, data: dark }),
            ],
          }),
        ],
        { sessions: [sessionCall({ storeName: given.storeName ?? 'OwnStore' })] },
      ),
    )
  expect(redirected({})).toEqual([1])
  expect(redirected({ saved: dark })).toBeUndefined()
  expect(redirected({ headAt: 80 })).toBeUndefined()
  expect(redirected({ status: 200 })).toBeUndefined()
  expect(redirected({ storeName: 'MemoryStore' })).toBeUndefined()
  expect(redirected({ takes: 1.4 })).toBeUndefined() // a store that writes at once
})

test('parallel-first-requests: one browser keeps one of the ids; several browsers keep them all', () => {
  const first = (id: number, sid: string, data: object) =>
    request({
      ...{ id, at: id, duration: 200, debug: [...fresh], setCookie: setCookie(sid) },
      calls: [call('set', { sid, at: 190, data: row(data) })],
    })
  const later = (id: number, sid: string) =>
    request({ id, at: 500 + id, cookie: cookie(sid), debug: found(sid) })
  const parallel = (data: object, back: readonly string[]) =>
    foundBy(
      parallelFirstRequests,
      recordOf([
        first(1, 'a', data),
        first(2, 'b', data),
        ...back.map((sid, index) => later(3 + index, sid)),
      ]),
    )
  expect(parallel({ cart: 1 }, ['b'])).toEqual([1, 2])
  expect(parallel({ cart: 1 }, ['b', 'a'])).toBeUndefined()
  expect(parallel({ cart: 1 }, [])).toBeUndefined()
  expect(parallel({}, ['b'])).toBeUndefined()
})

test('saved-under-another-id: save() of a session of somebody else, not what the app writes to its store itself', () => {
  const saved = (isOwn: boolean, debug: string[]) => {
    const set = call('set', { sid: 'b', at: 5, data: dark, facts: { isOwn } })
    return foundBy(savedUnderAnotherId, recordOf([request({ id: 1, at: 0, debug, calls: [set] })]))
  }
  expect(saved(false, [...found(), 'saving b'])).toEqual([1])
  expect(saved(true, [...found(), 'saving b'])).toBeUndefined()
  expect(saved(false, found())).toBeUndefined()
})

test('written-outside-a-request: an old copy, a dead session, or a write that nothing was read for', () => {
  const using = request({ id: 1, at: 0, debug: found(), calls: [call('get', { data: before })] })
  const outside = (...calls: ReturnType<typeof call>[]) =>
    foundBy(
      writtenOutsideARequest,
      recordOf([using], { outside: calls.map((one) => ({ ...one, at: start + one.at })) }),
    )
  const set = call('set', { at: 900, data: dark })
  expect(outside(set)).toEqual([])
  expect(outside(call('get', { at: 890, data: before }), set)).toBeUndefined()
  expect(outside(call('get', { at: 890, data: before }), call('destroy', { at: 893 }), set)).toEqual([])
  const afterEnd = request({
    ...{ id: 2, at: 100, debug: found() },
    calls: [
      call('get', { data: before }),
      call('set', { at: 700, data: row({ theme: 'light', oven: 'hot' }) }),
    ],
  })
  const meanwhile = request({
    ...{ id: 3, at: 300, debug: found() },
    calls: [call('get', { data: before }), call('set', { at: 5, data: dark })],
  })
  expect(foundBy(writtenOutsideARequest, recordOf([using, afterEnd]))).toBeUndefined()
  expect(foundBy(writtenOutsideARequest, recordOf([using, afterEnd, meanwhile]))).toEqual([2, 3])
})

test('name-shared-with-another-app: on one’s own computer, also where the cookie had come back before', () => {
  const given = (at: number, sid: string) =>
    request({ at, debug: [...fresh], setCookie: setCookie(sid), calls: [call('set', { sid })] })
  const back = (at: number, sid: string, debug = found(sid)) => request({ at, cookie: cookie(sid), debug })
  const strange = (at: number, sid: string, id: number) => ({
    ...back(at, sid, [`fetching ${sid}`, 'no session found']),
    id,
  })
  const both = (...last: readonly Exchange[]) =>
    foundBy(
      nameSharedWithAnotherApp,
      recordOf([
        given(0, 'a'),
        back(100, 'a'),
        strange(200, 'x', 901),
        given(300, 'b'),
        back(400, 'b'),
        ...last,
      ]),
    )
  expect(both(strange(500, 'y', 902))).toEqual([901, 902])
  expect(both()).toBeUndefined() // one may be left over
  expect(both(strange(500, 'y', 902), back(600, 'b'))).toBeUndefined() // another browser had that one
  const elsewhere = (exchange: Exchange) => ({
    ...exchange,
    facts: { host: 'shop.example', isEncrypted: false },
  })
  expect(
    foundBy(
      nameSharedWithAnotherApp,
      recordOf(
        [
          given(0, 'a'),
          back(100, 'a'),
          strange(200, 'x', 901),
          given(300, 'b'),
          back(400, 'b'),
          strange(500, 'y', 902),
        ].map(elsewhere),
      ),
    ),
  ).toBeUndefined()
})
