import { IncomingMessage } from 'node:http'
import type { ExchangeFacts } from '../exchange.ts'
import { placeInApp } from './call-place.ts'
import { currentRun, type Run } from './running.ts'

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
      if (sessions.length > 0) {
        const reads = (readsOf.get(run) ?? 0) + 1
        if (reads > sessions.length) facts.isMissedAside = true
        readsOf.set(run, reads)
      } else if (!run.response.headersSent) note(facts)
      return undefined
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, 'session', {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    },
  })
}

function note(facts: ExchangeFacts) {
  if (facts.isMissed) return
  facts.isMissed = true
  const place = placeInApp(new Error().stack ?? '')
  if (place !== undefined) facts.missedAt = place
}
