import connectMemcached from 'connect-memcached'
import type { CreateAdapter } from '#store-contract'
import { memcached, writeItem } from '../../servers/memcached.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, memcached)
  return {
    ...server,
    async open(session) {
      const MemcachedStore = connectMemcached(session)
      const store = new MemcachedStore({ hosts: [server.address] })
      return { store, close: async () => store.client.end() }
    },
    // as a client of another kind would write it: plain text
    corrupt: (sid) => writeItem(server.address, sid, 'no session'),
  }
}
