import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from 'express-session'
import { exchangeOf } from './arrival.ts'
import type { Exchange, Passed, SessionCall, StoreCall } from './exchange.ts'
import { preciseNow } from './watch/clock.ts'
import { loadedBefore, sessionCalls } from './watch/express-session.ts'
import { followSession } from './watch/kept-session.ts'
import { followRequest } from './watch/request-events.ts'
import { followResponse } from './watch/response.ts'
import { currentRun, Run, running, Unrecorded } from './watch/running.ts'
import { watchStore } from './watch/store.ts'
import { endUnanswered, followUnanswered } from './watch/unanswered.ts'

/** Anything that answers requests as an Express app does. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

/** What is known of an app: what a panel shows. */
export interface Recording {
  /** The newest exchanges, oldest first. */
  exchanges(): readonly Exchange[]
  /** The newest calls on a store outside of any exchange (sockets, timers), oldest first; `at` is ms since the epoch. */
  outside(): readonly StoreCall[]
  /** The session() calls, as far as they were seen. */
  sessions(): readonly SessionCall[]
  /** Whether a copy of express-session was loaded before it could be watched: what it says and was told is not known. */
  isLate?(): boolean
  /** The requests that passed unrecorded, oldest first; left out where all are recorded. */
  passed?(): readonly Passed[]
  /** Grows with every event: what was made of the record is stale when it differs. */
  revision(): number
  /** Marks what arrives from this local port as sent by the inspector; what comes back gives its exchange, once. */
  expectFrom(port: number): () => Exchange | undefined
  /** How many of the newest exchanges are kept. */
  readonly limit: number
  /** When the newest chapter began, in ms since the epoch: what came before is kept, and shown on demand. */
  chapter?(): number
  /** Forgets all exchanges. */
  clear(): void
}

export interface Recorder extends Recording {
  /** What comes from now on is a chapter of its own. */
  beginChapter(): void
  /** `handler`, with each of its exchanges recorded. `server` names it where there are several. */
  watch(handler: Handler, server?: string): Handler
  /** Runs `answer` with what it does recorded as the exchange of this request and response. */
  record<T>(req: IncomingMessage, res: ServerResponse, server: string, answer: () => T): T
  /** Notes each call on `store` in the exchange that caused it. It is the same store as before, and is given back. */
  watchStore<S extends Store>(store: S): S
}

const slack = 50 // how far the list may outgrow its limit before it is cut: not with every request

/** An exchange and the remote port of its connection (0 where there is none). */
export interface Told {
  exchange: Exchange
  port: number
  /** Whether it is about to be told. */
  isWaiting?: boolean
}

export interface RecorderOptions {
  /** How many of the newest exchanges are kept. */
  limit?: number
  /** Whether a request is recorded; left out, all are. It is asked once for each. */
  admits?: (request: IncomingMessage) => boolean
  /** Is called for each request that passes unrecorded, with the same object while they follow one another. */
  onPassed?: (passed: Passed) => void
  /** Is called for each exchange whenever something new is known of it, with the same object each time. */
  onChange?: (told: Told) => void
  /** Is called for each call outside of any exchange, when it begins and when it ends. */
  onOutside?: (call: StoreCall) => void
}

/** Records exchanges from outside: it reads requests, finished responses and store calls, and alters none of them. */
export function createRecorder(options: RecorderOptions = {}): Recorder {
  const { limit = 500, admits, onPassed, onChange, onOutside } = options
  let exchanges: Exchange[] = []
  let outside: StoreCall[] = []
  let passed: Passed[] = []
  let passedCount = 0
  let latest: Passed | undefined
  let isPassing = false
  let count = 0
  let revision = 0
  let chapter = 0
  const expected = new Map<number, Exchange | undefined>()
  const changed = () => {
    revision++
  }

  const newest = <T>(list: readonly T[]): T[] => list.slice(Math.max(0, list.length - limit))

  function keep<T>(list: T[], one: T): T[] {
    if (limit === 0) return list
    list.push(one)
    return list.length > limit + slack ? newest(list) : list
  }

  function begin(req: IncomingMessage, server: string, port: number): Exchange {
    const isOurs = expected.has(port)
    const exchange = exchangeOf(req, ++count, server, isOurs)
    if (isOurs) expected.set(port, exchange)
    exchanges = keep(exchanges, exchange)
    changed()
    return exchange
  }

  function noteOutside(call: StoreCall) {
    if (call.duration === null) outside = keep(outside, call)
    changed()
    onOutside?.(call)
  }

  /** Of a request that is not recorded nothing is kept, and its response is not touched. */
  function pass<T>(request: IncomingMessage, answer: () => T): T {
    const now = preciseNow()
    if (!isPassing || !latest) {
      latest = { number: ++passedCount, count: 0, from: now, to: now }
      passed = keep(passed, latest)
      isPassing = true
    }
    latest.count++
    latest.to = now
    changed()
    onPassed?.(latest)
    followRequest(request, unrecorded)
    return running.run(unrecorded, answer)
  }

  /** A request that passed may be at work for long. */
  const unrecorded = new Unrecorded((method) => {
    if (method === 'get' || !latest) return
    latest.to = preciseNow()
    changed()
    onPassed?.(latest)
  })

  function record<T>(req: IncomingMessage, res: ServerResponse, server: string, answer: () => T): T {
    if (currentRun()?.response === res) return answer()
    if (admits && !admits(req)) return pass(req, answer)
    isPassing = false
    const port = req.socket.remotePort ?? 0
    const exchange = begin(req, server, port)
    const told: Told = { exchange, port, isWaiting: false } // whoever keeps it for a while does not keep the response
    const run = new Run(exchange, req, res, () => {
      changed()
      onChange?.(told)
    })
    run.changed()
    const endSession = followSession(run)
    followResponse(run, () => {
      endSession?.()
      endUnanswered(run)
    })
    followRequest(req, run)
    followUnanswered(run)
    return running.run(run, answer)
  }

  return {
    exchanges: () => newest(exchanges),
    outside: () => newest(outside),
    sessions: sessionCalls,
    isLate: () => loadedBefore().length > 0,
    ...(admits && { passed: () => newest(passed) }),
    revision: () => revision,
    limit,
    expectFrom(port) {
      expected.set(port, undefined)
      return () => {
        const exchange = expected.get(port)
        expected.delete(port)
        return exchange
      }
    },
    chapter: () => chapter,
    beginChapter() {
      chapter = Date.now()
      changed()
    },
    clear() {
      exchanges = []
      outside = []
      passed = []
      isPassing = false
      changed()
    },
    watch: (handler, server = 'app') =>
      function watched(this: unknown, req, res, ...rest) {
        return record(req, res, server, () => handler.call(this, req, res, ...rest))
      },
    record,
    watchStore(store) {
      watchStore(store, noteOutside)
      return store
    },
  }
}
