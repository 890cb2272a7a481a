import type { Passed, StoreCall } from '../exchange.ts'
import type { ClientId } from './client.ts'
import type { Shelf } from './rows.ts'
import { shelfOf } from './sessions.ts'
import { ofSession, type Step } from './step.ts'
import type { Story } from './story.ts'
import type { OutsideCall } from './taken-calls.ts'

/** One column of the timeline: an exchange, a call outside of any, or the end of a cookie or a row. */
export interface Moment {
  /**
   * `12`; `12c`: the cookie that exchange 12 set has ended; `12r`: the row that it wrote has; `3o`: outside, the 3rd;
   * `4p`: requests that passed unrecorded, for the 4th time.
   */
  id: string
  kind: 'exchange' | 'outside' | 'cookie-ends' | 'row-ends' | 'passed'
  at: number
  client: ClientId
  server: string
  /** The exchange itself, the one whose cookie or row it is, or the last one before. */
  step: Step
  sid: string | null
  shelf: Shelf
  calls: readonly StoreCall[]
  /** How many requests passed unrecorded. */
  count?: number
}

/** Everything worth a column, in the order of time. */
export function momentsOf(story: Story, now: number): Moment[] {
  const steps = ofSession(story.steps())
  const byId = new Map(steps.map((step) => [step.exchange.id, step]))
  const moments: Moment[] = steps.map(momentOf)
  for (const [index, step] of steps.entries()) {
    const set = step.sessionSet
    if (!set || set.expires === null || set.expires > now || set.expires <= step.end) continue
    if (!step.jar.cookies.some(({ setBy, name }) => setBy === step.exchange.id && name === set.name)) continue
    const { expires } = set
    const isReplaced = steps
      .slice(index + 1)
      .some(
        (later) =>
          later.client === step.client &&
          later.end < expires &&
          !later.jar.cookies.some(({ setBy, name }) => setBy === step.exchange.id && name === set.name),
      )
    if (isReplaced || story.hasPassed(step.end, expires)) continue
    moments.push(ending(step, 'cookie-ends', expires, step.sid))
  }
  for (const { by, at, sid } of story.rows.endings(now)) {
    const step = byId.get(by)
    if (step) moments.push(ending(step, 'row-ends', at, sid))
  }
  for (const one of story.passed()) moments.push(...passedMoment(one, steps))
  for (const call of story.outside()) moments.push(...outsideMoment(call, steps, story))
  return moments.sort((one, other) => one.at - other.at)
}

/** The moment after an exchange. */
export const momentOf = (step: Step): Moment => ({
  id: String(step.exchange.id),
  kind: 'exchange',
  at: step.end,
  client: step.client.key,
  server: step.exchange.server,
  step,
  sid: step.sid,
  shelf: step.shelf,
  calls: step.exchange.calls,
})

/** The moment after a call outside of any exchange; it is told with the last exchange that had this sid, if any had. */
function outsideMoment({ number, call }: OutsideCall, steps: readonly Step[], story: Story): Moment[] {
  const { sid, at, duration } = call
  const had = ({ exchange, sid: own }: Step) => own === sid || exchange.calls.some((one) => one.sid === sid)
  const earlier = steps.filter(({ end }) => end <= at)
  const step = earlier.findLast(had) ?? steps.findLast(had) ?? earlier.at(-1) ?? steps.at(-1)
  if (!step) return []
  const { server } = step.exchange
  const shelf = shelfOf(server, story.storeIn(server, call.store))
  const ended = at + (duration ?? 0)
  return [{ ...momentOf(step), id: `${number}o`, kind: 'outside', at: ended, sid, shelf, calls: [call] }]
}

/** The moment after requests that passed unrecorded; it is told with the last exchange before. */
function passedMoment({ number, count, to }: Passed, steps: readonly Step[]): Moment[] {
  const step = steps.findLast(({ end }) => end <= to) ?? steps[0]
  if (!step || count === 0) return []
  return [{ ...momentOf(step), id: `${number}p`, kind: 'passed', at: to, sid: null, calls: [], count }]
}

const ending = (step: Step, kind: 'cookie-ends' | 'row-ends', at: number, sid: string | null): Moment => ({
  ...momentOf(step),
  id: `${step.exchange.id}${kind === 'cookie-ends' ? 'c' : 'r'}`,
  kind,
  at,
  sid,
  calls: [],
})
