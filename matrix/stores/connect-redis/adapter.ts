import { RedisStore } from 'connect-redis'
import { createClient } from 'redis'
import type { CreateAdapter } from '#store-contract'
import { redis, writeKey } from '../../servers/redis.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, redis)
  return {
    ...server,
    async open() {
      const client = createClient({ url: server.address })
      client.on('error', () => {}) // the client's documentation asks for a listener
      await client.connect()
      return { store: new RedisStore({ client }), close: async () => client.destroy() }
    },
    corrupt: (sid) => writeKey(server.address, `sess:${sid}`, 'no session'),
  }
}
