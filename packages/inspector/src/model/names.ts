/** A short name for a session id: the same everywhere, told by number, letters, colour and shape. */
export interface SidName {
  number: number
  /** `#3 Zh4k` */
  label: string
  /** 1–8: the class `sid-3` gives colour and pattern. */
  tone: number
  shape: string
}

const shapes = ['●', '■', '▲', '◆', '★', '▼', '✚', '⬟'] as const

/** Names sids in the order in which they are first asked for. `forget` drops all but those that are still needed. */
export function createNames() {
  const names = new Map<string, SidName>()
  let count = 0
  return {
    of(sid: string): SidName {
      const known = names.get(sid)
      if (known) return known
      const number = ++count
      const tone = ((number - 1) % shapes.length) + 1
      const start = /^[\w-]{1,4}/.exec(sid)?.[0] ?? ''
      const name = { number, label: `#${number} ${start}`.trim(), tone, shape: shapes[tone - 1] ?? '●' }
      names.set(sid, name)
      return name
    },
    forget(needed: ReadonlySet<string>) {
      for (const sid of names.keys()) if (!needed.has(sid)) names.delete(sid)
    },
    size: () => names.size,
  }
}

export type Names = ReturnType<typeof createNames>
