import type { Step, Story } from './story.ts'

/** One column of the timeline: an exchange, or the end of a cookie or a row. */
export interface Moment {
  /** `12`; `12c`: the cookie that exchange 12 set has ended; `12r`: the row that it wrote has. */
  id: string
  kind: 'exchange' | 'cookie-ends' | 'row-ends'
  at: number
  client: string
  server: string
  /** The exchange itself, or the one whose cookie or row it is. */
  step: Step
  sid: string | null
}

/** Everything worth a column, in the order of time. */
export function momentsOf(story: Story, now: number): Moment[] {
  const steps = story.steps().filter(({ isOfSession }) => isOfSession)
  const byId = new Map(steps.map((step) => [step.exchange.id, step]))
  const moments: Moment[] = steps.map((step) => ({
    id: String(step.exchange.id),
    kind: 'exchange',
    at: step.end,
    client: step.client.key,
    server: step.exchange.server,
    step,
    sid: step.sid,
  }))
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
    if (isReplaced) continue
    moments.push(ending(step, 'cookie-ends', expires, step.sid))
  }
  for (const { by, at, sid } of story.rows.endings(now)) {
    const step = byId.get(by)
    if (step) moments.push(ending(step, 'row-ends', at, sid))
  }
  return moments.sort((one, other) => one.at - other.at)
}

const ending = (step: Step, kind: 'cookie-ends' | 'row-ends', at: number, sid: string | null): Moment => ({
  id: `${step.exchange.id}${kind === 'cookie-ends' ? 'c' : 'r'}`,
  kind,
  at,
  client: step.client.key,
  server: step.exchange.server,
  step,
  sid,
})
