import type { CallFacts, StoreCall } from '../exchange.ts'
import { preciseNow } from './clock.ts'
import { lossesOf } from './losses.ts'
import { insideStore, mostCalls, type Run, running, Unrecorded } from './running.ts'
import { failureOf, ownTextOf, shortened, textOf } from './session-text.ts'

/** Is told of a call that began outside of any exchange (a socket, a timer), and again when it has ended. */
export type OutsideListener = (call: StoreCall) => void

export type Method = (this: unknown, ...args: unknown[]) => unknown
type Callback = (error?: unknown, result?: unknown) => void

/** One of a store's methods, and who is told of its calls. */
export interface Watched {
  original: Method
  method: StoreCall['method']
  /** The number of the store. */
  store: number
  /** Whether the store has the session as text by the end of the call (`keepsOwnText`). */
  keepsText: boolean
  notify: OutsideListener
}

/** A call that is under way; a class for the same reason as `Run`. */
class Noted {
  readonly watched: Watched
  readonly call: StoreCall
  readonly facts: CallFacts
  readonly started: number
  readonly run: Run | undefined
  /** What the store had under the sid when it was called, where it keeps texts. */
  own: string | null = null

  constructor(watched: Watched, call: StoreCall, facts: CallFacts, started: number, run: Run | undefined) {
    this.watched = watched
    this.call = call
    this.facts = facts
    this.started = started
    this.run = run
  }
}

/** What is called in the place of one of a store's methods, with its name and length. */
export function frontOf(watched: Watched): Method {
  const { original, method } = watched
  const front: Method = function (...args) {
    const context = running.getStore()
    if (context === insideStore) return original.apply(this, args)
    if (context instanceof Unrecorded) {
      context.onCall(method)
      return original.apply(this, args)
    }
    if (context && context.exchange.calls.length >= mostCalls) return original.apply(this, args)
    const noted = begin(watched, args, context)
    const last = args.length - 1
    const callback = args[last]
    if (last > 0 && typeof callback === 'function') args[last] = frontOfCallback(callback as Callback, noted)
    else noted.facts.isUnwatched = true
    try {
      const result = running.run(insideStore, Reflect.apply, original, this, args)
      if (watched.keepsText) takeOwnText(this, args, noted)
      return result
    } catch (error) {
      end(noted, error, undefined)
      throw error
    }
  }
  for (const key of ['name', 'length'] as const)
    Object.defineProperty(front, key, { value: original[key], configurable: true })
  return front
}

/** The callback of a call runs as it would without, in the exchange that the call came from. */
const frontOfCallback = (callback: Callback, noted: Noted): Callback =>
  function (this: unknown, ...results) {
    if (++noted.facts.answers > 1) changed(noted)
    end(noted, results[0], results[1])
    return running.run(noted.run as Run, Reflect.apply, callback, this, results)
  }

function begin(watched: Watched, args: unknown[], run: Run | undefined): Noted {
  const { method, store, keepsText } = watched
  const started = performance.now()
  const sid = String(args[0])
  const facts: CallFacts = { answers: 0, size: 0 }
  if (method === 'set') noteGiven(facts, sid, args[1], run)
  const call: StoreCall = {
    method,
    sid,
    store,
    at: run ? started - run.started : preciseNow(),
    duration: null,
    data: null,
    error: null,
    facts,
  }
  if (!keepsText && (method === 'set' || method === 'touch')) noteText(call, facts, textOf(args[1]))
  if (run) run.exchange.calls.push(call)
  const noted = new Noted(watched, call, facts, started, run)
  changed(noted)
  return noted
}

/** Notes what JSON does not keep of the session that `set` was given, and whether it is this request's own. */
function noteGiven(facts: CallFacts, sid: string, session: unknown, run: Run | undefined) {
  const losses = lossesOf(session)
  if (losses.length > 0) facts.losses = losses
  const { sessionID } = (run?.request ?? {}) as { sessionID?: unknown }
  if (typeof sessionID === 'string') facts.isOwn = sessionID === sid || savesItself(session, sid)
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

function noteText(call: StoreCall, facts: CallFacts, text: string | null) {
  facts.size = text?.length ?? 0
  call.data = text === null ? null : shortened(text)
}

function takeOwnText(store: unknown, args: unknown[], noted: Noted) {
  noted.own = ownTextOf(store, noted.call.sid)
  if (noted.call.method !== 'get') noteText(noted.call, noted.facts, noted.own ?? textOf(args[1]))
}

function end(noted: Noted, error: unknown, result: unknown) {
  const { call, facts, started, own } = noted
  if (call.duration !== null) return
  call.duration = performance.now() - started
  if (error) Object.assign(call, failureOf(error))
  else if (call.method === 'get')
    noteText(call, facts, result === undefined || result === null ? null : (own ?? textOf(result)))
  changed(noted)
}

function changed({ run, call, watched }: Noted) {
  if (run) run.changed()
  else watched.notify(call)
}
