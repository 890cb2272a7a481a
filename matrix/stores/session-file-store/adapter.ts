import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import connectFileStore from 'session-file-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  return {
    folder,
    async open(session) {
      const FileStore = connectFileStore(session)
      return { store: new FileStore({ path: folder, logFn: () => {} }) }
    },
    corrupt: (sid) => writeFile(join(folder, `${sid}.json`), 'no session'),
  }
}
