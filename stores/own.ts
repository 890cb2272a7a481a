import type { Store } from 'express-session'
import { guard } from './guard.ts'
import type { OpenStore, Row } from './store.ts'

/** Where the store of a scenario keeps its sessions: outside of it, to be looked at without asking it. */
export type OwnRows = Map<string, { data: string; expires: number }>

/**
 * The store that a scenario is about, with a side view of its rows.
 * @param isBare its faults reach the app; else they are kept away from it (see `guard`)
 */
export function openOwn(create: (rows: OwnRows) => Store, name: string, isBare = false): OpenStore {
  const rows: OwnRows = new Map()
  const row = ([sid, { data, expires }]: [string, { data: string; expires: number }]): Row => ({
    sid,
    data,
    expires,
  })
  return {
    store: isBare ? create(rows) : guard(create(rows), name),
    async peek(sid) {
      const found = rows.get(sid)
      return found && row([sid, found])
    },
    async rows(limit) {
      return [...rows].slice(-limit).reverse().map(row)
    },
    async clear() {
      rows.clear()
    },
    async close() {},
  }
}
