import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import connectSqlite3 from 'connect-sqlite3'
import sqlite3 from 'sqlite3'
import type { CreateAdapter } from '#store-contract'

interface Database {
  run(sql: string, values: readonly string[], done: (error: Error | null) => void): unknown
  close(done: (error: Error | null) => void): void
}

/** As this folder has it; the house has another package by this name. */
const { Database } = sqlite3 as unknown as { Database: new (file: string) => Database }

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  return {
    folder,
    async open(session) {
      const SQLiteStore = connectSqlite3(session)
      const store = new SQLiteStore({ dir: folder, db: 'sessions.db', createDirIfNotExists: true })
      await once(store.client, 'connect')
      return { store, close: () => promisify(store.db.close.bind(store.db))() }
    },
    async corrupt(sid) {
      const db = new Database(join(folder, 'sessions.db'))
      await promisify(db.run.bind(db, 'UPDATE sessions SET sess = ? WHERE sid = ?', ['no session', sid]))()
      await promisify(db.close.bind(db))()
    },
  }
}
