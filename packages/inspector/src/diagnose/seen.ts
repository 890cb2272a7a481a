import type { Exchange, ExchangeFacts, SessionCall, StoreCall } from '../exchange.ts'
import type { Step } from '../model/step.ts'
import { createStory } from '../model/story.ts'
import type { Recording } from '../recorder.ts'

/** A finished exchange with what follows from it, and the session() call that acted. */
export interface SeenStep extends Step {
  facts: ExchangeFacts
  /** undefined where no session() call acted, or it was not seen. */
  sessionCall: SessionCall | undefined
}

/** All that a diagnosis may ask. */
export interface Seen {
  /** Finished exchanges in the order in which they finished; those of the inspector itself are left out. */
  steps: readonly SeenStep[]
  /** Exchanges that are not over. */
  open: readonly Exchange[]
  /** Calls on a store outside of any exchange; `at` is ms since the epoch. */
  outside: readonly StoreCall[]
  /** The session() calls. */
  sessions: readonly SessionCall[]
  /** ms since the epoch */
  now: number
}

/** Follows a record, and gives what a diagnosis may ask of it as it stands. */
export function createSight(record: Pick<Recording, 'exchanges' | 'outside' | 'sessions'>) {
  const story = createStory({ secrets: [] })
  return (now = Date.now()): Seen => {
    const exchanges = record.exchanges()
    const sessions = record.sessions()
    const outside = record.outside()
    story.follow(exchanges, { outside, sessions })
    const steps = story
      .steps()
      .filter(({ exchange }) => exchange.sentBy === 'browser' && exchange.facts)
      .map((step) => ({
        ...step,
        facts: step.exchange.facts as ExchangeFacts,
        sessionCall: actingCall(step, sessions),
      }))
    const open = exchanges.filter(({ duration, sentBy }) => duration === null && sentBy === 'browser')
    return { steps, open, outside, sessions, now }
  }
}

/** The session() call that acted in a step: the one with its store and its cookie's name. */
function actingCall({ exchange, session }: Step, sessions: readonly SessionCall[]): SessionCall | undefined {
  const pid = exchange.processes?.at(-1)?.pid
  const reached = exchange.sessions.flatMap(
    (number) => sessions.find((one) => one.number === number && (pid ?? one.pid) === one.pid) ?? [],
  )
  return reached.find(({ name, store }) => name === session.name && store === session.store) ?? reached[0]
}
