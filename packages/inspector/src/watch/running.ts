import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Exchange, longestData, type ServingProcess, type StoreCall } from '../exchange.ts'

/** What another process has recorded of an exchange. */
export type Recorded = Pick<Exchange, 'calls' | 'debug'>

/**
 * An exchange whose code is running.
 *
 * A class, and not an object as it is written: where V8 has once seen most of those live for a while, it makes each one
 * among the old objects, and what an old object leads to, the request with all that hangs on it, is copied twice and
 * stays until the next full collection.
 */
export class Run {
  readonly exchange: Exchange
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly changed: () => void
  /** When the request arrived, by `performance.now()`: the system clock may be set while it is served. */
  readonly started = performance.now()
  /** How often `req.session` was read, and there was none, since the first session(). */
  sessionReads = 0
  /** What other processes have recorded of it, one part for each that it was given to. */
  readonly parts: Recorded[] = []
  /** How many of the parts are not complete yet. */
  awaited = 0
  /** How many listened for the end of the response before the app did. */
  listeners = 0
  /** Makes it a finished exchange; undefined while the response is under way. */
  finish: (() => void) | undefined

  constructor(exchange: Exchange, request: IncomingMessage, response: ServerResponse, changed: () => void) {
    this.exchange = exchange
    this.request = request
    this.response = response
    this.changed = changed
  }
}

/** Runs in the place of an exchange while a store serves a call: what the store asks of itself is its own affair. */
export const insideStore = Symbol('inside a store')

/** Runs in the place of an exchange while a request is served that is not recorded. */
export class Unrecorded {
  /** Is told of each call on a store that such a request makes. */
  readonly onCall: (method: StoreCall['method']) => void

  constructor(onCall: (method: StoreCall['method']) => void) {
    this.onCall = onCall
  }
}

export const running = new AsyncLocalStorage<Run | Unrecorded | typeof insideStore>()

/** What is running now; undefined outside of any exchange that is recorded, and inside a store. */
export function currentRun(): Run | undefined {
  const run = running.getStore()
  return run === insideStore || run instanceof Unrecorded ? undefined : run
}

/** The exchange whose code is running now; undefined outside of any. */
export const currentExchange = (): Exchange | undefined => currentRun()?.exchange

/** Store calls and debug lines of one exchange beyond these numbers are not kept. */
export const mostCalls = 100
export const mostLines = 200

/** Keeps one of express-session's debug lines with an exchange. */
export function noteDebugLine({ debug }: Exchange, line: string): void {
  if (debug.length < mostLines) debug.push(line.slice(0, longestData))
}

/** An exchange, or a part of it, that another process serves and records. */
export interface Part {
  /** The exchange. */
  id: number
  /** Takes over all that the other process has recorded so far. */
  take(recorded: Recorded): void
  /** The part is complete, or the other process has ended. Late calls may still be taken over. */
  end(): void
}

/**
 * The exchange whose code is running now goes to another process: it counts as finished only when that part of it is
 * complete. undefined outside of any exchange.
 */
export function expectPart(process: ServingProcess): Part | undefined {
  const run = currentRun()
  if (!run) return undefined
  const { exchange, changed } = run
  const begun = performance.now() - run.started
  const own: { calls: StoreCall[]; debug: string[] } = { calls: [], debug: [] }
  let isOpen = true
  run.parts.push(own)
  run.awaited++
  exchange.processes = [...(exchange.processes ?? []), process]
  changed()
  return {
    id: exchange.id,
    take({ calls, debug }) {
      // a call that is already known is altered in its place: whoever waits for its end holds it
      own.calls = calls.map((call, index) =>
        Object.assign(own.calls[index] ?? {}, call, { at: begun + call.at }),
      )
      own.debug = debug
      exchange.calls = run.parts.flatMap((part) => part.calls).slice(0, mostCalls)
      exchange.debug = run.parts.flatMap((part) => part.debug).slice(0, mostLines)
      changed()
    },
    end() {
      if (!isOpen) return
      isOpen = false
      if (--run.awaited === 0) run.finish?.()
    },
  }
}
