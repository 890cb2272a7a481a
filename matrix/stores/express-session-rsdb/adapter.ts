import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SessionStore from 'express-session-rsdb'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open() {
      const store = new SessionStore({ data_storage_area: folder })
      return { store, close: async () => clearInterval(store.purgeTimer) }
    },
    corrupt: (sid) => writeFile(join(folder, 'session', sid), 'no session'),
  }
}
