import { IncomingMessage } from 'node:http'
import type { ExchangeFacts } from '../exchange.ts'
import { placeInApp } from './call-place.ts'
import { currentRun, type Run } from './running.ts'

const mostPlaces = 5 // that are kept of one request

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
      if (sessions.length === 0) note(run, facts)
      else if (++run.sessionReads > sessions.length) facts.isMissedAside = true
      return undefined
    },
    set(this: object, value: unknown) {
      Reflect.set(plain, 'session', value, this) // defineProperty takes twice as long, and each request comes by here
    },
  })
}

/** Where nothing is inherited that would stand in the way of an assignment. */
const plain = { session: undefined }

function note({ response }: Run, facts: ExchangeFacts) {
  if (response.headersSent) return
  facts.isMissed = true
  const places = facts.missedAt ?? []
  if (places.length >= mostPlaces) return
  const place = placeInApp(new Error().stack ?? '')
  if (place !== undefined && !places.includes(place)) facts.missedAt = [...places, place]
}
