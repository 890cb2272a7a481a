import { join } from 'node:path'
import connectNedb from 'tch-nedb-session'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  return {
    folder,
    open: (session) =>
      new Promise((resolve, reject) => {
        const NedbStore = connectNedb(session)
        const close = async () => store.collection.persistence.stopAutocompaction()
        const onLoad = (error: Error | null) => (error ? reject(error) : resolve({ store, close }))
        const store = new NedbStore({ filename: join(folder, 'rows.db'), onLoad })
      }),
  }
}
export default createSubject
