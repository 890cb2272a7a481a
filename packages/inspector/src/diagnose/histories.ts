import { callsIn, callsOutside, exchangesOf, grouped, type SeenCall } from './calls.ts'
import type { Seen } from './seen.ts'

/** All that happened to one session id, in the order in which it began. */
export type History = readonly SeenCall[]

const known = new WeakMap<Seen, readonly History[]>()

/** The histories of all session ids. Stores outside of a process have the same rows, whichever process asks. */
export function historiesOf(seen: Seen): readonly History[] {
  const remembered = known.get(seen)
  if (remembered) return remembered
  const ownRows = new Set(seen.sessions.filter(({ rows }) => rows !== 'elsewhere').map(({ store }) => store))
  const all = [...exchangesOf(seen).flatMap(callsIn), ...callsOutside(seen)]
  const keyOf = ({ call: { sid, store } }: SeenCall) => `${ownRows.has(store) ? store : ''}\n${sid}`
  const histories = [...grouped(all, keyOf).values()].map((history) =>
    history.sort((one, other) => one.began - other.began),
  )
  known.set(seen, histories)
  return histories
}

/** Who made it: an exchange, or somebody outside of all. */
export const actorOf = ({ exchange }: SeenCall): number | undefined => exchange?.id

/** What its maker had last read of this session by then (`get` of the request or of `reload()`), or written itself. */
export const baseOf = (history: History, one: SeenCall): SeenCall | undefined =>
  madeBy(history, actorOf(one)).findLast(
    (each) =>
      (each.call.method === 'get' || each.call.method === 'set') &&
      each !== one &&
      each.isDone &&
      each.ended <= one.began &&
      each.call.data !== null,
  )

const byActor = new WeakMap<History, Map<number | undefined, SeenCall[]>>()

/** The calls of one request in a history. */
function madeBy(history: History, actor: number | undefined): readonly SeenCall[] {
  const actors = byActor.get(history) ?? new Map<number | undefined, SeenCall[]>()
  if (!byActor.has(history)) {
    byActor.set(history, actors)
    for (const one of history) {
      const calls = actors.get(actorOf(one))
      if (calls) calls.push(one)
      else actors.set(actorOf(one), [one])
    }
  }
  return actors.get(actor) ?? []
}

/** The first `get` that began when `one` was done. */
export const nextReadAfter = (history: History, one: SeenCall): SeenCall | undefined =>
  history.find(({ call, began, isDone }) => call.method === 'get' && isDone && began > one.ended)

/** Whether nothing else wrote or removed the row between the two. */
export const isAlone = (history: History, one: SeenCall, next: SeenCall): boolean =>
  !history.some(
    (each) =>
      each !== one &&
      (each.call.method === 'set' || each.call.method === 'destroy') &&
      each.ended > one.began &&
      each.began < next.ended,
  )

/** The calls that began while the one at this place was under way. */
export function callsDuring(history: History, place: number): readonly SeenCall[] {
  const end = history[place]?.ended ?? 0
  let last = place + 1
  while ((history[last]?.began ?? Number.POSITIVE_INFINITY) <= end && last < history.length) last++
  return history.slice(place + 1, last)
}
