import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { isBusy, type Params, type SqliteFile } from './sqlite-file.ts'
import type { StoreCallback } from './store.ts'

const few = 1_000 // rows that are not worth a thread
const busyPause = 1_000 // ms until the cleanup goes on that has found the file locked
const cleanup = `
  DELETE FROM sessions WHERE expired < ? AND rowid IN (SELECT rowid FROM sessions ORDER BY rowid LIMIT ${few})
`
const more = `SELECT 1 FROM sessions LIMIT 1 OFFSET ${few}`

/** Removes expired rows. */
interface Sweep {
  /** Removes the rows that have expired by then (ms since the epoch); what is extended meanwhile stays. */
  begin(moment: number): void
  /** Ends it; done when no thread is left. */
  end(): Promise<void>
}

/**
 * A few rows are looked through at once. Where there are more, a thread goes through all of them over a connection of its
 * own, and brings to the file what has been written: all that waits for the disk waits there, and this process goes on.
 * @param read looks whether there are more
 * @param write does the first few, after the calls that wait
 */
export function openSweep(
  path: string,
  file: Pick<SqliteFile, 'leaveCheckpoints'>,
  read: (sql: string, params: Params, callback: StoreCallback<unknown[]>) => void,
  write: (sql: string, params: Params, callback: StoreCallback<number>) => void,
): Sweep {
  let worker: Worker | undefined
  let timer: NodeJS.Timeout | undefined
  let isEnded = false

  function begin(moment: number) {
    if (worker) return
    write(cleanup, [moment], (error) => {
      if (isEnded) return
      if (isBusy(error)) timer = setTimeout(begin, busyPause, moment).unref()
      else read(more, [], (_error, found = []) => found.length > 0 && start(moment))
      // any other error shows in the request that needs the file
    })
  }

  function start(moment: number) {
    if (isEnded || worker) return
    file.leaveCheckpoints(true)
    // (not with the options of this process: they may load what is for its main thread)
    worker = new Worker(new URL('sweeper.mjs', import.meta.url), {
      workerData: { path, moment },
      execArgv: [],
    })
    worker.unref()
    worker.on('error', () => {}) // as above; the cleanup of the next day tries again
    worker.once('exit', () => {
      worker = undefined
      file.leaveCheckpoints(false)
    })
  }

  return {
    begin,
    async end() {
      isEnded = true
      clearTimeout(timer)
      if (!worker) return
      worker.ref()
      worker.postMessage('end')
      await once(worker, 'exit')
    },
  }
}
