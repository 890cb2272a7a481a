import { changedKeys, type TimedCall } from './calls.ts'

/** A save that undid what another request had changed meanwhile. */
export interface Undoing {
  /** The set that came later, and the keys that it put back. */
  later: TimedCall
  earlier: TimedCall
  keys: string[]
  /** Whether the later request had changed something itself. */
  isOwnChange: boolean
}

/** The saves of one session that put back what an earlier save of an overlapping request had changed. */
export function undoingsIn(calls: readonly TimedCall[]): Undoing[] {
  return calls.flatMap((later, place) => {
    const read = isSet(later) ? readBefore(calls, later) : undefined
    if (!read) return []
    return calls.slice(0, place).flatMap((earlier) => {
      const isBetween = isSet(earlier) && earlier.exchange !== later.exchange && endOf(earlier) > read.begin
      const base = isBetween ? readBefore(calls, earlier) : undefined
      if (!base) return []
      const own = changedKeys(read.call.data, later.call.data)
      const keys = changedKeys(base.call.data, earlier.call.data)
        .filter((key) => !own.includes(key))
        .filter((key) => isPutBack(key, read, earlier, later))
      return keys.length > 0 ? [{ later, earlier, keys, isOwnChange: own.length > 0 }] : []
    })
  })
}

const isSet = ({ call, exchange }: TimedCall) =>
  call.method === 'set' && call.error === null && exchange !== undefined

const endOf = ({ end }: TimedCall) => end ?? Number.POSITIVE_INFINITY

/** What the request of a set had read last. */
const readBefore = (calls: readonly TimedCall[], { exchange, begin }: TimedCall) =>
  calls.findLast(
    (one) =>
      one.exchange === exchange && one.call.method === 'get' && one.call.data !== null && endOf(one) <= begin,
  )

/** Whether the later set has the old value of a key which the earlier one had changed. */
const isPutBack = (key: string, read: TimedCall, earlier: TimedCall, later: TimedCall) =>
  changedKeys(earlier.call.data, later.call.data).includes(key) &&
  !changedKeys(read.call.data, later.call.data).includes(key)
