import session from 'express-session'
import { expiryOf } from '#inspector/record'
import type { OpenStore, Row } from './store.ts'

/** express-session's own MemoryStore, with a side view of its rows. */
export function openMemory(): OpenStore {
  const store = new session.MemoryStore()
  return {
    store,
    async peek(sid) {
      const data = Object.hasOwn(sessionsOf(store), sid) ? sessionsOf(store)[sid] : undefined
      return data === undefined ? undefined : row(sid, data)
    },
    rows: async (limit) => rowsOfMemory(store, limit),
    clear: () => new Promise((resolve) => store.clear(() => resolve())),
    async close() {},
  }
}

/** The newest rows of a MemoryStore first, looked at from the side. */
export const rowsOfMemory = (store: session.MemoryStore, limit = 1000): Row[] =>
  Object.entries(sessionsOf(store))
    .slice(-limit)
    .reverse()
    .map(([sid, data]) => row(sid, data))

const sessionsOf = (store: session.MemoryStore) =>
  (store as unknown as { sessions: Record<string, string> }).sessions

/** MemoryStore keeps no column for the time: the cookie inside the row is its clock. */
const row = (sid: string, data: string): Row => ({ sid, data, expires: expiryOf(data) ?? null })
