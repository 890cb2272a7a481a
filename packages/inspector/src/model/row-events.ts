import type { StoreCall } from '../exchange.ts'
import type { HasPassed } from './passed.ts'
import type { RowState } from './states.ts'

/** A call on a store that failed, or was never answered. */
export interface Failure {
  method: StoreCall['method']
  /** null: it has not been answered. */
  error: string | null
  /** Whether there was no row before, as far as is known. */
  isFirst: boolean
}

/**
 * What is known to have happened to a row. `seen`/`unseen`: looked at from the side; `unknown`: the look got no answer;
 * the others: calls.
 */
export interface RowEvent {
  at: number
  kind: 'set' | 'touch' | 'destroy' | 'found' | 'missing' | 'failed' | 'seen' | 'unseen' | 'unknown'
  data: string | null
  /** ms since the epoch; null for none; undefined: not known. */
  expires: number | null | undefined
  /** The exchange that did it; null also for what happened outside of any. */
  by: number | null
  /** The call that failed or has not come back. */
  call?: StoreCall
}

/** A row at some moment. */
export interface RowLook {
  state: RowState
  data: string | null
  /** ms since the epoch; null for none; undefined: not known. */
  expires: number | null | undefined
  /** The exchange that last wrote, extended or removed it. */
  by: number | null
  /** When it was removed, in ms since the epoch. */
  goneAt: number | null
  /** The last call on it, where that failed: a look from the side may know more of the row, but not of the next call. */
  failure: Failure | null
  /** Whether it has been looked at from the side. */
  isSeen: boolean
  /** Requests passed unrecorded since the last that is known of it, or before: any of them may have done this. */
  isUnrecorded: boolean
}

/** What is known of a row after all that has happened until `moment`. */
export function rowAfter(
  events: readonly RowEvent[],
  moment: number,
  hasPassed: HasPassed,
): Omit<RowLook, 'isSeen'> {
  const standing = events.filter(isStanding)
  const past = standing.filter((event) => event.at <= moment)
  const last = past.at(-1)
  const first = standing[0]
  const since = last?.at ?? Number.NEGATIVE_INFINITY
  if (hasPassed(since, moment) || (!last && first && hasPassed(moment, first.at)))
    return { ...notKnown, failure: null, isUnrecorded: true }
  const known = last ?? before(first)
  const failure = failureIn(past)
  if (!known) return { ...nothing, failure, isUnrecorded: false }
  const held = past.findLast(({ data }) => data !== null)
  const isUnrecorded = held !== undefined && held !== known && hasPassed(held.at, known.at)
  // what expired may have been removed before, and then nothing is lying there
  if (isUnrecorded && known.kind === 'missing' && isPast(held.expires, moment))
    return { ...notKnown, failure, isUnrecorded }
  return { ...after(known, past, moment), failure, isUnrecorded }
}

type Known = Omit<RowLook, 'failure' | 'isSeen' | 'isUnrecorded'>
const looks: readonly RowEvent['kind'][] = ['seen', 'unseen', 'unknown']
const nothing: Known = { state: 'none', data: null, expires: null, by: null, goneAt: null }
const notKnown: Known = { ...nothing, state: 'unknown', expires: undefined }

/** Whether a call has given an error that counts: for `get`, express-session takes ENOENT as "no row". */
export const hasFailed = ({ method, error, errorCode }: StoreCall): boolean =>
  error !== null && !(method === 'get' && errorCode === 'ENOENT')

/** What a call did to the row. */
export function kindOf(call: StoreCall): RowEvent['kind'] {
  const { method, data, duration } = call
  if (hasFailed(call) || duration === null) return 'failed'
  if (method !== 'get') return method
  return data === null ? 'missing' : 'found'
}

/** A call that has come back since tells itself what it did. */
const isStanding = ({ call }: RowEvent): boolean => !call || call.error !== null || call.duration === null

/** What the row is after the `last` event of `past`. */
function after(last: RowEvent, past: readonly RowEvent[], moment: number): Known {
  const { kind, by } = last
  if (kind === 'unknown' || kind === 'failed') return notKnown
  const held = last.data !== null ? last : past.findLast(({ data }) => data !== null)
  if (!held) return { ...nothing, by }
  const { data, expires } = held
  const isOver = isPast(expires, moment)
  // `get` finds nothing also where an expired row is still lying
  const isLying = held === last || (kind === 'missing' && isOver && !isRemoved(past, held))
  if (!isLying) return { state: 'gone', data, expires, by: kind === 'missing' ? null : by, goneAt: last.at }
  return { state: isOver ? 'expired' : 'present', data, expires, by: held.by, goneAt: null }
}

/** Whether something has removed the row since it was `held`. */
const isRemoved = (past: readonly RowEvent[], held: RowEvent): boolean =>
  past.slice(past.indexOf(held) + 1).some(({ kind }) => kind === 'destroy' || kind === 'unseen')

function failureIn(past: readonly RowEvent[]): Failure | null {
  const last = past.findLast(({ kind }) => !looks.includes(kind))
  if (!last?.call) return null
  const { method, error } = last.call
  const earlier = past.slice(0, past.indexOf(last))
  return { method, error, isFirst: !earlier.some(({ data }) => data !== null) }
}

/** What the first thing known about a row tells about the time before it. */
const before = (first: RowEvent | undefined): RowEvent | undefined =>
  first && (first.kind === 'found' || first.kind === 'touch' || first.kind === 'seen') ? first : undefined

/** Whether a row's time was over by then. */
export const isPast = (expires: number | null | undefined, moment: number): expires is number =>
  typeof expires === 'number' && expires <= moment
