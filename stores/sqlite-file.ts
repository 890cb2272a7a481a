import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'

export type Params = readonly (string | number)[]

/** The table of sessions in a file. Nothing here waits: a file that another program has locked is an error. */
export interface SqliteFile {
  /** The rows that a SELECT finds. */
  rows<T>(sql: string, params: Params): T[]
  /** The first of them, at half the cost. */
  first(sql: string, params: Params): unknown
  /** Runs a statement and commits it: once this returns, every connection sees it. Gives the number of rows changed. */
  write(sql: string, params: Params): number
  /** Whether another connection brings to the file what has been written beside it: that waits for the disk. */
  leaveCheckpoints(toAnother: boolean): void
  close(): void
}

/** Whether an error says that another program has locked the file: nothing was done, and trying again makes sense. */
export const isBusy = (error: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown } | null | undefined)?.code))

// Where all of it is so already, none of this needs the write lock. An index of what expires when, as earlier versions
// made it, costs each request more than it saves a cleanup a day: with it, a set takes two to three times as long.
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -16000;
  CREATE TABLE IF NOT EXISTS sessions (sid PRIMARY KEY, expired, sess);
  DROP INDEX IF EXISTS sessions_expired;
`

interface Connection {
  database: Database.Database
  statements: Map<string, Database.Statement>
  /** Which file was opened, and which two SQLite keeps beside it. */
  id: string | undefined
  beside: Readonly<Record<string, string | undefined>>
}

/**
 * The sessions in the file at `path`, which is opened when it is needed, anew after a failure and when another file
 * has taken its place. A file that cannot be used is an error of the call that needs it.
 *
 * In libsql a statement that failed stays as it was when it failed: it holds its locks, nothing that the connection
 * writes later is committed, and run again it may go on with the values of before. `exec` keeps no statement. So the
 * write lock is taken with `exec`, and a connection on which any other statement failed is never used again.
 */
export function openFile(path: string): SqliteFile {
  let connection: Connection | undefined
  let [isClosed, leavesCheckpoints] = [false, false]

  function open(): Connection {
    if (isClosed) throw new Error(`${path} has been closed`)
    if (connection && connection.id === idOf(path)) return connection
    if (connection) removeLeftovers(connection)
    drop()
    connection = connect(path)
    if (leavesCheckpoints) setCheckpoints(connection)
    return connection
  }

  const setCheckpoints = ({ database }: Connection) =>
    database.exec(`PRAGMA wal_autocheckpoint = ${leavesCheckpoints ? 0 : 1000}`)

  /** libsql closes a connection once its statements have been collected. */
  function drop() {
    connection?.database.close()
    connection = undefined
  }

  function begin(): Connection {
    const opened = open()
    try {
      opened.database.exec('BEGIN IMMEDIATE')
    } catch (error) {
      if (!isBusy(error)) drop()
      throw error
    }
    return opened
  }

  function read<T>(sql: string, found: (statement: Database.Statement) => T): T {
    const opened = open()
    try {
      return found(prepared(opened, sql))
    } catch (error) {
      drop()
      throw error
    }
  }

  return {
    rows: <T>(sql: string, params: Params) => read(sql, (statement) => statement.all(params) as T[]),
    first: (sql, params) => read(sql, (statement) => statement.get(params)),
    write(sql, params) {
      const opened = begin()
      try {
        const { changes } = prepared(opened, sql).run(params)
        opened.database.exec('COMMIT')
        return changes
      } catch (error) {
        rollBack(opened)
        drop()
        throw error
      }
    },
    leaveCheckpoints(toAnother) {
      leavesCheckpoints = toAnother
      if (connection) setCheckpoints(connection)
    },
    close() {
      drop()
      isClosed = true
    },
  }
}

function connect(path: string): Connection {
  mkdirSync(dirname(path), { recursive: true })
  createPrivate(path)
  const id = idOf(path)
  const database = new Database(path, { timeout: 0 })
  try {
    database.exec(schema)
  } catch (error) {
    database.close()
    throw error
  }
  const beside = Object.fromEntries([`${path}-wal`, `${path}-shm`].map((each) => [each, idOf(each)]))
  return { database, statements: new Map(), id, beside }
}

/**
 * Whoever can read a session's id can be that visitor: a new file is for its owner alone, and SQLite gives the files
 * beside it the same mode. A file that is there keeps the mode that somebody gave it.
 */
function createPrivate(path: string) {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Removes what belongs to the file that was opened from beside the one that has taken its place: SQLite would write
 * the changes of the old file into the new one.
 */
function removeLeftovers({ beside }: Connection) {
  for (const [path, id] of Object.entries(beside)) {
    if (id !== undefined && idOf(path) === id) rmSync(path, { force: true })
  }
}

/** Which file lies there, whatever its name; undefined where there is none. */
function idOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

function prepared({ database, statements }: Connection, sql: string): Database.Statement {
  const known = statements.get(sql)
  if (known) return known
  const statement = database.prepare(sql)
  statements.set(sql, statement)
  return statement
}

function rollBack({ database }: Connection) {
  try {
    database.exec('ROLLBACK')
  } catch {} // some failures have ended the transaction already
}
