import { mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import lowdbStore from 'connect-lowdb'
import type { Store } from 'express-session'
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
      // its own types take a session for express-session, and rows of any kind only
      const LowdbStore = lowdbStore(session as never)
      const rows: Rows = { sessions: [] }
      const store: unknown = new LowdbStore({ db: new Low(new JSONFile(file), rows as never) } as never)
      return { store: store as Store }
    },
    async corrupt(sid) {
      const { sessions } = JSON.parse(await readFile(file, 'utf8')) as Rows
      const others = sessions.filter((row) => row.sid !== sid)
      await writeFile(file, JSON.stringify({ sessions: [...others, { sid, session: 'no session' }] }))
    },
  }
}
