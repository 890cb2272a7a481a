import type { Exchange, SessionCall, StoreCall } from '../exchange.ts'
import { hasFailed } from '../model/row-events.ts'
import type { Evidence } from './diagnosis.ts'
import { requestOf } from './found.ts'
import type { Seen, SeenStep } from './seen.ts'

/** A call on a store with where it came from; times in ms since the epoch. */
export interface SeenCall {
  call: StoreCall
  /** The exchange that made it, and its place there; undefined for what came from outside of any. */
  exchange: Exchange | undefined
  index: number
  began: number
  /** Infinity while it has not come back. */
  ended: number
  /** It came back, and not with an error. */
  isDone: boolean
  /** It was made when the response of its exchange was over, or outside of any exchange. */
  isOutside: boolean
}

/** All exchanges, those that are not over too, oldest first. */
export const exchangesOf = ({ steps, open }: Seen): Exchange[] =>
  [...steps.map(({ exchange }) => exchange), ...open].sort((one, other) => one.at - other.at)

/** The calls of one exchange. */
export function callsIn(exchange: Exchange): SeenCall[] {
  const { at, duration, end, calls } = exchange
  return calls.map((call, index) => ({
    ...timed(call, at + call.at),
    exchange,
    index,
    // whoever went away is served to the end: that is the exchange's own
    isOutside: duration !== null && end === 'finished' && call.at > duration,
  }))
}

/** The calls outside of any exchange. */
export const callsOutside = ({ outside }: Seen): SeenCall[] =>
  outside.map((call, index) => ({ ...timed(call, call.at), exchange: undefined, index, isOutside: true }))

const timed = (call: StoreCall, began: number) => ({
  call,
  began,
  ended: call.duration === null ? Number.POSITIVE_INFINITY : began + call.duration,
  isDone: call.duration !== null && !hasFailed(call),
})

/** `GET /cart` */
export const routeOf = (exchange: Exchange): string => requestOf({ exchange })

/** The call as a piece of evidence. */
export const evidenceOf = ({ exchange, index }: SeenCall, ja: string, en: string): Evidence => ({
  ...(exchange && { exchange: exchange.id, call: index }),
  words: { ja, en },
})

/** The exchange as a piece of evidence; `line`: a header or one of express-session's debug lines. */
export const evidenceIn = (exchange: Exchange, ja: string, en: string, line?: string): Evidence => ({
  exchange: exchange.id,
  ...(line !== undefined && { line }),
  words: { ja, en },
})

/** Where the session() call is, as a finding says it. */
export const placeOf = (call: SessionCall | undefined): { where?: string } =>
  call?.where === undefined ? {} : { where: call.where }

/** What belongs together, in the order in which it was met. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

export const idsOf = (steps: readonly Pick<SeenStep, 'exchange'>[]): number[] =>
  steps.map(({ exchange }) => exchange.id)

/** The exchanges of calls, each once. */
export const exchangeIdsOf = (calls: readonly SeenCall[]): number[] => [
  ...new Set(calls.flatMap(({ exchange }) => exchange?.id ?? [])),
]

/** `240 ms`, `3.2 s` */
export const timeText = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
