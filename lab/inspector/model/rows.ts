import { type Exchange, longestData, type StoreCall } from '../exchange.ts'
import type { RowState } from './verdict.ts'

/** A row as it lies in the store, looked at from the side. */
export interface PeekedRow {
  data: string
  /** ms since the epoch; null for none. */
  expires: number | null
}

/** What is known to have happened to a row. `seen`/`unseen`: looked at from the side; the others: calls. */
export interface RowEvent {
  at: number
  kind: 'set' | 'touch' | 'destroy' | 'found' | 'missing' | 'seen' | 'unseen'
  data: string | null
  expires: number | null
  /** The exchange that did it. */
  by: number | null
}

/** A row at some moment. */
export interface RowLook {
  state: RowState
  data: string | null
  expires: number | null
  /** The exchange that last wrote, extended or removed it. */
  by: number | null
  /** When it was removed, in ms since the epoch. */
  goneAt: number | null
}

const mostEvents = 200

/** The history of all rows, as told by the recorded store calls and by looks from the side. */
export function createRows() {
  const histories = new Map<string, RowEvent[]>()
  const keyOf = (server: string, sid: string) => `${server}\n${sid}`

  function add(server: string, sid: string, event: RowEvent) {
    const key = keyOf(server, sid)
    const events = histories.get(key) ?? []
    let place = events.length
    while (place > 0 && (events[place - 1]?.at ?? 0) > event.at) place--
    events.splice(place, 0, event)
    if (events.length > mostEvents) events.shift()
    histories.set(key, events)
  }

  function at(server: string, sid: string, moment: number): RowLook {
    const events = histories.get(keyOf(server, sid)) ?? []
    const past = events.filter((event) => event.at <= moment)
    const last = past.at(-1) ?? before(events[0])
    if (!last) return { state: 'none', data: null, expires: null, by: null, goneAt: null }
    const { kind, by } = last
    if (kind === 'destroy' || kind === 'unseen') {
      const held = past.findLast(({ data }) => data !== null)
      return { state: 'none', data: held?.data ?? null, expires: held?.expires ?? null, by, goneAt: last.at }
    }
    // `get` finds nothing also where an expired row is still lying
    const held = kind === 'missing' ? past.findLast((event) => event.kind !== 'missing') : last
    if (!held || held.kind === 'destroy' || held.kind === 'unseen') {
      return { state: 'none', data: null, expires: null, by, goneAt: null }
    }
    const isOver = held.expires !== null && held.expires <= moment
    if (kind === 'missing' && !isOver) {
      return { state: 'none', data: held.data, expires: held.expires, by: null, goneAt: last.at }
    }
    return {
      state: isOver ? 'expired' : 'present',
      data: held.data,
      expires: held.expires,
      by: held.by,
      goneAt: null,
    }
  }

  return {
    at,
    noteCall(exchange: Exchange, call: StoreCall) {
      if (call.error !== null || call.duration === null) return
      const kind = call.method === 'get' ? (call.data === null ? 'missing' : 'found') : call.method
      const data = kind === 'destroy' || kind === 'missing' ? null : call.data
      const expires = data === null ? null : expiryInside(data)
      const ended = exchange.at + call.at + call.duration
      // touch leaves a row that is gone as it is; one that brings it back shows in the next look from the side
      if (kind === 'touch' && at(exchange.server, call.sid, ended).goneAt !== null) return
      const by = kind === 'found' ? null : exchange.id
      add(exchange.server, call.sid, { at: ended, kind, data, expires, by })
    },
    /** Notes what a look from the side showed, if it is news. */
    notePeek(server: string, sid: string, row: PeekedRow | undefined, now: number): RowLook {
      const known = at(server, sid, now)
      const data = row ? row.data.slice(0, longestData) : null
      if (!row && known.state !== 'none')
        add(server, sid, { at: now, kind: 'unseen', data: null, expires: null, by: null })
      if (row && (known.state === 'none' || known.data !== data || known.expires !== row.expires))
        add(server, sid, { at: now, kind: 'seen', data, expires: row.expires, by: known.by })
      return at(server, sid, now)
    },
    /** When the rows' time was over, for those whose time was over before anything else happened to them. */
    endings(now: number): { at: number; by: number; sid: string; server: string }[] {
      return [...histories].flatMap(([key, events]) =>
        events.flatMap((event, index) => {
          const { expires, by } = event
          const next = events[index + 1]
          if (expires === null || by === null || expires > now || (next && next.at <= expires)) return []
          const [server = '', sid = ''] = key.split('\n')
          if (next?.kind === 'seen' && next.expires === expires) return []
          return [{ at: expires, by, sid, server }]
        }),
      )
    },
    forget(needed: ReadonlySet<string>) {
      for (const key of histories.keys())
        if (!needed.has(key.slice(key.indexOf('\n') + 1))) histories.delete(key)
    },
    size: () => histories.size,
  }
}

/** What the first thing known about a row tells about the time before it. */
const before = (first: RowEvent | undefined): RowEvent | undefined =>
  first && (first.kind === 'found' || first.kind === 'touch' || first.kind === 'seen') ? first : undefined

/** The expiry that express-session writes into each session: its cookie's. */
export function expiryInside(data: string): number | null {
  const found = /"expires":"([^"]{10,40})"/.exec(data)
  const time = found?.[1] ? Date.parse(found[1]) : Number.NaN
  return Number.isNaN(time) ? null : time
}

export type Rows = ReturnType<typeof createRows>
