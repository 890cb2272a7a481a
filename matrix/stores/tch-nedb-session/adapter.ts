import { join } from 'node:path'
import connectNedb from 'tch-nedb-session'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  return {
    folder,
    open: (session) =>
      new Promise((resolve, reject) => {
        const NedbStore = connectNedb(session)
        const close = async () => store.collection.persistence.stopAutocompaction()
        const onLoad = (error: Error | null) => (error ? reject(error) : resolve({ store, close }))
        const store = new NedbStore({ filename: join(folder, 'rows.db'), onLoad })
      }),
  }
}
