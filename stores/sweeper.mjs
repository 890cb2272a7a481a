// Plain JavaScript: a worker thread begins with a file that nothing compiles. stores/sweep.ts starts it.
import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'libsql'

/**
 * @typedef {object} Task what the thread is given
 * @property {string} path the file with the table of sessions
 * @property {number} moment rows that have expired by then are removed, in ms since the epoch
 */

/** @type {Task} */
const { path, moment } = workerData
const longest = 10 // ms that others may have to wait for the file; the next batch is smaller after a longer one
const mostRows = 500
const leastPause = 2 // ms
const patience = 1_000 // ms between two tries on a file that another program has locked
const rowsPerCheckpoint = 5_000 // as many as make at most 25 MB beside the file

const remove = 'DELETE FROM sessions WHERE rowid IN (SELECT rowid FROM sessions WHERE expired < ? LIMIT ?)'

let isStopped = false
parentPort?.once('message', () => {
  isStopped = true
})

// a file that has taken the place of the one that was opened is swept, too
while (!isStopped && (await sweep()) === 'replaced');
parentPort?.close()

/**
 * Removes the expired rows of the file that lies there now, a batch at a time.
 * @returns {Promise<'done' | 'replaced'>}
 */
async function sweep() {
  const id = idOf()
  if (id === undefined) return 'done'
  const database = new Database(path, { timeout: patience })
  try {
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0')
    const statement = database.prepare(remove)
    let [batch, sinceCheckpoint] = [100, 0]
    while (!isStopped) {
      if (idOf() !== id) return 'replaced'
      const isDue = sinceCheckpoint >= rowsPerCheckpoint
      if (!(await begin(database, isDue))) continue
      if (isDue) sinceCheckpoint = 0
      const began = performance.now()
      const { changes } = statement.run([moment, batch])
      database.exec('COMMIT')
      if (changes === 0) break
      const took = performance.now() - began
      sinceCheckpoint += changes
      batch = Math.max(10, Math.min(mostRows, Math.round((batch * longest) / Math.max(took, longest / 2))))
      await pause(Math.max(leastPause, took)) // as long as the others have waited, they go first
    }
    database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    return 'done'
  } finally {
    database.close()
  }
}

/**
 * Takes the write lock; false when another program has it. After a checkpoint whoever writes first waits for the disk:
 * that is to be this thread, so that nothing comes between.
 * @param {import('libsql').Database} database
 * @param {boolean} isDue whether a checkpoint comes first
 */
async function begin(database, isDue) {
  try {
    database.exec(isDue ? 'PRAGMA wal_checkpoint(PASSIVE); BEGIN IMMEDIATE' : 'BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test(String(/** @type {{ code?: unknown }} */ (error).code))) throw error
    await pause(leastPause)
    return false
  }
}

/** Which file lies there; undefined where there is none. */
function idOf() {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}
