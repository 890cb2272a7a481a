import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import lowdb from 'lowdb'
import FileSync from 'lowdb/adapters/FileSync.js'
import connectLowdb from 'lowdb-session-store'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  const file = join(folder, 'db.json')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open(session) {
      const LowdbStore = connectLowdb(session)
      return { store: new LowdbStore(lowdb(new FileSync(file, { defaultValue: [] })), { ttl: 86_400 }) }
    },
  }
}
export default createSubject
