import type { PeekedRow } from './model/rows.ts'

/** Looks at one row from the side, without touching, extending or deleting it. */
export type Peek = (sid: string) => Promise<PeekedRow | undefined>

/** A look at a row of a store that may be one of those that nobody can look into: null then. */
export type LookAtRow = (sid: string) => Promise<PeekedRow | undefined | null>

/**
 * What a look showed: the row, undefined where there is none, null where nobody can look; and when it began (ms since
 * the epoch).
 */
export interface Sight {
  row: PeekedRow | undefined | null
  at: number
}

/**
 * Looks at a row, for `limit` ms at most. Gives null where the store fails or has not answered by then: what lies there
 * is not known. Whoever asks for a row that is being looked at shares that look, so that nothing piles up behind a
 * store that does not answer; only once it has, it is asked again.
 */
export function createLooks(limit: number) {
  const underWay = new Map<string, Promise<Sight | null>>()

  return (key: string, now: number, peek: () => ReturnType<LookAtRow>): Promise<Sight | null> => {
    const known = underWay.get(key)
    if (known) return known
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, limit, null)
    })
    const seen = peek()
      .then(
        (row) => ({ row, at: now }),
        () => null, // the calls of the requests tell why
      )
      .finally(() => {
        clearTimeout(timer)
        underWay.delete(key)
      })
    const sight = Promise.race([seen, late])
    underWay.set(key, sight)
    return sight
  }
}
