import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import connectMedea from 'medea-session-store'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  let put: (key: string, value: string) => Promise<void>
  return {
    folder,
    async open(session) {
      const MedeaStore = connectMedea(session)
      const store = new MedeaStore(folder)
      await once(store, 'connect')
      put = promisify(store.db.put.bind(store.db))
      return { store, close: () => new Promise((resolve) => store.db.close(resolve)) }
    },
    corrupt: (sid) => put(sid, 'no session'), // another would not see its rows
  }
}
export default createSubject
