import connectCouchdb from 'couchdb-expression'
import type { CreateAdapter } from '#store-contract'
import { couchdb, writeDocument } from '../../servers/couchdb.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, couchdb(import.meta.url))
  const { hostname, port } = new URL(server.address)
  return {
    ...server,
    async open(session) {
      const Expression = connectCouchdb(session)
      return { store: new Expression({ hostname, port }) }
    },
    corrupt: (sid) => writeDocument(server.address, `c${sid}`, { session: 'no session' }),
  }
}
