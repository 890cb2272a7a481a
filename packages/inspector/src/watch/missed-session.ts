import { IncomingMessage } from 'node:http'
import type { ExchangeFacts } from '../exchange.ts'
import { placeInApp } from './call-place.ts'
import { currentRun, type Run } from './running.ts'

const mostPlaces = 5 // that are kept of one request

/** How often it was read of a request since its first session(). */
const readsOf = new WeakMap<Run, number>()

/**
 * Notes when `req.session` is read and there is none, because no session() has run yet, or because it stepped aside.
 * Each session() itself reads it once. Whoever sets it gets the plain property that an assignment makes.
 */
export function watchMissedSession(): void {
  Object.defineProperty(IncomingMessage.prototype, 'session', {
    configurable: true,
    get() {
      const run = currentRun()
      const { sessions, facts } = run?.exchange ?? {}
      if (!run || !sessions || !facts) return undefined
      const reads = (readsOf.get(run) ?? 0) + 1
      if (sessions.length === 0) note(run, facts)
      else if (reads > sessions.length) facts.isMissedAside = true
      if (sessions.length > 0) readsOf.set(run, reads)
      return undefined
    },
    set(this: object, value: unknown) {
      assigned.value = value
      Object.defineProperty(this, 'session', assigned)
      assigned.value = undefined
    },
  })
}

/** What an assignment makes. One for all: each request comes by here. */
const assigned = { value: undefined as unknown, writable: true, enumerable: true, configurable: true }

function note({ response }: Run, facts: ExchangeFacts) {
  if (response.headersSent) return
  facts.isMissed = true
  const places = facts.missedAt ?? []
  if (places.length >= mostPlaces) return
  const place = placeInApp(new Error().stack ?? '')
  if (place !== undefined && !places.includes(place)) facts.missedAt = [...places, place]
}
