import type { Exchange } from '../exchange.ts'
import { type Explained, lineWords, type WhyNoCookie } from '../words.ts'
import { diffSessions } from './diff.ts'

/**
 * What one of express-session's debug lines means; undefined for a line that is not known.
 * `no session found` begins with `no session`: the longest beginning that fits counts.
 */
export const explainLine = (line: string): (Explained & { start: string }) | undefined =>
  lineWords
    .filter(({ start }) => line.startsWith(start))
    .sort((one, other) => other.start.length - one.start.length)[0]

/** Why a response without a session's `Set-Cookie` has none, from the debug lines of its request. */
export function whyNoCookie(exchange: Exchange): WhyNoCookie {
  const { debug, calls, duration } = exchange
  const says = (start: string) => debug.some((line) => explainLine(line)?.start === start)
  if (duration === null) return 'in-flight'
  if (debug.length === 0) return calls.length > 0 ? 'no-lines' : 'before-session'
  if (says('store is disconnected')) return 'disconnected'
  if (says('pathname mismatch')) return 'path'
  if (says('not secured')) return 'not-secured'
  if (says('error ')) return 'store-error'
  if (says('no session')) return 'no-session'
  if (says('session ignored because of bogus req.sessionID')) return 'bogus'
  if (says('set-cookie ')) return 'unknown'
  if (says('session found')) {
    const read = calls.find(({ method }) => method === 'get')?.data ?? null
    const written = calls.findLast(({ method }) => method === 'set')?.data ?? read
    return diffSessions(read, written).changes.length === 0 ? 'kept-unmodified' : 'kept-no-expiry'
  }
  return 'uninitialized'
}
