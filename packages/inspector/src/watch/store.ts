import type { Store } from 'express-session'
import { type CallFacts, longestData, type StoreCall } from '../exchange.ts'
import { lossesOf } from './losses.ts'
import { currentRun, insideStore, mostCalls, type Run, running } from './running.ts'
import { shortened } from './session-text.ts'

/** Is told of a call that began outside of any exchange (a socket, a timer), and again when it has ended. */
export type OutsideListener = (call: StoreCall) => void

type Callback = (error?: unknown, result?: unknown) => void
type Method = (this: unknown, ...args: unknown[]) => unknown

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
  Reflect.defineProperty(store, method, {
    configurable: true,
    enumerable: own?.enumerable ?? false,
    get(this: unknown) {
      const current: unknown = isOwn ? value : inherited()
      if (typeof current !== 'function') return current
      let front = fronts.get(current as Method)
      if (!front) {
        front = frontOf(current as Method, method, number, notify)
        fronts.set(current as Method, front)
      }
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

/** What is called in the place of one of a store's methods. */
function frontOf(
  original: Method,
  method: StoreCall['method'],
  store: number,
  notify: OutsideListener,
): Method {
  const front: Method = function (...args) {
    const context = running.getStore()
    if (context === insideStore) return original.apply(this, args)
    const run = currentRun()
    if (run && run.exchange.calls.length >= mostCalls) return original.apply(this, args)
    const started = performance.now()
    const session = method === 'set' || method === 'touch' ? args[1] : undefined
    const sid = String(args[0])
    const text = textOf(session)
    const facts = factsOf(method, sid, session, text, run)
    const call: StoreCall = {
      method,
      sid,
      store,
      at: run ? started - run.started : Date.now(),
      duration: null,
      data: cut(text),
      error: null,
      facts,
    }
    const changed = () => (run ? run.changed() : notify(call))
    if (run) run.exchange.calls.push(call)
    changed()
    const ended = (error: unknown, result: unknown) => {
      if (call.duration !== null) return
      call.duration = performance.now() - started
      if (error) Object.assign(call, failureOf(error))
      else if (method === 'get') {
        const found = textOf(result)
        facts.size = found?.length ?? 0
        call.data = cut(found)
      }
      changed()
    }
    const last = args.length - 1
    const callback = args[last]
    if (last > 0 && typeof callback === 'function') {
      args[last] = function (this: unknown, ...results: unknown[]) {
        if (++facts.answers > 1) changed()
        ended(results[0], results[1])
        return running.run(context as Run, () => (callback as Callback).apply(this, results as [])) as unknown
      }
    } else facts.isUnwatched = true
    try {
      return running.run(insideStore, () => original.apply(this, args))
    } catch (error) {
      ended(error, undefined)
      throw error
    }
  }
  for (const key of ['name', 'length'] as const) {
    Object.defineProperty(front, key, { value: original[key], configurable: true })
  }
  return front
}

/** What an error says of itself, whatever was thrown: reading it may fail, too. */
function failureOf(thrown: unknown): { error: string; errorCode?: string } {
  try {
    const { message, name, code } = Object(thrown) as Record<string, unknown>
    const text = [message, code, name].find((each) => typeof each === 'string' && each !== '') ?? thrown
    return { error: String(text).slice(0, longestData), ...(typeof code === 'string' && { errorCode: code }) }
  } catch {
    return { error: 'an error that cannot be shown' }
  }
}

function factsOf(
  method: StoreCall['method'],
  sid: string,
  session: unknown,
  text: string | null,
  run: Run | undefined,
): CallFacts {
  const facts: CallFacts = { answers: 0, size: text?.length ?? 0 }
  if (method !== 'set') return facts
  const losses = lossesOf(session)
  if (losses.length > 0) facts.losses = losses
  const { sessionID } = (run?.request ?? {}) as { sessionID?: unknown }
  if (typeof sessionID === 'string') facts.isOwn = sessionID === sid || savesItself(session, sid)
  return facts
}

/** Whether another request under way saves its own session: who runs whose code is not always seen (queues). */
function savesItself(session: unknown, sid: string): boolean {
  const { req } = Object(session) as { req?: Owner }
  return req?.session === session && req?.sessionID === sid && req?.res?.writableEnded === false
}
interface Owner {
  session?: unknown
  sessionID?: unknown
  res?: { writableEnded?: boolean }
}

function textOf(session: unknown): string | null {
  if (session === undefined || session === null) return null
  try {
    return JSON.stringify(session) ?? 'undefined'
  } catch (error) {
    return `(${failureOf(error).error})`
  }
}

const cut = (text: string | null) => (text === null || text.length <= longestData ? text : shortened(text))
