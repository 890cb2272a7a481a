import type { Store } from 'express-session'
import type { StoreMethods } from './store.ts'

/** What express-session puts into every store (session/store.js). */
const expressSessions: readonly PropertyKey[] = ['regenerate', 'load', 'createSession', 'constructor']

/** What express-session calls; it may be watched, or replaced, on what stands around a store as well as on the store. */
const calls = ['get', 'set', 'destroy', 'touch'] as const

/** Calls what the store has under this name by then. */
const onward =
  (store: Store, name: (typeof calls)[number]) =>
  (...args: unknown[]): unknown =>
    Reflect.apply(Reflect.get(store, name) as (...args: unknown[]) => unknown, store, args)

/** What may stand in the place of a store's own methods. */
type Methods = Partial<StoreMethods & Pick<Store, 'all' | 'length' | 'clear'>>

/**
 * `store` with `methods` in the place of its own; nothing else about it changes. What the store does not have itself is
 * left out: express-session looks at whether there is a `touch`.
 *
 * Standing around a store has one trap, which is `this`:
 * - All that is the store's own has to run on the store itself. On anything in front of it MemoryStore's `clear` would
 *   empty what nobody reads, private fields would throw, and a listener would wait where nothing is emitted.
 * - What express-session puts into every store has to run on what session() was given: `regenerate` and `load` call
 *   the methods above, and `generate` is written anew by each session(), which must not meet that of another.
 */
export function wrapStore(store: Store, methods: Methods): Store {
  const all = { ...Object.fromEntries(calls.map((name) => [name, onward(store, name)])), ...methods }
  const own = Object.entries(all).filter(([name]) => typeof Reflect.get(store, name) === 'function')
  const front: Store = Object.assign(Object.create(store), Object.fromEntries(own))
  return new Proxy(front, {
    get(_, key) {
      if (Object.hasOwn(front, key) || expressSessions.includes(key)) return Reflect.get(front, key)
      const value: unknown = Reflect.get(store, key)
      return typeof value === 'function' ? value.bind(store) : value
    },
  })
}
