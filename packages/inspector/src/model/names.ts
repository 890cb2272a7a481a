/** A short name for a session id: the same everywhere, told by number, letters, colour and shape. */
export interface SidName {
  number: number
  /** `#3 Zh4k`; of an exported sid, which is an alias already, `#3`. */
  label: string
  /** 1–8: colour, shape and pattern. */
  tone: number
}

const tones = 8 // each with a colour, a shape and a pattern of its own

/** What an exported record has in place of a sid. */
export const aliasOf = (number: number): string => `sid-${number}`
const numberOf = (sid: string): number | undefined => {
  const digits = /^sid-([1-9]\d{0,5})$/.exec(sid)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Names sids in the order in which they are first asked for. `forget` drops all but those that are still needed. */
export function createNames() {
  const names = new Map<string, SidName>()
  const taken = new Set<number>()
  let newest = 0
  return {
    of(sid: string): SidName {
      const known = names.get(sid)
      if (known) return known
      const own = numberOf(sid) // an alias keeps its number: a record looks the same where it was read in
      const isAlias = own !== undefined && !taken.has(own)
      const number = isAlias ? own : newest + 1
      newest = Math.max(newest, number)
      taken.add(number)
      const start = isAlias ? '' : (/^[\w-]{1,4}/.exec(sid)?.[0] ?? '')
      const tone = ((number - 1) % tones) + 1
      const name = { number, label: `#${number} ${start}`.trim(), tone }
      names.set(sid, name)
      return name
    },
    /** The name that a sid has, if it was asked for before. */
    known: (sid: string): SidName | undefined => names.get(sid),
    /** The highest number that was given so far. */
    newest: () => newest,
    forget(needed: ReadonlySet<string>) {
      for (const [sid, { number }] of names) {
        if (needed.has(sid)) continue
        names.delete(sid)
        taken.delete(number)
      }
    },
    size: () => names.size,
  }
}

export type Names = ReturnType<typeof createNames>
