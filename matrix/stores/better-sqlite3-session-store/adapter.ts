import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import connectSqlite from 'better-sqlite3-session-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  const file = join(folder, 'sessions.db')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open(session) {
      const SqliteStore = connectSqlite(session)
      const client = new Database(file)
      const expired = { clear: true, intervalMs: 900_000 }
      return { store: new SqliteStore({ client, expired }), close: async () => client.close() }
    },
    async corrupt(sid) {
      const client = new Database(file)
      client.prepare('UPDATE sessions SET sess = ? WHERE sid = ?').run('no session', sid)
      client.close()
    },
  }
}
