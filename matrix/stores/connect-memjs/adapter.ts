import connectMemjs from 'connect-memjs'
import type { CreateAdapter } from '#store-contract'
import { memcached, writeItem } from '../../servers/memcached.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, memcached)
  return {
    ...server,
    async open(session) {
      const MemcachedStore = connectMemjs(session)
      const store = new MemcachedStore({ servers: [server.address] })
      return { store, close: async () => store.client.close() }
    },
    corrupt: (sid) => writeItem(server.address, sid, 'no session'),
  }
}
