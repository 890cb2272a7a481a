import { readCookieValue } from '../inspector/model/cookie-value.ts'
import { readSetCookie } from '../inspector/model/set-cookie.ts'
import { epochMs } from './evidence.ts'
import { isExchange, isJarCookie, isRecord, isRow, isSetCookieLine, lineOfParsed } from './shapes.ts'

/** A moment at which a cookie or a row ends, and what the evidence calls it. */
export interface End {
  lane: 'cookie' | 'row'
  label: string
  /** ms since the epoch */
  at: number
  /** The session it belongs to, where the evidence tells. */
  sid?: string
}

/**
 * Every expiry that a proof has seen, in the order seen; the same one of the same lane once. None when they are of
 * several sessions: they would be no pair.
 */
export function findEnds(evidence: readonly { label: string; value: unknown }[]): End[] {
  const ends = evidence.flatMap(({ label, value }) => endsIn(label, value))
  if (new Set(ends.flatMap(({ sid }) => sid ?? [])).size > 1) return []
  return ends.filter(
    (end, index) => ends.findIndex((other) => other.lane === end.lane && other.at === end.at) === index,
  )
}

function endsIn(label: string, value: unknown): End[] {
  if (isSetCookieLine(value)) {
    const { value: cookie, expires } = readSetCookie(value, Number.NaN)
    return end('cookie', label, expires, readCookieValue(cookie).sid)
  }
  if (isRow(value)) return end('row', label, value.expires, value.sid)
  if (isJarCookie(value)) {
    const at = value.expires < 0 ? null : value.expires * 1000
    return end('cookie', label, at, readCookieValue(value.value).sid)
  }
  if (isExchange(value)) return endsIn(label, value.setCookie)
  if (Array.isArray(value)) return value.flatMap((inner) => endsIn(label, inner))
  if (!isRecord(value)) return []
  const parsed = lineOfParsed(value)
  if (parsed !== undefined) return endsIn(label, parsed)
  return Object.entries(value).flatMap(([name, inner]) => {
    const lane = /^(cookie|row)(?![a-z])/.exec(name)?.[1] as End['lane'] | undefined
    if (lane && typeof inner === 'number') return end(lane, name, epochMs(inner) ?? null)
    return typeof inner === 'object' || typeof inner === 'string' ? endsIn(name, inner) : []
  })
}

/** Whatever lies in the past century is a deletion, and no end of a life. */
const end = (lane: End['lane'], label: string, at: number | null | undefined, sid?: string): End[] =>
  at && Number.isFinite(at) && at > Date.parse('2020-01-01')
    ? [{ lane, label, at, ...(sid !== undefined && { sid }) }]
    : []

/** The `originalMaxAge` (ms) that the rows of the evidence agree on; undefined when there is none, or several. */
export function findLifetime(evidence: readonly { value: unknown }[]): number | undefined {
  const text = evidence.map(({ value }) => JSON.stringify(value) ?? '').join('\n')
  const found = new Set([...text.matchAll(/originalMaxAge\\*":(\d+)/g)].map(([, ms]) => Number(ms)))
  const [only] = found
  return found.size === 1 ? only : undefined
}
