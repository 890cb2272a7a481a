import type { CookieLook, Place } from './cookie-look.ts'
import { asSent, rules } from './cookie-rules.ts'
import { gather } from './evidence.ts'
import { expiryOf } from './expiry.ts'
import type { JarSource } from './jar-source.ts'
import type { RowLook } from './row-events.ts'
import { shelfOf } from './sessions.ts'
import { isThere } from './states.ts'
import type { Story } from './story.ts'

export type { CookieLook, Place }

export interface Look {
  cookie: CookieLook
  row: RowLook
  /** The sid that the row is looked up under; null when there is none. */
  sid: string | null
  /** The store has its rows in this process alone, which has called session() then (ms since the epoch), and lost it. */
  forgotten: { since: number } | null
}

const nothing: CookieLook = {
  state: 'none',
  by: 'inferred',
  name: null,
  value: null,
  count: 0,
  attributes: null,
  expires: undefined,
  refused: null,
  blocked: { refusal: [], request: null },
  isGone: false,
}

/** The session cookie of a browser: what its jar is seen to hold, or else what it should hold by the record. */
export function lookAtCookie(story: Story, place: Place, sources: readonly JarSource[] = []): CookieLook {
  const { client, session, moment } = place
  const { name } = session
  if (name === null) return nothing
  const past = story.steps().filter((step) => step.end <= moment && step.client.key === client)
  const last = past.at(-1)
  if (last?.client.isInspector) return { ...nothing, name, ...asSent(last) }
  const evidence = gather(story, place, name, past, sources)
  const { sights, inferred } = evidence
  const by = sights.length > 0 && !inferred ? 'measured' : 'inferred'
  for (const rule of rules) {
    const known = rule(evidence)
    if (known) return { ...nothing, name, by, ...known }
  }
  return { ...nothing, name, by }
}

/** The row that a cookie leads to, and what the row tells about the cookie. */
export function lookAtPair(story: Story, place: Place, cookie: CookieLook): Look {
  const { server, session, moment } = place
  const sid = cookie.value?.sid ?? null
  const row = story.rows.at(shelfOf(server, session.store), sid ?? '', moment)
  const look = { cookie: completed(cookie, row), row, sid }
  return { ...look, forgotten: forgottenBy(story, place, look) }
}

/** A cookie whose `Set-Cookie` was never recorded: what the row keeps about its cookie tells how long it lasts. */
const completed = (cookie: CookieLook, { data }: RowLook): CookieLook =>
  cookie.state === 'held' && data !== null && expiryOf(data) === null
    ? { ...cookie, state: 'until-close', expires: null }
    : cookie

/**
 * A MemoryStore that has no row for a cookie which is validly signed and was made before its process called session():
 * the process that made it is gone, with all its rows.
 */
function forgottenBy(story: Story, { session }: Place, { cookie, row }: Omit<Look, 'forgotten'>) {
  if (!isThere(cookie.state) || cookie.value?.state !== 'valid' || row.state !== 'none') return null
  const { store, name } = session
  const call = story
    .sessionCalls()
    .find((one) => one.storeName === memory && (store === 0 ? one.name === name : one.store === store))
  const setter = story.steps().find(({ exchange }) => exchange.id === cookie.attributes?.setBy)
  return call && (!setter || setter.end < call.at) ? { since: call.at } : null
}

const memory = 'MemoryStore'
