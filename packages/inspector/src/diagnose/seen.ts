import type { Exchange, ExchangeFacts, SessionCall, StoreCall } from '../exchange.ts'
import type { HasPassed } from '../model/passed.ts'
import { reachedCalls } from '../model/sessions.ts'
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
  /**
   * Whether requests passed unrecorded between two moments (ms since the epoch). What was not seen proves nothing then:
   * it may have been in one of those.
   */
  hasPassed: HasPassed
  /** ms since the epoch */
  now: number
}

/** Whether all that came from one moment to another is in the record: only then what is not there has not happened. */
export const sawAll = (
  { hasPassed, now }: Pick<Seen, 'hasPassed' | 'now'>,
  from: number,
  to = now,
): boolean => !hasPassed(from, to)

/** The same for the whole record: what it has forgotten is asked for by nobody. */
export const sawAllOfRecord = (seen: Seen): boolean =>
  sawAll(seen, seen.steps[0]?.exchange.at ?? Number.NEGATIVE_INFINITY)

/** What is looked at of a record. */
export type Diagnosed = Pick<Recording, 'exchanges' | 'outside' | 'sessions' | 'passed'>

/** Follows a record, and gives what a diagnosis may ask of it as it stands. */
export function createSight(record: Diagnosed) {
  const story = createStory({ secrets: [] })
  return (now = Date.now()): Seen => {
    const exchanges = record.exchanges()
    const sessions = record.sessions()
    const outside = record.outside()
    story.follow(exchanges, { outside, sessions, passed: record.passed?.() ?? [] })
    const steps = story
      .steps()
      .filter(({ exchange }) => exchange.sentBy === 'browser' && exchange.facts)
      .map((step) => ({
        ...step,
        facts: step.exchange.facts as ExchangeFacts,
        sessionCall: actingCall(step, sessions),
      }))
    const open = exchanges.filter(({ duration, sentBy }) => duration === null && sentBy === 'browser')
    return { steps, open, outside, sessions, hasPassed: story.hasPassed, now }
  }
}

/** The session() call that acted in a step: the one with its store and its cookie's name. */
function actingCall({ exchange, session }: Step, sessions: readonly SessionCall[]): SessionCall | undefined {
  const reached = reachedCalls(exchange, sessions)
  return reached.find(({ name, store }) => name === session.name && store === session.store) ?? reached[0]
}
