import type { CookieLook } from './cookie-look.ts'
import { type CookieValue, isIgnored } from './cookie-value.ts'
import type { Evidence } from './evidence.ts'
import { isFor, type RefusedCookie } from './jar.ts'
import { isForeignScript } from './origin.ts'
import type { CookieState } from './states.ts'
import type { Step } from './step.ts'

const settling = 300 // ms: a request for the panel may have left the browser before the response arrived there

/** What one kind of evidence says of the cookie; undefined where it says nothing. */
type Rule = (evidence: Evidence) => Partial<CookieLook> | undefined

function stateOf(value: CookieValue, count: number, expires: number | null | undefined): CookieState {
  if (count > 1) return 'doubled'
  if (isIgnored(value)) return 'wrong'
  if (expires === undefined) return 'held'
  return expires === null ? 'until-close' : 'remaining'
}

/** Somebody sees the cookie, or sees that one is missing which should be there. */
const bySight: Rule = ({ sights, inferred, past, moment, named, name, read, blockedOf }) => {
  for (const sight of sights) {
    const { by, values } = sight
    if (inferred && !sight.sees(inferred.path)) continue
    const [raw] = values
    if (raw !== undefined) {
      const attributes = named.find((cookie) => cookie.value === raw) ?? null
      const expires = sight.expires !== undefined ? sight.expires : attributes?.expires
      const [value, count] = [read(raw), values.length]
      const state = stateOf(value, count, expires)
      return { by, state, value, count, attributes, expires, blocked: blockedOf('') }
    }
    const last = past.at(-1)
    if (!inferred || (last && moment - last.end < settling)) continue
    // set, and not there: refused, unless it has once come back
    const value = read(inferred.value)
    if (past.some(({ sent }) => sent.some(({ raw }) => raw === inferred.value)))
      return { by, value, isGone: true }
    const { setBy } = inferred
    const setter = past.find(({ exchange }) => exchange.id === setBy)
    const line = setter?.sessionSet?.line ?? ''
    const reason = setter && isForeignScript(setter.exchange) ? 'no-credentials' : 'unknown'
    const refused: RefusedCookie = { line, name, value: inferred.value, reason, setBy }
    return { by, state: 'refused', value, refused, blocked: blockedOf(line) }
  }
  return undefined
}

/**
 * It was set for a script of another origin, never came back, and a later request came without it: the browser does not
 * keep the cookies of a request without credentials.
 */
const byCredentials: Rule = ({ inferred, all, name, read, blockedOf, hasPassed }) => {
  const setter = inferred && all.find(({ exchange }) => exchange.id === inferred.setBy)
  if (!setter?.sessionSet || !isForeignScript(setter.exchange)) return undefined
  const { value, line } = setter.sessionSet
  if (value !== inferred?.value || hasPassed(setter.end, Number.POSITIVE_INFINITY)) return undefined
  const later = all.filter(({ exchange, isOfSession, session }) => {
    const isDue = isFor(inferred, exchange.client.host, exchange.url.split('?')[0] ?? '/')
    const isPreflight = exchange.method === 'OPTIONS' // never has cookies
    return isOfSession && isDue && !isPreflight && session.name === name && exchange.at >= setter.end
  })
  if (later.length === 0 || later.some(({ sent }) => sent.some(({ raw }) => raw === value))) return undefined
  const refused = { line, name, value, reason: 'no-credentials' as const, setBy: setter.exchange.id }
  return { state: 'refused', value: read(value), refused, blocked: blockedOf(line) }
}

/** It was set, and nothing speaks against its being there. */
const byJar: Rule = ({ inferred, reachable, read }) => {
  if (!inferred) return undefined
  const { expires } = inferred
  const [value, count] = [read(inferred.value), reachable.length || 1]
  return { state: stateOf(value, count, expires), value, count, attributes: inferred, expires }
}

/** It was set last in a way that browsers refuse. */
const byRefusal: Rule = ({ past, name, read, blockedOf }) => {
  const refused = past
    .at(-1)
    ?.jar.refused.findLast(
      (cookie) => cookie.name === name && past.some(({ exchange }) => exchange.id === cookie.setBy),
    )
  return (
    refused && { state: 'refused', value: read(refused.value), refused, blocked: blockedOf(refused.line) }
  )
}

/** It was there until its time was over. */
const byExpiry: Rule = ({ named, moment, read }) => {
  const over = named.findLast(({ expires }) => expires !== null && expires <= moment)
  return over && { state: 'expired', value: read(over.value), attributes: over, expires: over.expires }
}

/** It was there before the record began, and nothing has replaced it. */
const byRequest: Rule = ({ own }) => {
  const sent = own.findLast((step) => step.sent.length > 0)
  const isNewest = sent !== undefined && sent === own.findLast((step) => step.isOfSession)
  return isNewest && !own.some((step) => step.sessionSet) ? asSent(sent) : undefined
}

/** Nobody has seen it since requests passed unrecorded. */
const byPassing: Rule = ({ unrecorded, sights, read }) => {
  if (!unrecorded || sights.length > 0) return undefined
  const { raw } = unrecorded
  return { state: 'unknown', value: raw === undefined ? null : read(raw), expires: undefined }
}

/** There is none now; the last one that there was. */
const byMemory: Rule = ({ own, read }) => {
  const known = own.findLast((step) => step.sid !== null)
  return { value: known?.sessionSet ? read(known.sessionSet.value) : (known?.sent[0] ?? null) }
}

/** In the order in which they count. */
export const rules: readonly Rule[] = [
  bySight,
  byCredentials,
  byJar,
  byRefusal,
  byExpiry,
  byRequest,
  byPassing,
  byMemory,
]

/** The cookie as one request brought it. */
export function asSent({ sent, session: { name } }: Step): Partial<CookieLook> {
  const [value] = sent
  if (!value) return {}
  return { name, value, count: sent.length, state: stateOf(value, sent.length, undefined) }
}
