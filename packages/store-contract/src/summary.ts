import type { Answer, Finding } from './claim.ts'
import { claims } from './claims.ts'

/**
 * Whether `resave: false` is safe with a store: touch extends the row (`yes`), touch does harm besides what it is for
 * (`with-faults`), a session that is only read ends in the middle of its use (`no`), or a row was not seen to end with
 * its cookie, so that nothing has to extend it and it does not show whether touch does (`no-end-seen`).
 */
export type ResaveFalse = 'yes' | 'with-faults' | 'no-end-seen' | 'no' | 'cannot-tell'

/** The contract in one line. */
export interface Summary {
  works: boolean
  resaveFalseIsSafe: ResaveFalse
  expiry: Answer
  persistent: Answer
  /** The ids of the promises that do not hold. */
  faults: readonly string[]
}

/** Without these there is no session at all. */
const essential = ['shape.store', 'shape.session', 'data.set-get', 'data.unknown', 'data.destroy']

/** @param found what the claims came to, by id */
export function summaryOf(found: Readonly<Record<string, Finding>>): Summary {
  const answer = (id: string): Answer => found[id]?.answer ?? 'cannot-tell'
  const faults = claims
    .filter(({ id, kind }) => kind === 'promise' && answer(id) === 'no')
    .map(({ id }) => id)
  return {
    works: essential.every((id) => answer(id) === 'yes'),
    resaveFalseIsSafe: resaveFalse(answer, faults),
    expiry: answer('expiry.row'),
    persistent: answer('process.restart'),
    faults,
  }
}

function resaveFalse(answer: (id: string) => Answer, faults: readonly string[]): ResaveFalse {
  if (answer('shape.session') !== 'yes') return 'cannot-tell'
  if (answer('touch.extends') === 'no') return 'no'
  if (faults.some((id) => id.startsWith('touch.'))) return 'with-faults'
  if (answer('touch.extends') === 'yes') return 'yes'
  if (answer('expiry.row') === 'no') return 'no-end-seen'
  return answer('touch.extends') === 'not-offered' && answer('expiry.row') === 'yes' ? 'no' : 'cannot-tell'
}
