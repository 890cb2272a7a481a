import connectMemcached from 'connect-memcached'
import type { CreateSubject } from '../../../contract/subject.ts'
import { memcached, writeItem } from '../../servers/memcached.ts'
import { serverFor } from '../../servers/server-for.ts'

const createSubject: CreateSubject = async (place) => {
  const server = await serverFor(place, memcached)
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
export default createSubject
