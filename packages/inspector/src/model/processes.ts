import type { ServingProcess } from '../exchange.ts'
import type { Place } from './look.ts'
import type { Story } from './story.ts'

/** What a process made of a cookie: it found the row, or found none, or did not accept the signature. */
export type Outcome = 'found' | 'missing' | 'refused'

export interface ProcessOutcome extends ServingProcess {
  outcome: Outcome
}

const far = 50 // how many steps back it is looked for

/**
 * What each process made of the cookie that this client sends, the last time it got it, by place. Where they differ,
 * they do not have the same rows or the same secrets: what the next request meets depends on who answers it.
 */
export function outcomesOf(story: Story, { client, server, session, moment }: Place): ProcessOutcome[] {
  const steps = story
    .steps()
    .filter(
      (step) =>
        step.end <= moment &&
        step.client.key === client &&
        step.exchange.server === server &&
        step.session.name === session.name &&
        !story.hasPassed(step.end, moment),
    )
  const raw = steps.findLast(({ sent }) => sent.length > 0)?.sent[0]?.raw
  const outcomes = new Map<number, ProcessOutcome>()
  for (const { exchange, sent, sessionSet } of steps.slice(-far)) {
    const process = exchange.processes?.at(-1)
    const outcome = outcomeIn(exchange.debug)
    // a new value: what was made of the one before it is of no interest any more
    if (sessionSet && sessionSet.value !== raw) outcomes.clear()
    else if (process && outcome && sent[0]?.raw === raw) outcomes.set(process.slot, { ...process, outcome })
  }
  return [...outcomes.values()].sort((one, other) => one.slot - other.slot)
}

function outcomeIn(debug: readonly string[]): Outcome | undefined {
  if (debug.includes('session found')) return 'found'
  if (debug.includes('no session found')) return 'missing'
  return debug.includes('cookie signature invalid') ? 'refused' : undefined
}
