import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import connectLevel from 'level-session-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  let put: (key: string, value: string) => Promise<void>
  return {
    folder,
    async open(session) {
      const LevelStore = connectLevel(session)
      const store = new LevelStore(join(folder, 'rows'))
      await once(store, 'connect')
      put = store.db.put.bind(store.db)
      return { store, close: () => store.db.close() }
    },
    corrupt: (sid) => put(sid, 'no session'), // LevelDB lets no other in
  }
}
