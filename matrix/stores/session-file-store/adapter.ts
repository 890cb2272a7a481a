import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import connectFileStore from 'session-file-store'
import type { CreateSubject } from '../../../contract/subject.ts'

const createSubject: CreateSubject = async (place) => {
  const folder = join(place.folder, 'sessions')
  return {
    folder,
    async open(session) {
      const FileStore = connectFileStore(session)
      return { store: new FileStore({ path: folder, logFn: () => {} }) }
    },
    corrupt: (sid) => writeFile(join(folder, `${sid}.json`), 'no session'),
  }
}
export default createSubject
