import { type CookieValue, readCookieValue } from './cookie-value.ts'
import { isFor, type JarCookie, type RefusedCookie } from './jar.ts'
import type { JarSource } from './jar-source.ts'
import { expiryInside, type RowLook } from './rows.ts'
import type { Step, Story } from './story.ts'
import type { CookieState } from './verdict.ts'

/** The session cookie of one browser at some moment. */
export interface CookieLook {
  state: CookieState
  /** How it is known whether the cookie is there. */
  by: 'measured' | 'browser' | 'inferred'
  name: string | null
  /** The value that counts; null when there is none and never was. */
  value: CookieValue | null
  /** How many there are under this name. */
  count: number
  /** Its attributes, inferred; null when no `Set-Cookie` of it was recorded. */
  attributes: JarCookie | null
  /** ms since the epoch; null: with the browser; undefined: not known. */
  expires: number | null | undefined
  refused: RefusedCookie | null
  /** What the browser itself says of refusing it, or of leaving it out of a request; where it can be asked. */
  told: { refusal: readonly string[]; withheld: { url: string; reasons: readonly string[] } | null }
  /** Measured to be gone though it has not expired. */
  isGone: boolean
}

export interface Look {
  cookie: CookieLook
  row: RowLook
  /** The sid that the row is looked up under; null when there is none. */
  sid: string | null
  server: string
}

const settling = 300 // ms: a request for the panel may have left the browser before the response arrived there

/** The cookie of a browser and what should be in its jar, at `moment` (ms since the epoch). */
export function lookAtCookie(
  story: Story,
  client: string,
  server: string,
  moment: number,
  secrets: readonly string[],
  sources: readonly JarSource[] = [],
): CookieLook {
  const sights = sources.map((source) => source.look(client, story.cookieName(server) ?? ''))
  const asked = sights.find((sight) => sight?.refusals)
  const toldOf = (line: string) => ({
    refusal: asked?.refusals?.(line) ?? [],
    withheld: asked?.withheld ?? null,
  })
  const past = story.steps().filter((step) => step.end <= moment && step.client.key === client)
  const last = past.at(-1)
  const name = story.cookieName(server)
  const nothing: CookieLook = {
    state: 'none',
    by: 'inferred',
    name,
    value: null,
    count: 0,
    attributes: null,
    expires: undefined,
    refused: null,
    told: { refusal: [], withheld: null },
    isGone: false,
  }
  if (name === null) return nothing
  if (last?.client.isInspector) return ofSent(last, nothing)

  const host = last?.client.host ?? ''
  const named = (last?.jar.cookies ?? []).filter((cookie) => cookie.name === name)
  // the icon may be fetched late: it says nothing of where the visitor is
  const visited = past.findLast(({ isOfSession }) => isOfSession) ?? last
  const path = visited?.exchange.url.split('?')[0] ?? '/'
  const alive = named
    .filter(({ expires }) => expires === null || expires > moment)
    .sort((one, other) => other.path.length - one.path.length)
  const reachable = alive.filter((cookie) => isFor(cookie, host, path))
  const inferred = reachable[0] ?? alive[0]
  const over = named.filter(({ expires }) => expires !== null && expires <= moment).at(-1)
  const refused = last?.jar.refused.findLast((cookie) => cookie.name === name) ?? null
  const read = (raw: string): CookieValue => {
    const value = readCookieValue(raw, secrets)
    return value.state === 'wrong' && isAccepted(past, raw) ? { ...value, state: 'valid' } : value
  }
  const stateOf = (value: CookieValue, count: number, expires: number | null | undefined): CookieState => {
    if (count > 1) return 'doubled'
    if (value.state === 'wrong' || value.state === 'unsigned') return 'wrong'
    return expires === null ? 'until-close' : 'remaining'
  }

  for (const source of sources) {
    const sight = source.look(client, name)
    if (!sight || (inferred && !sight.sees(inferred.path))) continue
    const [raw] = sight.values
    if (raw !== undefined) {
      const value = read(raw)
      const attributes = named.find((cookie) => cookie.value === raw) ?? null
      const expires = sight.expires !== undefined ? sight.expires : attributes?.expires
      const count = sight.values.length
      return {
        ...nothing,
        by: sight.by,
        value,
        count,
        attributes,
        expires,
        state: stateOf(value, count, expires),
        told: toldOf(''),
      }
    }
    if (!inferred || (last && moment - last.end < settling)) continue
    // set, and not there: refused, unless it has once come back
    const hasComeBack = past.some(({ sent }) => sent.some((value) => value.raw === inferred.value))
    const value = read(inferred.value)
    const line = past.find(({ exchange }) => exchange.id === inferred.setBy)?.sessionSet?.line ?? ''
    if (hasComeBack) return { ...nothing, by: sight.by, value, isGone: true }
    return {
      ...nothing,
      by: sight.by,
      value,
      state: 'refused',
      told: toldOf(line),
      refused: { line, name, value: inferred.value, reason: 'unknown', setBy: inferred.setBy },
    }
  }

  const by = sources.some((source) => source.look(client, name)) && !inferred ? 'measured' : 'inferred'
  if (inferred) {
    const value = read(inferred.value)
    const count = reachable.length || 1
    const { expires } = inferred
    return { ...nothing, value, count, attributes: inferred, expires, state: stateOf(value, count, expires) }
  }
  if (refused) {
    const told = toldOf(refused.line)
    return { ...nothing, by, state: 'refused', value: read(refused.value), refused, told }
  }
  if (over) {
    return {
      ...nothing,
      by,
      state: 'expired',
      value: read(over.value),
      attributes: over,
      expires: over.expires,
    }
  }
  const sentLast = past.findLast((step) => step.sent.length > 0 && step.exchange.server === server)
  const wasDeleted = past.some((step) => step.sessionSet)
  if (!wasDeleted && sentLast && sentLast === past.findLast((step) => step.isOfSession)) {
    return { ...ofSent(sentLast, nothing), by } // it was there before the record began, and nothing replaced it
  }
  const known = past.findLast((step) => step.sid !== null && step.exchange.server === server)
  return {
    ...nothing,
    by,
    value: known?.sessionSet ? read(known.sessionSet.value) : (known?.sent[0] ?? null),
  }
}

