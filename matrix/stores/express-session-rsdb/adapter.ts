import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SessionStore from 'express-session-rsdb'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open() {
      const store = new SessionStore({ data_storage_area: folder })
      return { store, close: async () => clearInterval(store.purgeTimer) }
    },
    corrupt: (sid) => writeFile(join(folder, 'session', sid), 'no session'),
  }
}
export default createSubject
