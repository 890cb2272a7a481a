import { once } from 'node:events'
import connectCloudant from 'connect-cloudant-store'
import type { CreateAdapter } from '#store-contract'
import { couchdb, writeDocument } from '../../servers/couchdb.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, couchdb(import.meta.url))
  // the documentation wants the database to be there
  if (location.address === undefined) await fetch(`${server.address}/sessions`, { method: 'PUT' })
  return {
    ...server,
    async open(session) {
      const CloudantStore = connectCloudant(session)
      const store = new CloudantStore({ url: server.address.replace('//', '//admin:password@') })
      store.on('error', () => {}) // the call fails too
      await once(store, 'connect')
      return { store }
    },
    corrupt: (sid) => writeDocument(server.address, `sess:${sid}`, { session: 'no session' }),
  }
}
