declare module 'connect-sqlite3' {
  import type { Store } from 'express-session'

  /** The calls connect-sqlite3 makes on the database it is given: those of the `sqlite3` package. */
  export interface SqliteDatabase {
    exec(sql: string, callback: (error?: unknown) => void): void
    get(sql: string, params: (string | number)[], callback: (error?: unknown, row?: unknown) => void): void
    all(sql: string, params: (string | number)[], callback: (error?: unknown, rows?: unknown) => void): void
    run(sql: string, params: (string | number)[], callback?: (error?: unknown) => void): void
  }

  /** (`@types/connect-sqlite3` does not fit `session.Store`.) */
  export default function connectSqlite3(connect: {
    Store: typeof Store
  }): new (options: {
    db: SqliteDatabase
    table?: string
  }) => Store
}
