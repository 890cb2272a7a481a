import type { SessionData, Store } from 'express-session'
import type { Device } from './device-index.ts'

type Row = SessionData & { user?: string; sid?: string; since?: number; on?: string }

/** The sessions of one user, found by reading those of everybody. A MemoryStore gives an object, others an array. */
export const sessionsOf = (store: Store, user: string) =>
  new Promise<[sid: string, device: Device][]>((resolve, reject) => {
    if (!store.all) return reject(new Error('This store has no `all`, which is optional: keep an index.'))
    store.all((error, sessions) => {
      if (error) return reject(error)
      const rows: Row[] = Object.values(sessions ?? {})
      const mine = rows.filter((row) => row.user === user)
      resolve(mine.map(({ sid = '', on = '', since = 0 }) => [sid, { name: on, since }]))
    })
  })
