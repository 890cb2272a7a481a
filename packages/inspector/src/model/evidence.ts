import type { CookieLook, Place } from './cookie-look.ts'
import type { CookieValue } from './cookie-value.ts'
import { isFor, type JarCookie } from './jar.ts'
import type { JarSight, JarSource } from './jar-source.ts'
import type { HasPassed } from './passed.ts'
import type { Step } from './step.ts'
import type { Story } from './story.ts'

/** All that is known of one cookie at some moment. */
export interface Evidence extends Place {
  name: string
  /** This client's exchanges until then, since requests last passed unrecorded: what was before may have changed. */
  past: readonly Step[]
  /** Some have passed, and none of this client was recorded since: the last value that it had before, as on the wire. */
  unrecorded: { raw: string | undefined } | null
  hasPassed: HasPassed
  /** All of this client's exchanges, also later ones. */
  all: readonly Step[]
  /** Of the past ones, those that were in this session. */
  own: readonly Step[]
  /** What those see who can look into the jar, in the order in which they count. */
  sights: readonly JarSight[]
  /** What should be in the jar under this name, also where it has expired. */
  named: readonly JarCookie[]
  /** Of those, what would be sent now; the first one counts. */
  reachable: readonly JarCookie[]
  inferred: JarCookie | undefined
  read(raw: string): CookieValue
  /** What the browser says of a `Set-Cookie` line, and of the cookie's absence. */
  blockedOf(line: string): CookieLook['blocked']
}

/** Gathers the evidence about the cookie `name`. */
export function gather(
  story: Story,
  place: Place,
  name: string,
  whole: readonly Step[],
  sources: readonly JarSource[],
): Evidence {
  const { hasPassed } = story
  const ownIn = (steps: readonly Step[]) =>
    steps.filter(({ exchange, session }) => exchange.server === place.server && session.name === name)
  const past = whole.filter(({ end }) => !hasPassed(end, place.moment))
  const last = past.at(-1)
  const sights = sources.flatMap((source) => source.look(place.client, name) ?? [])
  const known = new Set(past.map(({ exchange }) => exchange.id))
  const named = last?.jar.cookies.filter((cookie) => cookie.name === name && known.has(cookie.setBy)) ?? []
  // the icon may be fetched late: it says nothing of where the visitor is
  const visited = past.findLast(({ isOfSession }) => isOfSession) ?? last
  const path = visited?.exchange.url.split('?')[0] ?? '/'
  const alive = named
    .filter(({ expires }) => expires === null || expires > place.moment)
    .sort((one, other) => other.path.length - one.path.length)
  const reachable = alive.filter((cookie) => isFor(cookie, last?.client.host ?? '', path))
  const inBrowser = sights.find((sight) => sight.refusals)
  return {
    ...place,
    name,
    past,
    unrecorded:
      past.length === 0 && hasPassed(Number.NEGATIVE_INFINITY, place.moment)
        ? { raw: rawOf(ownIn(whole).findLast(({ sid }) => sid !== null)) }
        : null,
    hasPassed,
    all: story.steps().filter((step) => step.client.key === place.client),
    own: ownIn(past),
    sights,
    named,
    reachable,
    inferred: reachable[0] ?? alive[0],
    read(raw) {
      const value = story.read(raw)
      const isOpen = value.state === 'wrong' || value.state === 'unchecked'
      return isOpen && isAccepted(whole, raw) ? { ...value, state: 'valid' } : value
    },
    blockedOf: (line) => ({
      refusal: inBrowser?.refusals?.(line) ?? [],
      request: inBrowser?.withheld ?? null,
    }),
  }
}

/** The value that a browser had after a step, as on the wire. */
const rawOf = (step: Step | undefined) => step?.sessionSet?.value ?? step?.sent[0]?.raw

/** Whether the app set this very value, or took it, and has not refused it since: it may have secrets of its own. */
function isAccepted(past: readonly Step[], raw: string): boolean {
  const isSet = ({ sessionSet }: Step) => sessionSet?.value === raw
  const sentIn = ({ sent }: Step) => sent.find((value) => value.raw === raw)
  const last = past.findLast((step) => step.isOfSession && (isSet(step) || sentIn(step)))
  return last !== undefined && (isSet(last) || sentIn(last)?.state === 'valid')
}
