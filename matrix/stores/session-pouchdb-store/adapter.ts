import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import PouchSession from 'session-pouchdb-store'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open() {
      return { store: new PouchSession(join(folder, 'rows')) }
    },
  }
}
