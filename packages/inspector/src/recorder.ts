import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from 'express-session'
import type { Exchange, SessionCall, StoreCall } from './exchange.ts'
import { asked, responded } from './facts.ts'
import { clientOf, headerLines } from './headers.ts'
import { sessionCalls } from './watch/express-session.ts'
import { followSession } from './watch/kept-session.ts'
import { currentRun, type Run, running } from './watch/running.ts'
import { watchStore } from './watch/store.ts'
import { followUnanswered } from './watch/unanswered.ts'

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
  /** Grows with every event: what was made of the record is stale when it differs. */
  revision(): number
  /** Marks what arrives from this local port as sent by the inspector; what comes back gives its exchange, once. */
  expectFrom(port: number): () => Exchange | undefined
  /** How many of the newest exchanges are kept. */
  readonly limit: number
  /** Forgets all exchanges. */
  clear(): void
}

export interface Recorder extends Recording {
  /** `handler`, with each of its exchanges recorded. `server` names it where there are several. */
  watch(handler: Handler, server?: string): Handler
  /** Runs `answer` with what it does recorded as the exchange of this request and response. */
  record<T>(req: IncomingMessage, res: ServerResponse, server: string, answer: () => T): T
  /** Notes each call on `store` in the exchange that caused it. It is the same store as before, and is given back. */
  watchStore<S extends Store>(store: S): S
}

const slack = 50 // how far the list may outgrow its limit before it is cut: not with every request

export interface RecorderOptions {
  /** How many of the newest exchanges are kept. */
  limit?: number
  /** Is called for each exchange whenever something new is known of it. */
  onChange?: (exchange: Exchange) => void
  /** Is called for each call outside of any exchange, when it begins and when it ends. */
  onOutside?: (call: StoreCall) => void
}

/** Records exchanges from outside: it reads requests, finished responses and store calls, and alters none of them. */
export function createRecorder({ limit = 500, onChange, onOutside }: RecorderOptions = {}): Recorder {
  let exchanges: Exchange[] = []
  let outside: StoreCall[] = []
  let count = 0
  let revision = 0
  const expected = new Map<number, Exchange | undefined>()
  const changed = () => {
    revision++
  }

  const newest = <T>(list: readonly T[]): T[] => list.slice(Math.max(0, list.length - limit))

  function keep<T>(list: T[], one: T): T[] {
    list.push(one)
    return list.length > limit + slack ? newest(list) : list
  }

  function begin(req: IncomingMessage, server: string): Exchange {
    const port = req.socket.remotePort ?? 0
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

  function record<T>(req: IncomingMessage, res: ServerResponse, server: string, answer: () => T): T {
    if (currentRun()?.response === res) return answer()
    const exchange = begin(req, server)
    const run: Run = {
      exchange,
      request: req,
      response: res,
      started: performance.now(),
      parts: [],
      awaited: 0,
      changed() {
        changed()
        onChange?.(exchange)
      },
    }
    run.changed()
    followResponse(run, res)
    followSession(run)
    followUnanswered(run)
    return running.run(run, answer)
  }

  return {
    exchanges: () => newest(exchanges),
    outside: () => newest(outside),
    sessions: sessionCalls,
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
    clear() {
      exchanges = []
      outside = []
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

const first = (value: string | readonly string[] | undefined): string | null =>
  (typeof value === 'string' ? value : value?.[0]) ?? null

function exchangeOf(req: IncomingMessage, id: number, server: string, isOurs: boolean): Exchange {
  const { headers } = req
  return {
    id,
    server,
    at: Date.now(),
    duration: null,
    client: clientOf(req),
    sentBy: isOurs ? 'inspector' : 'browser',
    scheme: schemeOf(req),
    method: req.method ?? '',
    url: req.url ?? '',
    cookie: headers.cookie ?? null,
    origin: first(headers.origin),
    fetch: {
      site: first(headers['sec-fetch-site']),
      mode: first(headers['sec-fetch-mode']),
      dest: first(headers['sec-fetch-dest']),
    },
    sessions: [],
    headAt: null,
    end: null,
    status: null,
    location: null,
    setCookie: [],
    calls: [],
    debug: [],
    facts: asked(req),
  }
}

/** Notes when the head of the response leaves, and what it was; and how the response ended. */
function followResponse(run: Run, res: ServerResponse) {
  const { exchange, started } = run
  const { writeHead } = res
  res.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    const result: unknown = Reflect.apply(writeHead, this, args)
    if (res.headersSent || exchange.headAt === null) exchange.headAt ??= performance.now() - started
    return result
  } as typeof writeHead
  res.once('finish', () => {
    exchange.end = 'finished'
  })
  res.once('close', () => {
    const duration = performance.now() - started
    exchange.end ??= 'cut'
    Object.assign(exchange.facts ?? {}, responded(run, exchange.end))
    if (res.headersSent) {
      exchange.status = res.statusCode
      exchange.setCookie = headerLines(res, 'set-cookie')
      exchange.location = headerLines(res, 'location')[0] ?? null
    }
    run.finish = () => {
      exchange.duration = duration
      run.changed()
    }
    if (run.awaited === 0) run.finish()
  })
}

function schemeOf(req: IncomingMessage): Exchange['scheme'] {
  if ('encrypted' in req.socket && req.socket.encrypted) return 'https'
  const forwarded = first(req.headers['x-forwarded-proto'])?.split(',')[0] ?? ''
  return forwarded.trim().toLowerCase() === 'https' ? 'https' : 'http'
}
