import { once } from 'node:events'
import sessionstore from 'sessionstore'
import type { CreateSubject } from '../../../contract/subject.ts'
import { redis, writeKey } from '../../servers/redis.ts'
import { serverFor } from '../../servers/server-for.ts'

const createSubject: CreateSubject = async (place) => {
  const server = await serverFor(place, redis)
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
export default createSubject
