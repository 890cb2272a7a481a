import { readCookieValue, readSetCookie } from '#inspector'
import type { Evidence, SeenCookie, SeenRow } from '../results/evidence.ts'
import { lifetimeIn } from './session-data.ts'

/** A moment at which a cookie or a row ends. */
export interface End {
  lane: 'cookie' | 'row'
  /** ms since the epoch */
  at: number
  /** The session it belongs to. */
  sid: string
}

/**
 * Every expiry that a proof has seen, in the order seen; the same one of the same lane once. None when they are of
 * several sessions: they would be no pair.
 */
export function findEnds(seen: readonly Evidence[]): End[] {
  const ends = seen.flatMap(endsIn)
  if (new Set(ends.map(({ sid }) => sid)).size > 1) return []
  return ends.filter(
    (end, index) => ends.findIndex((other) => other.lane === end.lane && other.at === end.at) === index,
  )
}

function endsIn({ kind, value }: Evidence): End[] {
  switch (kind) {
    case 'exchange':
      return value.flatMap((exchange) => exchange?.setCookie.flatMap(endOfLine) ?? [])
    case 'setCookie':
      return value.flatMap((line) => (line === null ? [] : endOfLine(line)))
    case 'cookie':
      return value.flatMap((cookie) => (cookie === null ? [] : endOfCookie(cookie)))
    case 'row':
      return value.flatMap((row) => (row === null ? [] : endOfRow(row)))
    case 'calls':
    case 'json':
      return []
  }
}

function endOfLine(line: string): End[] {
  const { value, expires } = readSetCookie(line, Number.NaN)
  return end('cookie', expires, readCookieValue(value).sid)
}

const endOfCookie = ({ value, expires }: SeenCookie) =>
  end('cookie', expires < 0 ? null : expires * 1000, readCookieValue(value).sid)

const endOfRow = ({ expires, sid }: SeenRow) => end('row', expires, sid)

/** Whatever lies in the past century is a deletion, and no end of a life. */
const end = (lane: End['lane'], at: number | null, sid: string): End[] =>
  at !== null && Number.isFinite(at) && at > Date.parse('2020-01-01') ? [{ lane, at, sid }] : []

/** The `originalMaxAge` (ms) that the sessions of the evidence agree on; undefined when there is none, or several. */
export function findLifetime(seen: readonly Evidence[]): number | undefined {
  const found = new Set(seen.flatMap(sessionsIn).flatMap((data) => lifetimeIn(data) ?? []))
  const [only] = found
  return found.size === 1 ? only : undefined
}

/** The sessions, as JSON text, that a piece of evidence holds. */
function sessionsIn({ kind, value }: Evidence): string[] {
  switch (kind) {
    case 'exchange':
      return value.flatMap((exchange) => exchange?.calls.flatMap(({ data }) => data ?? []) ?? [])
    case 'calls':
    case 'row':
      return value.flatMap((each) => each?.data ?? [])
    case 'setCookie':
    case 'cookie':
    case 'json':
      return []
  }
}
