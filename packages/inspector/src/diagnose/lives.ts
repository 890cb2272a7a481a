import { expiryOf } from '../model/expiry.ts'
import { isPast } from '../model/row-events.ts'
import { lifetimeIn, type TimedCall } from './calls.ts'

/** What came of a session that was in use, when the store had no row for it any more. */
export interface Loss {
  /** The get that found nothing. */
  missing: TimedCall
  /** The last set before. */
  written: TimedCall
  /** How long the session had been idle by then, and how long it may be, in ms. */
  idle: number
  lifetime: number
}

/** The first get of a session that found no row, though nobody had destroyed it and no call had failed before. */
export function lossIn(calls: readonly TimedCall[]): Loss | undefined {
  const missing = calls.find((one, index) => isMissing(one) && calls.slice(0, index).some(isWriting))
  if (!missing) return undefined
  const before = calls.filter(({ begin }) => begin < missing.begin)
  const written = before.findLast(isWriting)
  const last = before.at(-1)
  const isUndone = before.some(
    ({ call, end }) => call.method === 'destroy' || call.error !== null || end === null,
  )
  const lifetime = lifetimeIn(before.findLast(({ call }) => call.data !== null)?.call.data ?? null)
  if (!written || !last || isUndone || lifetime === undefined) return undefined
  return { missing, written, idle: missing.begin - (last.end ?? last.begin), lifetime }
}

const isMissing = ({ call }: TimedCall) =>
  call.method === 'get' && call.duration !== null && call.error === null && call.data === null
const isWriting = ({ call }: TimedCall) => call.method === 'set' && call.error === null

/** Whether a set wrote a session whose time was over by then. */
export const isStale = ({ call, begin }: TimedCall): boolean =>
  call.method === 'set' && call.data !== null && isPast(expiryOf(call.data), begin)
