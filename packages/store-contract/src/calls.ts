import type { SessionData, Store } from 'express-session'
import type { Words } from './words.ts'

/** ms that a store may take for one call. */
export const answerLimit = 5_000

export const methods = ['get', 'set', 'destroy', 'touch', 'all', 'length', 'clear'] as const
export type Method = (typeof methods)[number]

type Callback = (error?: unknown, result?: unknown) => void

/** What came of one call. */
export interface Reply {
  method: Method
  by: 'callback' | 'throw' | 'silence'
  /** What it called back with, or threw; undefined when all went well. */
  error: unknown
  result: unknown
  ms: number
}

/** Thrown where a method should have called back without an error and in time, and did not. */
export class NotAnswered extends Error {
  readonly words: Words
  constructor(reply: Reply) {
    const words = wordsOf(reply)
    super(words.en)
    this.name = 'NotAnswered'
    this.words = words
  }
}

export const offers = (store: Store, method: Method): boolean =>
  typeof (store as Partial<Record<Method, unknown>>)[method] === 'function'

/** Calls a method with whatever arguments, not bound by its types. */
export function invoke(store: Store, method: Method, ...args: unknown[]): unknown {
  return (store[method] as (...args: unknown[]) => unknown).apply(store, args)
}

/** Calls a method and waits for its callback, at most `limit` ms. A promise that it returns is left to itself. */
export function ask(store: Store, method: Method, args: unknown[], limit = answerLimit): Promise<Reply> {
  const begin = performance.now()
  return new Promise((resolve) => {
    const done = (by: Reply['by'], error?: unknown, result?: unknown) => {
      clearTimeout(timer)
      resolve({ method, by, error: error ?? undefined, result, ms: Math.round(performance.now() - begin) })
    }
    const timer = setTimeout(done, limit, 'silence')
    const callback: Callback = (error, result) => done('callback', error, result)
    try {
      invoke(store, method, ...args, callback)
    } catch (error) {
      done('throw', error)
    }
  })
}

/** It called back without an error. */
export const isFine = (reply: Reply | undefined): boolean =>
  reply?.by === 'callback' && reply.error === undefined

/** A get called back with the error that stands for "not found". */
export const isNotFound = ({ method, by, error }: Reply): boolean =>
  method === 'get' && by === 'callback' && (error as { code?: unknown } | undefined)?.code === 'ENOENT'

export interface Calls {
  get(sid: string): Promise<(SessionData & Record<string, unknown>) | null>
  set(sid: string, session: SessionData): Promise<void>
  destroy(sid: string): Promise<void>
  touch(sid: string, session: SessionData): Promise<void>
  all(): Promise<unknown>
  length(): Promise<unknown>
  clear(): Promise<void>
}

/** The methods of a store as promises, which reject with {@link NotAnswered}. Not found is null. */
export function callsOf(store: Store, limit = answerLimit): Calls {
  const call = async (method: Method, ...args: unknown[]) => {
    const reply = await ask(store, method, args, limit)
    if (!isFine(reply)) throw new NotAnswered(reply)
    return reply.result
  }
  // an error with the code ENOENT stands for "not found", says the README: so session() takes it
  async function get(sid: string) {
    const reply = await ask(store, 'get', [sid], limit)
    if (isFine(reply)) return (reply.result ?? null) as Awaited<ReturnType<Calls['get']>>
    if (isNotFound(reply)) return null
    throw new NotAnswered(reply)
  }
  return {
    get,
    set: async (sid, session) => void (await call('set', sid, session)),
    destroy: async (sid) => void (await call('destroy', sid)),
    touch: async (sid, session) => void (await call('touch', sid, session)),
    all: () => call('all'),
    length: () => call('length'),
    clear: async () => void (await call('clear')),
  }
}

/** A reply in a few words, for the evidence: `error by callback: …`. */
export function describe({ by, error }: Reply): string {
  if (by === 'silence') return 'no callback'
  if (by === 'throw') return `threw: ${messageOf(error)}`
  return error === undefined ? 'called back' : `error by callback: ${messageOf(error)}`
}

function wordsOf({ method, by, error, ms }: Reply): Words {
  const message = messageOf(error)
  const seconds = Math.round(ms / 1000)
  if (by === 'silence') {
    return {
      ja: `${method} のコールバックが${seconds}秒たっても呼ばれない`,
      en: `${method} did not call back within ${seconds} s`,
    }
  }
  return by === 'throw'
    ? { ja: `${method} が例外を投げた: ${message}`, en: `${method} threw: ${message}` }
    : { ja: `${method} がエラーを返した: ${message}`, en: `${method} called back with an error: ${message}` }
}

/** What an error says, on one line of at most 200 characters. */
export function messageOf(error: unknown): string {
  const { name, message, code } = (error ?? {}) as { name?: string; message?: string; code?: string }
  const text = message || code || (typeof error === 'string' ? error : (name ?? JSON.stringify(error) ?? ''))
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(.)\1{19,}/g, '$1…') // a long sid
    .slice(0, 200)
}
