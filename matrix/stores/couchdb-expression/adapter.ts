import connectCouchdb from 'couchdb-expression'
import type { CreateSubject } from '../../../contract/subject.ts'
import { couchdb, writeDocument } from '../../servers/couchdb.ts'
import { serverFor } from '../../servers/server-for.ts'

const createSubject: CreateSubject = async (place) => {
  const server = await serverFor(place, couchdb(import.meta.url))
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
export default createSubject
