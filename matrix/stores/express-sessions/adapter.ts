import type { EventEmitter } from 'node:events'
import SessionStore from 'express-sessions'
import redisClient from 'redis'
import type { CreateAdapter } from '#store-contract'
import { redis, writeKey } from '../../servers/redis.ts'
import { serverFor } from '../../servers/server-for.ts'

/** The client of its time, without types; the house has types of a later one. */
const { createClient } = redisClient as unknown as {
  createClient(port: number, host: string): EventEmitter & { end(): void }
}

export const createAdapter: CreateAdapter = async (location) => {
  const server = await serverFor(location, redis)
  const { hostname: host, port } = new URL(server.address)
  return {
    ...server,
    async open() {
      const instance = createClient(Number(port), host)
      instance.on('error', () => {}) // the client's documentation asks for a listener
      const store = new SessionStore({ storage: 'redis', instance })
      return { store, close: async () => instance.end() }
    },
    corrupt: (sid) => writeKey(server.address, `sessions:${sid}`, 'no session'),
  }
}
