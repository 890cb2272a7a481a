import type { StoreCall } from '../exchange.ts'
import type { Run } from './running.ts'
import { shortened } from './session-text.ts'

const looks = [50, 1_000, 3_000] as const // ms after the end of the response: what somebody forgot is mostly soon
const patience = 1_000 // ms until a response that is not over is asked for its session
const most = 200 // requests that are followed at a time: a busy app is not slowed down

let followed = 0

/**
 * Looks at the session of a request when it takes long, and again after its response is over: whether it can become
 * JSON, and whether anything was put into it that the store was not given.
 * @returns what is to be called once the response is over; undefined where the request is not followed
 */
export function followSession(run: Run): (() => void) | undefined {
  const { exchange, response } = run
  if (followed >= most) return undefined
  followed++
  const open = later(patience, () => look(run, response.headersSent))
  return () => {
    clearTimeout(open)
    const last = looks.length - 1
    for (const [index, wait] of looks.entries()) {
      later(wait, () => {
        look(run, exchange.end === 'finished' || response.headersSent)
        if (index === last) followed--
      })
    }
  }
}

const later = (ms: number, then: () => void) => setTimeout(then, ms).unref()

function look({ exchange, request, changed }: Run, hasAnswered: boolean) {
  const { facts, calls } = exchange
  const { session } = request as { session?: unknown }
  if (!facts || typeof session !== 'object' || session === null) return
  try {
    const { cookie: _, ...data } = session as Record<string, unknown>
    const now = JSON.stringify(data) ?? ''
    const { unsaved } = facts
    if (hasAnswered && isSaved(now, calls)) delete facts.unsaved
    else if (hasAnswered) facts.unsaved = shortened(now)
    if (facts.unsaved !== unsaved) changed()
  } catch (error) {
    facts.unserialisable = String((error as Error).message ?? error)
    changed()
  }
}

/** Whether it is what was last read or written: nothing was put into it since. */
function isSaved(now: string, calls: readonly StoreCall[]): boolean {
  const last = calls.findLast(({ method, data }) => method !== 'destroy' && data !== null)
  if (!last?.data) return now === '{}'
  if (last.facts && last.facts.size > last.data.length) return true // what was cut cannot be compared
  try {
    const { cookie: _, ...data } = JSON.parse(last.data) as Record<string, unknown>
    return JSON.stringify(data) === now
  } catch {
    return true
  }
}
