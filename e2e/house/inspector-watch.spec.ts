import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Request } from 'express'
import session, { type SessionData, type Store } from 'express-session'
import { createRecorder, type Recorder } from '#inspector'
import { expect, test } from '../support/worker.ts'

type Answer = (error?: unknown, result?: unknown) => void
const data = { cookie: { originalMaxAge: null } } as unknown as SessionData

/** Does something as the answer to a request, and gives the exchange that was recorded. */
function during(recorder: Recorder, work: () => unknown) {
  const req = new IncomingMessage(new Socket())
  recorder.record(req, new ServerResponse(req), 'app', work)
  const exchange = recorder.exchanges().at(-1)
  if (!exchange) throw new Error('nothing was recorded')
  return exchange
}

class Private extends session.MemoryStore {
  #opened = true
  isOpen() {
    return this.#opened
  }
  override get(sid: string, callback: (error?: unknown, found?: SessionData | null) => void) {
    if (this.#opened) super.get(sid, callback)
  }
}

test('the store stays the store: private members, listeners, disconnect and what session() adds', async () => {
  const recorder = createRecorder()
  const store = new Private()
  const keys = Object.keys(store)
  expect(recorder.watchStore(store)).toBe(store)
  expect([store.isOpen(), store instanceof Private, Object.keys(store)]).toEqual([true, true, keys])
  let emitted = 0
  store.once('disconnect', () => emitted++)
  store.emit('disconnect')
  expect([emitted, store.listenerCount('disconnect')]).toEqual([1, 0])
  const exchange = during(recorder, () => store.set('a', data, () => store.get('a', () => {})))
  await expect
    .poll(() => exchange.calls.map(({ method, duration }) => [method, duration !== null]))
    .toEqual([
      ['set', true],
      ['get', true],
    ])
  store.clear()
  expect(await new Promise((resolve) => store.get('a', (_, found) => resolve(found)))).toBeUndefined()
})

test('connect, createSession and generate of a watched store are as without', () => {
  /** What a store does that session() is given, and what it leaves on a request. */
  const doneWith = (store: Store & { generate?(req: Request): void }) => {
    const seen: unknown[] = []
    session({ secret: 'shh', resave: false, saveUninitialized: false, genid: () => 'made', store })
    for (const event of ['connect', 'disconnect'])
      store.once(event, (...args) => seen.push([event, ...args])).emit(event, 'with', 1)
    seen.push(['connect', 'disconnect'].map((event) => store.listenerCount(event)))
    const request = { sessionID: 'a' } as Request
    const made = store.createSession(request, {
      ...data,
      cookie: { expires: '2030-01-01T00:00:00.000Z', path: '/x' } as never,
    })
    seen.push(made === request.session, made.id, made.cookie.path, { ...made })
    const asked = {} as Request
    store.generate?.(asked)
    seen.push(asked.sessionID, asked.session.id, { ...asked.session }, Object.keys(store))
    return JSON.stringify(seen)
  }
  const watched = createRecorder().watchStore(new session.MemoryStore())
  const alone = doneWith(new session.MemoryStore())
  expect(doneWith(watched)).toBe(alone)
  expect(alone).toContain('"made","made"')
})

test('a method that is replaced later is the one that is called, and is watched in its turn', () => {
  const recorder = createRecorder()
  const store = recorder.watchStore(new session.MemoryStore())
  const error = new Error('replaced')
  const replaced = (_sid: string, callback: Answer) => callback(error)
  store.get = replaced as Store['get']
  let got: unknown
  const exchange = during(recorder, () => store.get('a', (given) => (got = given)))
  expect([got, exchange.calls[0]?.error]).toEqual([error, 'replaced'])
  const derived = Object.assign(Object.create(store), { get: () => 'its own' })
  expect(derived.get()).toBe('its own')
  store.get('a', (given) => (got = given === error && 'still replaced'))
  expect(got).toBe('still replaced')
})

test('what a method returns and throws, and the callback that is missing, twice called or never, are as without', () => {
  const recorder = createRecorder()
  const promise = Promise.resolve()
  const seen: unknown[] = []
  const store = recorder.watchStore(
    Object.assign(new session.MemoryStore(), {
      set: (...args: unknown[]) => {
        seen.push(args.length)
        return promise
      },
      destroy: (_sid: string, callback: Answer) => {
        callback()
        callback(new Error('twice'))
      },
      touch: () => {
        throw new Error('at once')
      },
      get: () => 'never',
    }),
  )
  const exchange = during(recorder, () => {
    seen.push(store.set('a', data))
    store.destroy('a', (error) => seen.push(error?.message))
    expect(() => store.touch?.('a', data, () => {})).toThrow('at once')
    seen.push(store.get('a', () => {}))
  })
  expect(seen).toEqual([2, promise, undefined, 'twice', 'never'])
  expect(exchange.calls.map(({ method, error, duration }) => [method, error, duration === null])).toEqual([
    ['set', null, true],
    ['destroy', null, false],
    ['touch', 'at once', false],
    ['get', null, true],
  ])
})

test('calls outside of any request are kept apart, and what a store asks of itself is not noted', async () => {
  const recorder = createRecorder()
  class Expiring extends session.MemoryStore {
    override get(sid: string, callback: (error?: unknown, found?: SessionData | null) => void) {
      this.destroy(sid, () => callback(null, null))
    }
  }
  const store = recorder.watchStore(new Expiring())
  const exchange = during(recorder, () => store.get('a', () => {}))
  await expect.poll(() => exchange.calls[0]?.duration).not.toBeNull()
  expect(exchange.calls.map(({ method }) => method)).toEqual(['get'])
  store.set('b', data, () => {})
  await expect
    .poll(() => recorder.outside().map(({ method, sid, duration }) => [method, sid, duration !== null]))
    .toEqual([['set', 'b', true]])
})

const odd: readonly [string, unknown, string][] = [
  ['a message that is no text', { message: { deep: 1 } }, '[object Object]'],
  ['no message, but a name', Object.assign(new Error(''), { name: 'TimeoutError' }), 'TimeoutError'],
  ['no prototype', Object.create(null), 'an error that cannot be shown'],
  [
    'a getter that throws',
    Object.defineProperty({}, 'message', {
      get: () => {
        throw new Error('x')
      },
    }),
    'an error that cannot be shown',
  ],
  ['a text', 'just text', 'just text'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
]
for (const [what, error, words] of odd) {
  test(`an odd error harms nobody: ${what}`, () => {
    const recorder = createRecorder()
    const get = ((_sid: string, callback: Answer) => callback(error)) as Store['get']
    const store = recorder.watchStore(Object.assign(new session.MemoryStore(), { get }))
    let got: unknown
    const exchange = during(recorder, () => store.get('a', (given) => (got = given)))
    expect([got === error, exchange.calls[0]?.error]).toEqual([true, words])
  })
}

test('a recorder that is to keep nothing keeps nothing, however many there are', () => {
  const recorder = createRecorder({ limit: 0 })
  for (let n = 0; n < 200; n++) {
    const req = new IncomingMessage(new Socket())
    recorder.record(req, new ServerResponse(req), 'app', () => {})
  }
  expect(recorder.exchanges()).toEqual([])
})

test('a store that cannot be watched stays as it is', () => {
  const recorder = createRecorder()
  const store = Object.freeze(Object.assign(new session.MemoryStore()))
  expect(recorder.watchStore(store)).toBe(store)
})
