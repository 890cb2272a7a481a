import { join } from 'node:path'
import connectNedb from 'express-nedb-session'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  return {
    folder,
    open: (session) =>
      new Promise((resolve, reject) => {
        const NedbStore = connectNedb(session)
        const loaded = (error: Error | null) => (error ? reject(error) : resolve({ store }))
        const store = new NedbStore({ filename: join(folder, 'rows.db') }, loaded)
      }),
  }
}
export default createSubject
