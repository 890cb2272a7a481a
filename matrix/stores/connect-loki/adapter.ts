import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import connectLoki from 'connect-loki'
import type { CreateAdapter } from '#store-contract'

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open(session) {
      const LokiStore = connectLoki(session)
      const store = new LokiStore({ path: join(folder, 'session-store.db') })
      await once(store, 'connect')
      return { store, close: () => new Promise((resolve) => store.client.close(resolve)) }
    },
  }
}
