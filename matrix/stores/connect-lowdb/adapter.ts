import { mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import lowdbStore from 'connect-lowdb'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import type { CreateAdapter } from '#store-contract'

interface Rows {
  sessions: { sid: string; session: unknown }[]
}

export const createAdapter: CreateAdapter = async (location) => {
  const folder = join(location.folder, 'sessions')
  const file = join(folder, 'db.json')
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    async open(session) {
      const LowdbStore = lowdbStore(session)
      return { store: new LowdbStore({ db: new Low<Rows>(new JSONFile(file), { sessions: [] }) }) }
    },
    async corrupt(sid) {
      const { sessions } = JSON.parse(await readFile(file, 'utf8')) as Rows
      const others = sessions.filter((row) => row.sid !== sid)
      await writeFile(file, JSON.stringify({ sessions: [...others, { sid, session: 'no session' }] }))
    },
  }
}
