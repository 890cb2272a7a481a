import connectMemjs from 'connect-memjs'
import type { CreateSubject } from '../../../contract/subject.ts'
import { memcached, writeItem } from '../../servers/memcached.ts'
import { serverFor } from '../../servers/server-for.ts'

const createSubject: CreateSubject = async (place) => {
  const server = await serverFor(place, memcached)
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
export default createSubject
