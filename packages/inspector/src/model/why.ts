import type { Exchange, StoreCall } from '../exchange.ts'
import { changesIn, diffSessions } from './diff.ts'
import { expiryOf } from './expiry.ts'

/** express-session's debug lines, each by what it begins with. */
export const debugLines = [
  'no SID sent, generating session',
  'fetching ',
  'session found',
  'no session found',
  'cookie signature invalid',
  'cookie unsigned',
  'saving ',
  'reloading ',
  'touching',
  'touched',
  'destroying',
  'destroyed',
  'no session',
  'not secured',
  'pathname mismatch',
  'store is disconnected',
  'error ',
  'split response',
  'session ignored because of bogus req.sessionID',
  'set-cookie ',
] as const
export type DebugLine = (typeof debugLines)[number]

export type WhyNoCookie =
  | 'in-flight'
  | 'before-session'
  | 'disconnected'
  | 'path'
  | 'not-secured'
  | 'store-error'
  | 'no-session'
  | 'bogus'
  | 'never-answered'
  | 'cut-off'
  | 'head-sent'
  | 'not-serialised'
  | 'kept-no-expiry'
  | 'kept-unmodified'
  | 'uninitialized'
  | 'loaded-before'
  | 'no-lines'
  | 'unknown'

// `no session found` begins with `no session`: the longest beginning that fits counts
const longestFirst = [...debugLines].sort((one, other) => other.length - one.length)

/** Which of express-session's debug lines this is; undefined for one that is not known. */
export const debugLineOf = (line: string): DebugLine | undefined =>
  longestFirst.find((start) => line.startsWith(start))

/**
 * Why a response without a session's `Set-Cookie` has none, from the debug lines of its request and its calls. `isMute`:
 * the lines are not being recorded, so that none says nothing. `isLate`: nor is anything else of a copy of
 * express-session, which was loaded first.
 */
export function whyNoCookie(exchange: Exchange, isMute = false, isLate = false): WhyNoCookie {
  const { debug, calls, sessions, duration, end, headAt } = exchange
  const lines = new Set(debug.map(debugLineOf))
  const says = (line: DebugLine) => lines.has(line)
  if (duration === null) return 'in-flight'
  if (end === 'cut' && headAt === null) return 'never-answered'
  if (debug.length === 0 && sessions.length === 0 && isLate) return 'loaded-before'
  if (debug.length === 0) return isMute || calls.length + sessions.length > 0 ? 'no-lines' : 'before-session'
  // where one session() stepped aside, another may have acted
  const hasActed = acting.some(says)
  const told = outrightReasons.find(([line]) => says(line) && !(hasActed && aside.includes(line)))
  if (told) return told[1]
  if (says('set-cookie ')) return 'unknown'
  const writing = calls.find(({ method }) => method === 'set')
  if (writing) return whyNotWith(writing, exchange, says('session found'))
  if (end === 'cut' && !says('touching')) return 'cut-off'
  const isRenewed = calls.some(({ method }) => method === 'destroy')
  return says('session found') && !isRenewed ? 'kept-unmodified' : 'uninitialized'
}

/** What session() says when it steps aside, and what it begins with when it acts. */
const aside: readonly DebugLine[] = ['store is disconnected', 'pathname mismatch']
const acting: readonly DebugLine[] = ['no SID sent, generating session', 'fetching ']

/** The lines that are a reason, in the order in which they count. */
const outrightReasons: readonly (readonly [DebugLine, WhyNoCookie])[] = [
  ['store is disconnected', 'disconnected'],
  ['pathname mismatch', 'path'],
  ['not secured', 'not-secured'],
  ['error ', 'store-error'],
  ['no session', 'no-session'],
  ['session ignored because of bogus req.sessionID', 'bogus'],
]

/** Why there is none though the session was written. */
function whyNotWith(writing: StoreCall, exchange: Exchange, wasFound: boolean): WhyNoCookie {
  const isSame = exchange.calls.some(({ method, sid }) => method === 'get' && sid === writing.sid)
  if (wasFound && isSame) {
    if (changesIn(exchange).changes.length === 0) return 'kept-unmodified'
    if (expiryOf(writing.data ?? '') === null) return 'kept-no-expiry'
  }
  const { headAt, processes, sessions } = exchange
  // what another process told: its head left earlier than the one that was seen; and a session that holds nothing may
  // have been saved by hand
  const isElsewhere = processes !== undefined && sessions.length === 0
  if (headAt === null || isElsewhere || diffSessions(null, writing.data).changes.length === 0)
    return 'unknown'
  return headAt <= writing.at ? 'head-sent' : 'not-serialised'
}
