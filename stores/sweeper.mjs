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

/**
 * @typedef {object} Found the next rows by their rowid
 * @property {number | null} last the last of them; null when there is none
 * @property {number | null} oldest when the first of them expires, in ms since the epoch; null when none does
 */

/** @type {Task} */
const { path, moment } = workerData
const longest = 10 // ms that others may have to wait for the file; the next batch is smaller after a longer one
const mostRows = 1_000
const leastPause = 2 // ms
const patience = 1_000 // ms between two tries on a file that another program has locked
const rowsPerCheckpoint = 5_000 // as many as make at most 25 MB beside the file

const next = `
  SELECT max(rowid) AS last, min(expired) AS oldest
  FROM (SELECT rowid, expired FROM sessions WHERE rowid > ? ORDER BY rowid LIMIT ?)
`
const remove = 'DELETE FROM sessions WHERE rowid > ? AND rowid <= ? AND expired < ?'

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
    const [look, statement] = [database.prepare(next), database.prepare(remove)]
    let [after, batch, sinceCheckpoint] = [0, 100, 0]
    while (!isStopped) {
      if (idOf() !== id) return 'replaced'
      const { last, oldest } = /** @type {Found} */ (look.get([after, batch]))
      if (last === null) break
      if (oldest === null || oldest >= moment) {
        after = last
        continue
      }
      const isDue = sinceCheckpoint >= rowsPerCheckpoint
      if (!(await begin(database, isDue))) continue
      if (isDue) sinceCheckpoint = 0
      const began = performance.now()
      const { changes } = statement.run([after, last, moment])
      database.exec('COMMIT')
      after = last
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
