import type { SeenCall } from './calls.ts'
import { countedUp, dataOf, isSame, undone } from './data.ts'
import { actorOf, baseOf, type History, historiesOf, isAlone, nextReadAfter } from './histories.ts'
import type { Seen } from './seen.ts'

const mostBetween = 10 // saves that are looked at: one is enough to tell

/** A save that undid what another request had saved since the row was read. */
export interface Overwrite {
  /** What the later one had read: the row of before. */
  base: SeenCall
  /** The save that was undone. */
  lost: SeenCall
  /** The save that undid it. */
  by: SeenCall
  /** The paths of what was undone. */
  paths: string[]
  /** Whether the later one had changed anything itself. */
  hasChanged: boolean
}

const known = new WeakMap<Seen, readonly Overwrite[]>()

/** All saves that undid another one. */
export function overwritesIn(seen: Seen): readonly Overwrite[] {
  const remembered = known.get(seen)
  const found = remembered ?? historiesOf(seen).flatMap(overwritesOf)
  known.set(seen, found)
  return found
}

function overwritesOf(history: History): Overwrite[] {
  const saves = history.filter(({ call, isDone }) => call.method === 'set' && isDone)
  const longest = Math.max(0, ...saves.map(({ began, ended }) => ended - began))
  return saves.length < 2
    ? []
    : saves.flatMap((by, place) => undoneBy(history, by, saves.slice(0, place), longest))
}

/** `before`: the saves before it, oldest first; `longest`: how long one of them took at most, in ms. */
function undoneBy(history: History, by: SeenCall, before: readonly SeenCall[], longest: number): Overwrite[] {
  const base = baseOf(history, by)
  const [read, last] = [dataOf(base?.call.data ?? null), dataOf(by.call.data)]
  if (!base || !read || !last) return []
  const between = savesBetween(before, base, longest)
  if (between.length === 0) return []
  const counts = lostCounts(history, between, read, last)
  const now = kept(history, by) ?? last
  return between.flatMap((lost) => {
    const other = dataOf(lost.call.data)
    // what it had read itself, and not changed, is not its own
    const own = dataOf(baseOf(history, lost)?.call.data ?? null) ?? read
    if (!other || isSame(own, other)) return []
    const back = undone(read, other, last)
    const [changed, still] = back.length > 0 ? [undone(own, other, last), undone(read, other, now)] : [[], []]
    const paths = [
      ...back.filter((path) => changed.includes(path) && still.includes(path)),
      ...counts.filter((path) => countedUp(own, other).includes(path)),
    ]
    return paths.length > 0 ? [{ base, lost, by, paths, hasChanged: !isSame(read, last) }] : []
  })
}

/** The last saves of others that had not ended when it was read. */
function savesBetween(before: readonly SeenCall[], base: SeenCall, longest: number): SeenCall[] {
  const between: SeenCall[] = []
  for (let at = before.length - 1; at >= 0 && between.length < mostBetween; at--) {
    const one = before[at]
    if (!one || one.began < base.began - longest) break
    if (actorOf(one) !== actorOf(base) && one.ended > base.began) between.unshift(one)
  }
  return between
}

/** Two may mean the same one more (a form sent twice); three who each count up from the same number do not. */
function lostCounts(history: History, between: readonly SeenCall[], read: unknown, last: unknown): string[] {
  const upwards = between.map((one) =>
    countedUp(dataOf(baseOf(history, one)?.call.data ?? null), dataOf(one.call.data)),
  )
  return countedUp(read, last).filter((path) => upwards.filter((paths) => paths.includes(path)).length >= 2)
}

/** What the next read showed: a store that puts both together loses nothing. */
function kept(history: History, by: SeenCall): unknown {
  const next = nextReadAfter(history, by)
  return next && isAlone(history, by, next) ? dataOf(next.call.data) : undefined
}

/** The overwrites by requests that changed nothing, where `resave` is on (it is where it was left out). */
export const resavesIn = (seen: Seen): readonly Overwrite[] =>
  overwritesIn(seen).filter(
    (one) =>
      !one.hasChanged &&
      one.by.exchange &&
      one.lost.exchange &&
      !one.by.isOutside &&
      callOf(one, seen)?.resave !== false,
  )

/** The session() call whose store it was. */
export const callOf = ({ by }: Overwrite, { sessions }: Seen) =>
  sessions.find(({ store }) => store === by.call.store)
