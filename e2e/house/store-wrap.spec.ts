import type { Request } from 'express'
import session, { type SessionData, Store } from 'express-session'
import { guard } from '../../stores/guard.ts'
import { slowWrites } from '../../stores/slow.ts'
import { wrapStore } from '../../stores/wrap.ts'
import { expect, test } from '../support/fixtures.ts'

const ours: Readonly<Record<string, (store: Store) => Store>> = {
  wrapStore: (store) => wrapStore(store, {}),
  guard: (store) => guard(store, 'test'),
  slowWrites: (store) => slowWrites(store, () => 0),
  'one around the other': (store) => slowWrites(guard(store, 'test'), () => 0),
}

const row = { cookie: { originalMaxAge: null } } as unknown as SessionData

/** What a method tells its callback. */
const told = (call: (callback: (error?: unknown, result?: unknown) => void) => void) =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))))

/** A store of another author: private fields, a method of its own, no touch. */
class Private extends Store {
  readonly rows = new Map<string, string>()
  #calls = 0
  get(sid: string, callback: (error: unknown, session?: SessionData | null) => void) {
    const found = this.rows.get(sid)
    this.#calls++
    callback(null, found === undefined ? null : JSON.parse(found))
  }
  set(sid: string, data: SessionData, callback?: () => void) {
    this.rows.set(sid, JSON.stringify(data))
    this.#calls++
    callback?.()
  }
  destroy(sid: string, callback?: () => void) {
    this.rows.delete(sid)
    this.#calls++
    callback?.()
  }
  calls() {
    return this.#calls
  }
  get size() {
    return this.#calls && this.rows.size
  }
}

for (const [name, wrap] of Object.entries(ours)) {
  test(`${name}: clear, all and length are the store's own`, async () => {
    const store = new session.MemoryStore()
    const wrapped = wrap(store)
    await told((callback) => wrapped.set('a', row, callback))
    expect(await told((callback) => wrapped.length?.(callback))).toBe(1)
    await told((callback) => wrapped.clear?.(callback))
    expect(await told((callback) => wrapped.get('a', callback))).toBeUndefined()
    await told((callback) => wrapped.set('b', row, callback))
    expect(Object.keys((await told((callback) => wrapped.all?.(callback))) as object)).toEqual(['b'])
    expect(wrapped).toBeInstanceOf(session.MemoryStore)
  })

  test(`${name}: what the store has beside the four methods is there and works, and no touch is made up`, () => {
    const store = new Private()
    const wrapped = wrap(store) as Private
    wrapped.set('a', row)
    expect(wrapped.rows).toBe(store.rows)
    expect(wrapped.size).toBe(1)
    expect(wrapped.calls()).toBe(1)
    expect(wrapped.touch).toBeUndefined()
  })

  test(`${name}: who listens, listens to the store`, () => {
    const store = new session.MemoryStore()
    const wrapped = wrap(store)
    let heard = 0
    wrapped.on('disconnect', () => heard++)
    store.emit('disconnect')
    wrapped.removeAllListeners('disconnect')
    store.emit('disconnect')
    expect(heard).toBe(1)
    expect(store.listenerCount('disconnect')).toBe(0)
  })

  test(`${name}: each session() has a generate of its own, and regenerate runs through what it was given`, () => {
    const store = new Private()
    const sids = ['one', 'two'].map((sid) => {
      const wrapped = wrap(store)
      session({ secret: 'x', store: wrapped, resave: false, saveUninitialized: false, genid: () => sid })
      return { sid, wrapped }
    })
    for (const { sid, wrapped } of sids) {
      const req = { sessionID: 'old', headers: {}, connection: {} } as Request
      wrapped.regenerate(req, () => {})
      expect(req.sessionID).toBe(sid)
    }
    expect(store.calls()).toBe(2) // destroy
    expect(Object.hasOwn(store, 'generate')).toBe(false)
  })
}
