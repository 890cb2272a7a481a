import { once } from 'node:events'
import { join } from 'node:path'
import connectNedb from 'nedb-session-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  return {
    folder,
    async open(session) {
      const NedbStore = connectNedb(session)
      const store = new NedbStore({ filename: join(folder, 'rows.db') })
      await once(store, 'connect')
      return { store, close: async () => store.datastore.persistence.stopAutocompaction() }
    },
  }
}
