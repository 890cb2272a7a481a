import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import connectLevel from 'express-session-level'
import level from 'level'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  let put: (key: string, value: string) => Promise<void>
  return {
    folder,
    async open(session) {
      const LevelStore = connectLevel(session)
      const db = level(join(folder, 'rows'))
      const store = new LevelStore(db)
      put = db.put.bind(db)
      return { store, close: () => store.db.close() }
    },
    corrupt: (sid) => put(sid, 'no session'), // LevelDB lets no other in
  }
}
