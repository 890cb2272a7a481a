import session from 'express-session'
import type { OpenStore, Row } from './store.ts'

/** express-session's own MemoryStore, with a side view of its rows. */
export function openMemory(): OpenStore {
  const store = new session.MemoryStore()
  const sessions = () => (store as unknown as { sessions: Record<string, string> }).sessions
  const row = (sid: string, data: string): Row => ({ sid, data, expires: expiryOf(data) })
  return {
    store,
    async peek(sid) {
      const data = Object.hasOwn(sessions(), sid) ? sessions()[sid] : undefined
      return data === undefined ? undefined : row(sid, data)
    },
    async rows(limit) {
      const entries = Object.entries(sessions()).slice(-limit).reverse()
      return entries.map(([sid, data]) => row(sid, data))
    },
    clear: () => new Promise((resolve) => store.clear(() => resolve())),
    async close() {},
  }
}

/** MemoryStore keeps no column for the time: the cookie inside the row is its clock. */
function expiryOf(data: string): number | null {
  const expires = (JSON.parse(data) as { cookie?: { expires?: string | null } }).cookie?.expires
  return expires ? Date.parse(expires) : null
}
