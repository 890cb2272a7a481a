import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import lowdb from 'lowdb'
import FileSync from 'lowdb/adapters/FileSync.js'
import connectLowdb from 'lowdb-session-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  const file = join(folder, 'db.json')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open(session) {
      const LowdbStore = connectLowdb(session)
      return { store: new LowdbStore(lowdb(new FileSync(file, { defaultValue: [] })), { ttl: 86_400 }) }
    },
  }
}
