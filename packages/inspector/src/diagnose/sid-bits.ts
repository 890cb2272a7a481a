import { createHash } from 'node:crypto'

/** Bits of one character, by what the whole looks like. */
function bitsOfChar(sid: string): number {
  if (/^\d+$/.test(sid)) return Math.log2(10)
  if (/^[\da-f-]+$/i.test(sid)) return 4
  if (/^[\da-z]+$/.test(sid) || /^[\dA-Z]+$/.test(sid)) return Math.log2(36)
  return 6
}

const isTime = (digits: string): boolean => {
  const value = Number(digits)
  const years = (seconds: number) => seconds > 1_400_000_000 && seconds < 2_500_000_000
  return years(value) || years(value / 1_000) || years(value / 1_000_000)
}

/** How many bits of an id can be random at most: what is known, and what is a time, counts for nothing. */
export function bitsOf(sid: string, known: readonly string[] = []): number {
  let rest = sid
  for (const text of known) {
    const at = rest.toLowerCase().indexOf(text.toLowerCase())
    if (at >= 0) rest = rest.slice(0, at) + rest.slice(at + text.length)
  }
  rest = rest.replace(/(?<!\d)\d{10,16}(?!\d)/g, (digits) => (isTime(digits) ? '' : digits))
  const runs = rest.replace(/^[a-z]+[-_.:](?=.{12})/i, '') // a prefix such as `sess_`
  return bitsOfChar(runs) * runs.replace(/[-_.:]/g, '').length
}

/** How many bits differ between several ids. */
export function bitsOfAll(sids: readonly string[]): number {
  const length = Math.max(...sids.map((sid) => sid.length))
  let differing = 0
  for (let at = 0; at < length; at++) if (new Set(sids.map((sid) => sid[at])).size > 1) differing++
  return differing * bitsOfChar(sids.join(''))
}

const algorithms = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const
const mostCounted = 200
const remembered = new Map<string, string | undefined>()

/** What of it an id is the hash of: one of the known texts, or a small number; undefined: of nothing that was tried. */
export function hashedFrom(sid: string, known: readonly string[]): string | undefined {
  const algorithm = algorithms[sid.length as keyof typeof algorithms]
  if (!algorithm || !/^[\da-f]+$/i.test(sid)) return undefined
  const key = [sid, ...known].join('\n')
  if (remembered.has(key)) return remembered.get(key)
  const tried = [...known, ...Array.from({ length: mostCounted }, (_, number) => String(number))]
  const source = tried.find((text) => createHash(algorithm).update(text).digest('hex') === sid.toLowerCase())
  if (remembered.size > 1_000) remembered.clear()
  remembered.set(key, source)
  return source
}
