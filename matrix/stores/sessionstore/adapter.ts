import { once } from 'node:events'
import sessionstore from 'sessionstore'
import type { CreateAdapter } from '#store-contract'
import { redis, writeKey } from '../../servers/redis.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, redis)
  const { hostname: host, port } = new URL(server.address)
  return {
    ...server,
    async open() {
      const store = sessionstore.createSessionStore({ type: 'redis', host, port: Number(port) })
      await once(store, 'connect')
      return { store, close: async () => store.disconnect() }
    },
    corrupt: (sid) => writeKey(server.address, `sess:${sid}`, 'no session'),
  }
}
