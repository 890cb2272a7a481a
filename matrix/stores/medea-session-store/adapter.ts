import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import connectMedea from 'medea-session-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  let put: (key: string, value: string) => Promise<void>
  return {
    folder,
    async open(session) {
      const MedeaStore = connectMedea(session)
      const store = new MedeaStore(folder)
      await once(store, 'connect')
      put = promisify(store.db.put.bind(store.db))
      return { store, close: () => new Promise((resolve) => store.db.close(resolve)) }
    },
    corrupt: (sid) => put(sid, 'no session'), // another would not see its rows
  }
}
