import SessionStore from 'express-sessions'
import redisClient from 'redis'
import type { CreateAdapter } from '#store-contract'
import { redis, writeKey } from '../../servers/redis.ts'
import { serverFor } from '../../servers/server-for.ts'

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, redis)
  const { hostname: host, port } = new URL(server.address)
  return {
    ...server,
    async open() {
      const instance = redisClient.createClient(Number(port), host)
      instance.on('error', () => {}) // the client's documentation asks for a listener
      const store = new SessionStore({ storage: 'redis', instance })
      return { store, close: async () => instance.end() }
    },
    corrupt: (sid) => writeKey(server.address, `sessions:${sid}`, 'no session'),
  }
}
