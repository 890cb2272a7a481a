import type { Store } from 'express-session'
import type { StoreCall } from '../exchange.ts'
import { keepsOwnText } from './session-text.ts'
import { frontOf, type Method, type OutsideListener } from './store-call.ts'

const methods = ['get', 'set', 'destroy', 'touch'] as const
/** The stores that are watched, with their numbers in the order in which they were met, and who wants to know. */
const watched = new WeakMap<object, { number: number; listeners: Set<OutsideListener> }>()
let count = 0

/**
 * Notes each call of a store's `get`, `set`, `destroy` and `touch` in the exchange that caused it.
 *
 * The store stays the store: the methods are watched in their place and run on whatever they were called on, with the
 * arguments they were given; what is put in their place later is watched in its turn. Nothing is added to a call that
 * came without a callback, and what a method returns or throws is handed on.
 * @returns the number of the store: 1, 2, … in the order in which stores were met
 */
export function watchStore(store: Store, onOutside?: OutsideListener): number {
  const known = watched.get(store)
  const { number, listeners } = known ?? { number: ++count, listeners: new Set<OutsideListener>() }
  if (onOutside) listeners.add(onOutside)
  if (known) return number
  watched.set(store, { number, listeners })
  const notify: OutsideListener = (call) => {
    for (const listener of listeners) listener(call)
  }
  for (const method of methods) watchMethod(store, method, number, notify)
  return number
}

/** The number of a store that is watched. */
export const numberOf = (store: object): number | undefined => watched.get(store)?.number

function watchMethod(store: Store, method: StoreCall['method'], number: number, notify: OutsideListener) {
  const fronts = new WeakMap<Method, Method>()
  const own = Object.getOwnPropertyDescriptor(store, method)
  if (!(method in store) || (own && !('value' in own))) return
  const above = Object.getPrototypeOf(store)
  const inherited = () => (above ? Reflect.get(above, method, store) : undefined)
  let value: unknown = Reflect.get(store, method)
  // a proxy may hand out something of its own in the place of what it inherits
  let isOwn = own !== undefined || value !== inherited()
  let lastOriginal: unknown
  let lastFront: Method | undefined
  Reflect.defineProperty(store, method, {
    configurable: true,
    enumerable: own?.enumerable ?? false,
    get(this: unknown) {
      const current: unknown = isOwn ? value : inherited()
      if (current === lastOriginal && lastFront) return lastFront
      if (typeof current !== 'function') return current
      let front = fronts.get(current as Method)
      if (!front) {
        const original = current as Method
        // what `touch` was given is not what lies there afterwards
        const keepsText = (method === 'get' || method === 'set') && keepsOwnText(store, method, original)
        front = frontOf({ original, method, store: number, keepsText, notify })
        fronts.set(current as Method, front)
      }
      lastOriginal = current
      lastFront = front
      return front
    },
    set(this: object, next: unknown) {
      if (this === store) {
        value = next
        isOwn = true
      } else {
        // what inherits from the store gets its own, as it would from a plain property
        Object.defineProperty(this, method, {
          value: next,
          writable: true,
          enumerable: true,
          configurable: true,
        })
      }
    },
  })
}
