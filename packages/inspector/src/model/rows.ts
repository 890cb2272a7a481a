import { longestData, type StoreCall } from '../exchange.ts'
import { expiryOf } from './expiry.ts'
import type { HasPassed } from './passed.ts'
import { isPast, kindOf, type RowEvent, type RowLook, rowAfter } from './row-events.ts'

/** A row as it lies in the store, looked at from the side. */
export interface PeekedRow {
  /** The session as JSON text. */
  data: string
  /** ms since the epoch; null for none. Where a store has no clock of its own, that of the session's cookie counts. */
  expires?: number | null
}

/** Which rows a sid is looked up in: those of one store, or those that all stores of one server share. */
export type Shelf = string

const mostEvents = 200
const never = () => false

/** The history of all rows, as told by the recorded store calls and by looks from the side. */
export function createRows(hasPassed: HasPassed = () => false) {
  const histories = new Map<string, RowEvent[]>()
  const seen = new Set<string>()
  const keyOf = (shelf: Shelf, sid: string) => `${shelf}\n${sid}`

  function add(shelf: Shelf, sid: string, event: RowEvent) {
    const key = keyOf(shelf, sid)
    const events = histories.get(key) ?? []
    let place = events.length
    while (place > 0 && (events[place - 1]?.at ?? 0) > event.at) place--
    events.splice(place, 0, event)
    if (events.length > mostEvents) events.shift()
    histories.set(key, events)
  }

  function at(shelf: Shelf, sid: string, moment: number): RowLook {
    const key = keyOf(shelf, sid)
    const known = histories.get(key)
    // without a sid there is no row, whoever passed
    return { ...rowAfter(known ?? [], moment, sid === '' ? never : hasPassed), isSeen: seen.has(key) }
  }

  return {
    at,
    /**
     * Takes over a call that began then (ms since the epoch) in exchange `by`; null: outside of any. While it has not
     * come back, it counts as failed once `patience` ms have passed.
     */
    noteCall(shelf: Shelf, call: StoreCall, began: number, by: number | null, patience = 0) {
      const ended = began + (call.duration ?? patience)
      const kind = kindOf(call)
      // touch leaves a row that is gone as it is; one that brings it back shows in the next look from the side
      if (kind === 'touch' && at(shelf, call.sid, ended).goneAt !== null) return
      const data = kind === 'set' || kind === 'touch' || kind === 'found' ? call.data : null
      const expires = data === null ? null : expiryOf(data)
      add(shelf, call.sid, {
        ...{ at: ended, kind, data, expires },
        by: kind === 'found' ? null : by,
        ...(kind === 'failed' && { call }),
      })
    },
    /** Notes what a look from the side showed, if it is news. */
    notePeek(shelf: Shelf, sid: string, row: PeekedRow | undefined, now: number): RowLook {
      seen.add(keyOf(shelf, sid))
      const known = at(shelf, sid, now)
      if (!row) {
        if (known.state !== 'none' && known.state !== 'gone')
          add(shelf, sid, { at: now, kind: 'unseen', data: null, expires: null, by: null })
        return at(shelf, sid, now)
      }
      const data = row.data.slice(0, longestData)
      const expires = row.expires === undefined ? expiryOf(row.data) : row.expires
      const isKnown = known.state === 'present' || known.state === 'expired'
      if (!isKnown || known.data !== data || known.expires !== expires)
        add(shelf, sid, { at: now, kind: 'seen', data, expires, by: known.by })
      return at(shelf, sid, now)
    },
    /** Notes that a look from the side got no answer. */
    noteUnknown(shelf: Shelf, sid: string, now: number) {
      seen.add(keyOf(shelf, sid))
      if (at(shelf, sid, now).state === 'unknown') return
      add(shelf, sid, { at: now, kind: 'unknown', data: null, expires: undefined, by: null })
    },
    /** Notes that nobody can look at it now: what is known of it by then is so by the calls. */
    noteBlind(shelf: Shelf, sid: string) {
      seen.delete(keyOf(shelf, sid))
    },
    /** When the rows' time was over, for those whose time was over before anything else happened to them. */
    endings(now: number): { at: number; by: number; sid: string }[] {
      return [...histories].flatMap(([key, events]) =>
        events.flatMap((event, index) => {
          const { expires, by } = event
          const next = events[index + 1]
          if (!isPast(expires, now) || by === null || (next && next.at <= expires)) return []
          if (next?.kind === 'seen' && next.expires === expires) return []
          if (hasPassed(event.at, expires)) return []
          return [{ at: expires, by, sid: key.slice(key.indexOf('\n') + 1) }]
        }),
      )
    },
    forget(needed: ReadonlySet<string>) {
      for (const key of histories.keys()) {
        if (needed.has(key.slice(key.indexOf('\n') + 1))) continue
        histories.delete(key)
        seen.delete(key)
      }
    },
    size: () => histories.size,
  }
}

export type Rows = ReturnType<typeof createRows>
