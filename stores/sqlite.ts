import connectSqlite3, { type SqliteDatabase } from 'connect-sqlite3'
import session, { type SessionData } from 'express-session'
import { busyCalls } from './busy.ts'
import { openFile, type Params } from './sqlite-file.ts'
import type { OpenStore, Row, StoreCallback } from './store.ts'
import { openSweep } from './sweep.ts'

const SQLiteStore = connectSqlite3({ Store: session.Store })

const day = 86_400_000 // ms: what connect-sqlite3 gives a session without expiry

/** Statements of connect-sqlite3, word for word, in whose place something else is done. */
export const replaced = {
  /** The table is made whenever a file is opened. */
  create: 'CREATE TABLE IF NOT EXISTS sessions (sid PRIMARY KEY, expired, sess)',
  /** Replacing the whole row moves it in the table and in both indexes: 2.4 times the work of an upsert. */
  save: 'INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)',
  /** All expired rows in one statement, at the start and daily: with many that blocks the process. */
  cleanup: 'DELETE FROM sessions WHERE ? > expired',
} as const

const upsert =
  'INSERT INTO sessions VALUES (?, ?, ?) ON CONFLICT (sid) DO UPDATE SET expired = excluded.expired, sess = excluded.sess'

// connect-sqlite3's own touch extends the row but not the cookie inside it, and skips sessions without expiry
const touch = `
  UPDATE sessions SET expired = ?, sess = json_set(sess, '$.cookie', json(?))
  WHERE sid = ? AND ? <= expired AND json_valid(sess)
`

/**
 * connect-sqlite3 over libsql, in one file. While another program writes to the file, calls wait and others are
 * answered; see {@link busyCalls} for how long. Whoever uses the store puts `guard` in front of it.
 */
export function openSqlite(path: string): OpenStore {
  const file = openFile(path)
  const calls = busyCalls()

  const read = <T>(sql: string, params: Params, callback: StoreCallback<T[]>) =>
    calls.read(() => file.rows<T>(sql, params), callback)
  const write = (sql: string, params: Params, callback: StoreCallback<number> = () => {}) =>
    calls.write(() => file.write(sql, params), callback)

  const sweep = openSweep(path, file, read, write)

  const db: SqliteDatabase = {
    exec(sql, callback) {
      if (sql === replaced.create) callback(null)
      else write(sql, [], callback)
    },
    get: (sql, params, callback) => calls.read(() => file.first(sql, params), callback),
    // connect-sqlite3's all() and length() leave the parameters out
    all(sql: string, ...rest: [Params, StoreCallback] | [StoreCallback]) {
      const [params, callback] = rest.length === 1 ? [[], rest[0]] : rest
      if (sql.startsWith('SELECT')) read(sql, params, callback)
      else write(sql === replaced.save ? upsert : sql, params, callback)
    },
    run(sql, params, callback) {
      if (sql === replaced.cleanup) sweep.begin(Number(params[0]))
      else write(sql, params, callback)
    },
  }

  const store = new SQLiteStore({ db })
  store.touch = (sid: string, { cookie }: SessionData, callback?: StoreCallback) => {
    const expired = cookie.expires ? new Date(cookie.expires).getTime() : Date.now() + day
    write(touch, [expired, JSON.stringify(cookie), sid, Date.now()], callback)
  }

  const columns = 'SELECT sid, sess AS data, expired AS expires FROM sessions'
  const look = (rest: string, params: Params) =>
    new Promise<Row[]>((resolve, reject) =>
      read<Row>(`${columns} ${rest}`, params, (error, rows = []) => (error ? reject(error) : resolve(rows))),
    )
  return {
    store,
    peek: async (sid) => (await look('WHERE sid = ?', [sid]))[0],
    rows: (limit) => look('ORDER BY rowid DESC LIMIT ?', [limit]),
    clear: () =>
      new Promise((resolve, reject) =>
        write('DELETE FROM sessions', [], (error) => (error ? reject(error) : resolve())),
      ),
    async close() {
      file.close()
      calls.end()
      await sweep.end()
    },
  }
}
