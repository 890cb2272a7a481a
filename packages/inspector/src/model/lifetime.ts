import type { Look } from './look.ts'

const unknown = 30 // seconds

/**
 * What both countdowns are drawn against: the lifetime that the session was given (`cookie.originalMaxAge` in its row),
 * or the longer time left where that is not known.
 * @param moment ms since the epoch
 * @returns seconds
 */
export function lifetimeOf(look: Look | null, moment: number): number {
  const given = givenIn(look?.row.data ?? null)
  if (given !== undefined) return given / 1000
  const ends = [look?.cookie.expires, look?.row.expires].filter((end) => typeof end === 'number')
  const left = Math.max(0, ...ends.map((end) => end - moment)) / 1000
  return left > 0 ? left : unknown
}

function givenIn(data: string | null): number | undefined {
  if (data === null) return undefined
  try {
    const session: { cookie?: { originalMaxAge?: unknown } } | null = JSON.parse(data)
    const given = session?.cookie?.originalMaxAge
    return typeof given === 'number' && given > 0 ? given : undefined
  } catch {
    return undefined
  }
}
