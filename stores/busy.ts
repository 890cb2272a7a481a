import { AsyncResource } from 'node:async_hooks'
import { isBusy } from './sqlite-file.ts'
import type { StoreCallback } from './store.ts'

const patience = 1_400 // ms that the file may be locked before calls fail: a request has to be answered within 2 s
const pauses = [1, 2, 5, 10, 20] // ms from one try to the next
const forgetAfter = 500 // ms without a try: whether the file was still locked is not known any more

interface Call<T = unknown> {
  writes: boolean
  work(): T
  callback: StoreCallback<T>
}

/** Calls on a file that another program may have locked. */
interface BusyCalls {
  /** Does `work` at once or, while it fails with SQLITE_BUSY, again later. */
  read<T>(work: () => T, callback: StoreCallback<T>): void
  /** The same, after all that is waiting: what is written is written in the order of the calls. */
  write<T>(work: () => T, callback: StoreCallback<T>): void
  /** Tries once more what is waiting, and then no more. */
  end(): void
}

/**
 * Waits on a timer and not in SQLite, where nobody else would be answered meanwhile. However many calls wait, one of
 * them is tried each time. Once the file has been locked for 1.4 s they fail with SQLITE_BUSY, and so do those that
 * come after them, at once: a request that calls several times is still answered within 2 s.
 */
export function busyCalls(): BusyCalls {
  const waiting: Call[] = []
  let timer: NodeJS.Timeout | undefined
  let tries = 0
  let [lockedSince, lastBusy] = [0, Number.NEGATIVE_INFINITY]

  function isLockedTooLong(): boolean {
    const now = performance.now()
    if (now - lastBusy > forgetAfter) lockedSince = now
    lastBusy = now
    return now - lockedSince >= patience
  }

  /** Whether the call has been answered. */
  function attempt({ writes, work, callback }: Call): boolean {
    let result: unknown
    try {
      result = work()
    } catch (error) {
      if (isBusy(error) && !isLockedTooLong()) return false
      answer(callback, error)
      return true
    }
    if (writes) [lastBusy, tries] = [Number.NEGATIVE_INFINITY, 0] // reading works while another program writes
    answer(callback, null, result)
    return true
  }

  function tryWaiting() {
    timer = undefined
    // a call stays in its place until it is answered: what its callback calls comes after the others
    for (let call = waiting[0]; call && attempt(call); call = waiting[0]) waiting.shift()
    if (waiting.length > 0) tryLater()
  }

  function tryLater() {
    timer ??= setTimeout(tryWaiting, pauses[Math.min(tries++, pauses.length - 1)])
  }

  function add<T>(call: Call<T>) {
    const isBehind = call.writes && waiting.length > 0
    if (!isBehind && attempt(call as Call)) return
    // the callback belongs to its request, and not to the one for which the timer was set
    waiting.push({ ...call, callback: AsyncResource.bind(call.callback) } as Call)
    tryLater()
  }

  return {
    read: (work, callback) => add({ writes: false, work, callback }),
    write: (work, callback) => add({ writes: true, work, callback }),
    end() {
      clearTimeout(timer)
      tryWaiting()
    },
  }
}

/**
 * Calls back. connect-sqlite3 parses a row in its callback, so what that throws is an error of the call; and after an
 * error it goes on and trips over the rows that are not there, which is of no interest any more.
 */
function answer(callback: StoreCallback, error: unknown, result?: unknown) {
  try {
    callback(error, result)
  } catch (thrown) {
    if (error === null) answer(callback, thrown)
  }
}
