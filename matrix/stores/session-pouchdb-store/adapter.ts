import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import PouchSession from 'session-pouchdb-store'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open() {
      return { store: new PouchSession(join(folder, 'rows')) }
    },
  }
}
export default createSubject