/** Whether the app set this very value, or took it, and has not refused it since: it may have secrets of its own. */
function isAccepted(past: readonly Step[], raw: string): boolean {
  const isSet = ({ sessionSet }: Step) => sessionSet?.value === raw
  const sentIn = ({ sent }: Step) => sent.find((value) => value.raw === raw)
  const last = past.findLast((step) => step.isOfSession && (isSet(step) || sentIn(step)))
  return last !== undefined && (isSet(last) || sentIn(last)?.state === 'valid')
}

/** The cookie as one request brought it. */
function ofSent(step: Step, nothing: CookieLook): CookieLook {
  const [value] = step.sent
  if (!value) return nothing
  const isWrong = value.state === 'wrong' || value.state === 'unsigned'
  const state = step.sent.length > 1 ? 'doubled' : isWrong ? 'wrong' : 'remaining'
  return { ...nothing, name: step.cookieName, value, count: step.sent.length, state }
}

/** Cookie and row of one browser at some moment, from the record alone. */
export function lookAt(
  story: Story,
  client: string,
  server: string,
  moment: number,
  secrets: readonly string[],
  sources: readonly JarSource[] = [],
): Look {
  const cookie = lookAtCookie(story, client, server, moment, secrets, sources)
  const sid = cookie.value?.sid ?? null
  const row = story.rows.at(server, sid ?? '', moment)
  return { cookie, row, sid, server }
}

/**
 * A cookie whose `Set-Cookie` was never recorded: what the row keeps about its cookie tells how long it lasts.
 * Changes nothing when the attributes are known.
 */
export function completeFromRow({ cookie, row }: Look): CookieLook {
  if (
    cookie.attributes ||
    cookie.expires !== undefined ||
    cookie.state !== 'remaining' ||
    row.data === null
  ) {
    return cookie
  }
  const expires = expiryInside(row.data)
  return expires === null ? { ...cookie, state: 'until-close', expires: null } : cookie
}
