import type { SessionData, Store } from 'express-session'
import createError from 'http-errors'
import { reasonOf } from './away.ts'
import type { StoreCallback } from './store.ts'

/**
 * `store` as a request may meet it whatever lies behind: a callback runs exactly once, what a method throws before
 * it becomes its error, a row that is no session is a missing session, and an error says that the store failed
 * (status 503). `ENOENT` stays as it is: express-session takes it for "not found".
 * What the callback itself throws never reaches the store, which may take it for a failure of its own (and
 * connect-pg-simple then destroys the session): it goes on to the caller or, when that has gone on, is uncaught.
 * @param limit ms after which a call that has not answered has failed; without it a call may take for ever
 */
export function guard(store: Store, name: string, limit?: number): Store {
  const guarded = Object.create(store) as Store

  function call<T>(
    method: string,
    callback: StoreCallback<T> = () => {},
    work: (answer: StoreCallback<T>) => void,
    refine: (error: unknown) => boolean = () => false,
  ) {
    let [isCalled, isInside] = [false, true]
    const thrown: unknown[] = [] // by the callback itself
    let timer: NodeJS.Timeout | undefined
    const answer: StoreCallback<T> = (error, result) => {
      if (isCalled) return
      isCalled = true
      clearTimeout(timer)
      try {
        if (!error) callback(null, result)
        else if (refine(error)) callback(null)
        else
          callback((error as { code?: string }).code === 'ENOENT' ? error : storeFailed(name, method, error))
      } catch (problem) {
        if (isInside) thrown.push(problem)
        else
          process.nextTick(() => {
            throw problem
          })
      }
    }
    if (limit !== undefined) {
      timer = setTimeout(() => answer(new Error(`no answer within ${limit} ms`)), limit)
    }
    try {
      work(answer)
    } catch (error) {
      if (isCalled) throw error
      answer(error)
    }
    isInside = false
    if (thrown.length > 0) throw thrown[0]
  }

  const skip = (sid: string) => {
    console.warn(`[${name}] セッションでない行を読み飛ばしました / ignored a row that is no session: ${sid}`)
    return true
  }

  guarded.get = (sid, callback) =>
    call<SessionData | null>(
      'get',
      callback,
      (answer) =>
        store.get(sid, (error, session) =>
          !error && session != null && !isSession(session) && skip(sid) ? answer() : answer(error, session),
        ),
      (error) => error instanceof SyntaxError && skip(sid), // JSON.parse in the store
    )
  guarded.set = (sid, session, callback) => call('set', callback, (answer) => store.set(sid, session, answer))
  guarded.destroy = (sid, callback) => call('destroy', callback, (answer) => store.destroy(sid, answer))
  if (store.touch) {
    guarded.touch = (sid, session, callback) =>
      call('touch', callback as StoreCallback, (answer) => store.touch?.(sid, session, answer))
  }
  // on `guarded` itself MemoryStore's clear would only empty what nobody reads
  for (const method of ['all', 'length', 'clear'] as const) {
    if (store[method]) Object.assign(guarded, { [method]: store[method].bind(store) })
  }
  return guarded
}

const isSession = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as SessionData).cookie === 'object' &&
  (value as SessionData).cookie !== null

const storeFailed = (name: string, method: string, cause: unknown) =>
  createError(503, `The session store of ${name} failed in ${method}: ${reasonOf(cause)}`, { cause })
