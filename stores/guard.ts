import { AsyncResource } from 'node:async_hooks'
import type { SessionData, Store } from 'express-session'
import createError from 'http-errors'
import { reasonOf } from './away.ts'
import { beginCall } from './budget.ts'
import { isSession } from './is-session.ts'
import type { StoreCallback } from './store.ts'
import { wrapStore } from './wrap.ts'

/**
 * Keeps the faults of a store away from requests. A callback runs exactly once. What a method throws before it becomes
 * its error. A row that is no session is a missing session. An error says that the store failed (status 503), but for
 * `ENOENT`, which express-session takes for "not found".
 * What the callback itself throws never reaches the store, which may take it for a failure of its own (and
 * connect-pg-simple then destroys the session). It is thrown to the caller or, once the call has returned, uncaught.
 * @param limit ms for all calls of one request together (see `asOneRequest`): what has not answered by then has failed,
 *   and what comes after it fails without being tried. Without it a call may take for ever
 */
export function guard(store: Store, name: string, limit?: number): Store {
  function call<T>(
    method: string,
    callback: StoreCallback<T> = () => {},
    work: (answer: StoreCallback<T>) => void,
    refine: (error: unknown) => boolean = () => false,
  ) {
    let [isCalled, isInside] = [false, true]
    const thrown: unknown[] = [] // by the callback itself
    const time = limit === undefined ? undefined : beginCall(limit)
    let timer: NodeJS.Timeout | undefined
    const callBack = AsyncResource.bind(callback) // a store may answer out of the context of another request
    const answer: StoreCallback<T> = (error, result) => {
      if (isCalled) return
      isCalled = true
      time?.end()
      clearTimeout(timer)
      try {
        if (!error) callBack(null, result)
        else if (refine(error)) callBack(null)
        else
          callBack((error as { code?: string }).code === 'ENOENT' ? error : storeFailed(name, method, error))
      } catch (problem) {
        if (isInside) thrown.push(problem)
        else
          process.nextTick(() => {
            throw problem
          })
      }
    }
    if (time) {
      const fail = () => {
        if (!isCalled) time.fail()
        answer(new Error(`no answer within ${limit} ms`))
      }
      // an answer that only waits for this process, which was busy, comes before setImmediate
      timer = setTimeout(setImmediate, time.left, fail)
    }
    try {
      if (time?.left !== 0) work(answer)
    } catch (error) {
      if (isCalled) throw error
      answer(error)
    }
    isInside = false
    if (thrown.length > 0) throw thrown[0]
  }

  const skip = (sid: string) => {
    console.warn(
      `[${name}] セッションでないレコードを読み飛ばしました / ignored a row that is no session: ${sid}`,
    )
    return true
  }

  return wrapStore(store, {
    get: (sid, callback) =>
      call<SessionData | null>(
        'get',
        callback,
        (answer) =>
          store.get(sid, (error, session) =>
            !error && session != null && !isSession(session, store) && skip(sid)
              ? answer()
              : answer(error, session),
          ),
        (error) => error instanceof SyntaxError && skip(sid), // JSON.parse in the store
      ),
    set: (sid, session, callback) => call('set', callback, (answer) => store.set(sid, session, answer)),
    destroy: (sid, callback) => call('destroy', callback, (answer) => store.destroy(sid, answer)),
    touch: (sid, session, callback) =>
      call('touch', callback, (answer) => store.touch?.(sid, session, answer)),
    all: (callback) =>
      call('all', callback as StoreCallback, (answer) => store.all?.(answer as typeof callback)),
    length: (callback) =>
      call('length', callback as StoreCallback, (answer) => store.length?.(answer as typeof callback)),
    clear: (callback) => call('clear', callback as StoreCallback, (answer) => store.clear?.(answer)),
  })
}

const storeFailed = (name: string, method: string, cause: unknown) =>
  createError(503, `The session store of ${name} failed in ${method}: ${reasonOf(cause)}`, { cause })
