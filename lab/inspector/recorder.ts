import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SessionData, Store } from 'express-session'
import { type Exchange, longestData, type ServingProcess, type StoreCall } from './exchange.ts'

/** Anything that answers requests as an Express app does. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void

export interface Recorder {
  /** The newest exchanges, oldest first. */
  exchanges(): readonly Exchange[]
  /** `handler`, with each of its exchanges recorded. `server` names it where there are several. */
  watch(handler: Handler, server?: string): Handler
  /** `store`, with each call on it noted in the exchange that caused it. Nothing else about it changes. */
  watchStore(store: Store): Store
  /** Grows with every event: what was made of the exchanges is stale when it differs. */
  revision(): number
  /** Marks what arrives from this local port as sent by the inspector, and tells its exchange when it has. */
  expectFrom(port: number): () => Exchange | undefined
  /** Forgets everything. */
  clear(): void
}

interface Run {
  exchange: Exchange
  /** By the clock of all durations: with the clock of the day, a call could seem to end after its exchange. */
  started: number
  changed(): void
  /** What processes of their own have told of it, each a part. */
  parts: Told[]
  /** How many of them have more to tell. */
  awaited: number
  /** Makes it a finished exchange; undefined while the response is under way. */
  finish?: () => void
}
type Told = Pick<Exchange, 'calls' | 'debug'>

const running = new AsyncLocalStorage<Run>()

/** The exchange whose code is running now; undefined outside of any. */
export const currentExchange = (): Exchange | undefined => running.getStore()?.exchange

/** Keeps one of express-session's debug lines with the exchange whose code is running now. */
export function noteDebugLine(line: string): void {
  const debug = currentExchange()?.debug
  if (debug && debug.length < mostLines) debug.push(line.slice(0, longestData))
}

/** An exchange, or a part of it, that is served by another process, which tells what happened there. */
export interface Part {
  /** The exchange. */
  id: number
  /** Takes over all that the other process has recorded so far. */
  take(told: Told): void
  /** The other process has no more to tell, or has ended. Late calls may still be taken over. */
  end(): void
}

/**
 * The exchange whose code is running now goes to another process: it counts as finished only when that has told its
 * part. undefined outside of any exchange.
 */
export function expectPart(process: ServingProcess): Part | undefined {
  const run = running.getStore()
  if (!run) return undefined
  const { exchange, changed } = run
  const begun = performance.now() - run.started
  const own: Told = { calls: [], debug: [] }
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

/** Store calls and debug lines of one exchange beyond these numbers are not kept. */
export const mostCalls = 100
export const mostLines = 200
const slack = 50 // how far the list may outgrow its limit before it is cut: not with every request

export interface RecorderOptions {
  /** How many of the newest exchanges are kept. */
  limit?: number
  /** Is told of each exchange when something new is known of it. */
  onChange?: (exchange: Exchange) => void
}

/** Records exchanges from outside: it reads requests, finished responses and store calls, and alters none of them. */
export function createRecorder({ limit = 500, onChange }: RecorderOptions = {}): Recorder {
  let exchanges: Exchange[] = []
  let count = 0
  let revision = 0
  const changed = () => {
    revision++
  }
  const expected = new Map<number, Exchange | undefined>()

  function begin(req: IncomingMessage, server: string): Exchange {
    const { host = '', cookie = null, 'user-agent': userAgent = '' } = req.headers
    const port = req.socket.remotePort ?? 0
    const isOurs = expected.has(port)
    const exchange: Exchange = {
      id: ++count,
      server,
      at: Date.now(),
      duration: null,
      client: { host: host.replace(/:\d+$/, ''), userAgent: userAgent.slice(0, 500) },
      sentBy: isOurs ? 'inspector' : 'browser',
      scheme: schemeOf(req),
      method: req.method ?? '',
      url: req.url ?? '',
      cookie,
      status: null,
      location: null,
      setCookie: [],
      calls: [],
      debug: [],
    }
    if (isOurs) expected.set(port, exchange)
    exchanges.push(exchange)
    if (exchanges.length > limit + slack) exchanges = exchanges.slice(-limit)
    changed()
    return exchange
  }

  return {
    exchanges: () => exchanges.slice(-limit),
    revision: () => revision,
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
      changed()
    },
    watch: (handler, server = 'app') =>
      function watched(req, res, next) {
        const exchange = begin(req, server)
        const started = performance.now()
        const run: Run = {
          exchange,
          started,
          parts: [],
          awaited: 0,
          changed() {
            changed()
            onChange?.(exchange)
          },
        }
        res.once('close', () => {
          const duration = performance.now() - started
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
        running.run(run, () => handler(req, res, next))
      },
    watchStore,
  }
}

function schemeOf(req: IncomingMessage): Exchange['scheme'] {
  if ('encrypted' in req.socket && req.socket.encrypted) return 'https'
  const forwarded = String(req.headers['x-forwarded-proto'] ?? '').split(',')[0] ?? ''
  return forwarded.trim().toLowerCase() === 'https' ? 'https' : 'http'
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
    const { exchange, started: begun = 0, changed } = running.getStore() ?? {}
    if (!exchange || exchange.calls.length >= mostCalls) return callback
    const started = performance.now()
    const at = started - begun
    const call: StoreCall = { method, sid, at, duration: null, data: textOf(session), error: null }
    exchange.calls.push(call)
    changed?.()
    return (error?: unknown, result?: T) => {
      call.duration = performance.now() - started
      if (error) call.error = (error as Error).message ?? String(error)
      else if (method === 'get') call.data = textOf(result)
      changed?.()
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
    const text = JSON.stringify(session) ?? 'undefined'
    // a slice would keep the whole text in memory
    return text.length > longestData ? Buffer.from(text.slice(0, longestData)).toString() : text
  } catch (error) {
    return `(${(error as Error).message})`
  }
}
