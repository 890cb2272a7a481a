import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SessionData, Store } from 'express-session'
import type { Exchange, StoreCall } from './exchange.ts'

/** Anything that answers requests as an Express app does. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

export interface Recorder {
  /** The newest exchanges, oldest first. */
  exchanges(): readonly Exchange[]
  /** `handler`, with each of its exchanges recorded. `server` names it where there are several. */
  watch(handler: Handler, server?: string): Handler
  /** `store`, with each call on it noted in the exchange that caused it. Nothing else about it changes. */
  watchStore(store: Store): Store
  /** Forgets everything. */
  clear(): void
}

const running = new AsyncLocalStorage<Exchange>()

/** The exchange whose code is running now; undefined outside of any. */
export const currentExchange = (): Exchange | undefined => running.getStore()

/** Texts longer than this (characters) are cut in the record: it has to stay bounded whatever a session holds. */
export const longestText = 64_000

/** Records exchanges from outside: it reads requests, finished responses and store calls, and alters none of them. */
export function createRecorder({ limit = 500 }: { limit?: number } = {}): Recorder {
  let exchanges: Exchange[] = []
  let count = 0

  function begin(req: IncomingMessage, server: string): Exchange {
    const { host = '', cookie = null, 'user-agent': userAgent = '' } = req.headers
    const exchange: Exchange = {
      id: ++count,
      server,
      at: Date.now(),
      duration: null,
      client: { host: host.replace(/:\d+$/, ''), userAgent },
      method: req.method ?? '',
      url: req.url ?? '',
      cookie,
      status: null,
      location: null,
      setCookie: [],
      calls: [],
      debug: [],
    }
    exchanges.push(exchange)
    if (exchanges.length > limit * 2) exchanges = exchanges.slice(-limit)
    return exchange
  }

  return {
    exchanges: () => exchanges.slice(-limit),
    clear() {
      exchanges = []
    },
    watch: (handler, server = 'app') =>
      function watched(req, res, next) {
        const exchange = begin(req, server)
        const started = performance.now()
        res.once('close', () => {
          exchange.duration = performance.now() - started
          if (!res.headersSent) return
          exchange.status = res.statusCode
          exchange.setCookie = headerLines(res, 'set-cookie')
          exchange.location = headerLines(res, 'location')[0] ?? null
        })
        running.run(exchange, () => handler(req, res, next))
      },
    watchStore,
  }
}

const headerLines = (res: ServerResponse, name: string): string[] => {
  const value = res.getHeader(name)
  return value === undefined ? [] : Array.isArray(value) ? value : [String(value)]
}

function watchStore(store: Store): Store {
  const watched = Object.create(store) as Store

  /** Notes a call and gives back the callback that notes its end. */
  function noted<T>(
    method: StoreCall['method'],
    sid: string,
    session: SessionData | undefined,
    callback: ((error?: unknown, result?: T) => void) | undefined,
  ) {
    const exchange = currentExchange()
    if (!exchange) return callback
    const at = Date.now() - exchange.at
    const started = performance.now()
    const call: StoreCall = { method, sid, at, duration: null, data: textOf(session), error: null }
    exchange.calls.push(call)
    return (error?: unknown, result?: T) => {
      call.duration = performance.now() - started
      if (error) call.error = (error as Error).message ?? String(error)
      else if (method === 'get') call.data = textOf(result)
      callback?.(error, result)
    }
  }

  watched.get = (sid, callback) => store.get(sid, noted('get', sid, undefined, callback) ?? callback)
  watched.set = (sid, session, callback) => store.set(sid, session, noted('set', sid, session, callback))
  watched.destroy = (sid, callback) => store.destroy(sid, noted('destroy', sid, undefined, callback))
  if (store.touch) {
    watched.touch = (sid, session, callback) =>
      store.touch?.(sid, session, noted('touch', sid, session, callback) as (() => void) | undefined)
  }
  return watched
}

function textOf(session: unknown): string | null {
  if (session === undefined || session === null) return null
  try {
    return (JSON.stringify(session) ?? 'undefined').slice(0, longestText)
  } catch (error) {
    return `(${(error as Error).message})`
  }
}
