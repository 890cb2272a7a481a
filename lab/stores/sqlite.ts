import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import connectSqlite3 from 'connect-sqlite3'
import session, { type SessionData } from 'express-session'
import Database from 'libsql'
import type { OpenStore, Row, StoreCallback } from './store.ts'

const SQLiteStore = connectSqlite3({ Store: session.Store })

const day = 86_400_000 // ms: what connect-sqlite3 gives a session without expiry
const busyTimeout = 2_000 // ms to wait for the write of another process

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16000;
  CREATE TABLE IF NOT EXISTS sessions (sid PRIMARY KEY, expired, sess);
  CREATE INDEX IF NOT EXISTS sessions_expired ON sessions (expired);
`
// connect-sqlite3 replaces the whole row, which moves it in the table and in both indexes: 2.4 times the work
const replace = 'INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)'
const upsert =
  'INSERT INTO sessions VALUES (?, ?, ?) ON CONFLICT (sid) DO UPDATE SET expired = excluded.expired, sess = excluded.sess'

// connect-sqlite3's own touch extends the row but not the cookie inside it, and skips sessions without expiry
const touch = `
  UPDATE sessions SET expired = ?, sess = json_set(sess, '$.cookie', json(?))
  WHERE sid = ? AND ? <= expired AND json_valid(sess)
`

// connect-sqlite3 removes all expired rows in one statement, at the start and daily: with many that blocks the process
const cleanup = 'DELETE FROM sessions WHERE ? > expired'
const cleanupBatch =
  'DELETE FROM sessions WHERE rowid IN (SELECT rowid FROM sessions WHERE expired < ? LIMIT 200)'
const cleanupPause = 2 // ms between two batches

/**
 * connect-sqlite3 over libsql, in one file.
 * The file is opened again after a failure or when it has been removed: a file that cannot be used is an error of
 * the request that needs it and never the end of the process.
 */
export function openSqlite(file: string): OpenStore {
  const database = reopening(file)
  const store = new SQLiteStore({ db: database.callbacks })
  database.ready()

  store.touch = (sid: string, { cookie }: SessionData, callback: StoreCallback = () => {}) => {
    const expired = cookie.expires ? new Date(cookie.expires).getTime() : Date.now() + day
    database.callbacks.run(touch, [expired, JSON.stringify(cookie), sid, Date.now()], callback)
  }

  const columns = 'SELECT sid, sess AS data, expired AS expires FROM sessions'
  return {
    store,
    async peek(sid) {
      return database.all<Row>(`${columns} WHERE sid = ?`, [sid])[0]
    },
    async rows(limit) {
      return database.all<Row>(`${columns} ORDER BY rowid DESC LIMIT ?`, [limit])
    },
    async clear() {
      database.all('DELETE FROM sessions', [])
    },
    async close() {
      database.close()
    },
  }
}

type Params = readonly (string | number)[]

/**
 * The part of the `sqlite3` package's interface that connect-sqlite3 uses, over a libsql database that is opened
 * when it is needed. Every callback is called exactly once, before the call returns (libsql is synchronous), and
 * what a callback throws goes to the caller.
 */
function reopening(file: string) {
  let database: Database.Database | undefined
  let statements = new Map<string, Database.Statement>()
  let isReady = false
  let isClosed = false

  function open(): Database.Database {
    if (isClosed) throw new Error(`${file} has been closed`)
    if (database && existsSync(file)) return database
    drop()
    mkdirSync(dirname(file), { recursive: true })
    const opened = new Database(file, { timeout: busyTimeout })
    opened.exec(schema)
    database = opened
    return opened
  }

  function drop() {
    statements = new Map()
    database?.close()
    database = undefined
  }

  function prepared(sql: string): Database.Statement {
    const opened = open()
    const known = statements.get(sql)
    if (known) return known
    const statement = opened.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  /** Runs one statement; a database that failed for another reason than a busy neighbour is opened anew next time. */
  function tried<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY') drop()
      throw error
    }
  }

  /** What a statement finds; of one that only writes, nothing. */
  function found<T>(sql: string, params: Params): T[] {
    const statement = prepared(sql)
    if (statement.reader) return statement.all(params) as T[]
    statement.run(params)
    return []
  }

  const all = <T>(sql: string, params: Params): T[] => tried(() => found(sql, params))

  function answer<T>(work: () => T, callback: StoreCallback<T> | undefined) {
    let result: T
    try {
      result = tried(work)
    } catch (error) {
      callback?.(error)
      return
    }
    callback?.(null, result)
  }

  /** Removes the rows that have expired by then, a batch at a time; what is extended meanwhile stays. */
  function sweep(moment: number) {
    if (isClosed) return
    try {
      const { changes } = tried(() => prepared(cleanupBatch).run([moment]))
      if (changes > 0) setTimeout(sweep, cleanupPause, moment).unref()
    } catch {} // the request that needs the database tells what is wrong with it
  }

  return {
    all,
    /** Until this is called, the constructor of connect-sqlite3 only believes that it has made its table. */
    ready() {
      isReady = true
    },
    close() {
      drop()
      isClosed = true
    },
    callbacks: {
      exec: (sql: string, callback: StoreCallback) => {
        if (isReady) answer(() => open().exec(sql), callback)
        else callback(null)
      },
      get: (sql: string, params: Params, callback: StoreCallback) =>
        answer(() => prepared(sql).get(params), callback),
      // connect-sqlite3's all() and length() leave the parameters out
      all(sql: string, ...rest: [Params, StoreCallback] | [StoreCallback]) {
        const [params, callback] = rest.length === 1 ? [[], rest[0]] : rest
        answer(() => found(sql === replace ? upsert : sql, params), callback)
      },
      run(sql: string, params: Params, callback?: StoreCallback) {
        if (sql === cleanup) sweep(Number(params[0]))
        else answer(() => prepared(sql).run(params), callback)
      },
    },
  }
}
