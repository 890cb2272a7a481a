import { IncomingMessage } from 'node:http'
import { currentRun } from './running.ts'

/**
 * Notes when `req.session` is read and there is none, because no session() has run yet. Whoever sets it gets the plain
 * property that an assignment makes.
 */
export function watchMissedSession(): void {
  Object.defineProperty(IncomingMessage.prototype, 'session', {
    configurable: true,
    get() {
      const run = currentRun()
      if (run && run.exchange.sessions.length === 0 && run.exchange.facts) run.exchange.facts.isMissed = true
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
