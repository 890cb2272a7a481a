import type { HasPassed } from './passed.ts'
import type { Step } from './step.ts'

const longest = 2_000 // ms between a redirect and what it leads to
const most = 5

/**
 * What the visitor did, as the exchanges that it took: a step, and before it the redirects that led there, oldest
 * first.
 */
export function actionOf(
  steps: readonly Step[],
  step: Step,
  hasPassed: HasPassed = () => false,
): readonly Step[] {
  const action = [step]
  for (let first = step; action.length < most; ) {
    // what passed unrecorded in between may be what it led to
    const before = steps.findLast((one) => leadsTo(one, first) && !hasPassed(one.end, first.exchange.at))
    if (!before) break
    action.unshift(before)
    first = before
  }
  return action
}

function leadsTo({ exchange, client, end }: Step, next: Step): boolean {
  const { status, location, server } = exchange
  if (client !== next.client || server !== next.exchange.server || exchange.id >= next.exchange.id)
    return false
  if (status === null || status < 300 || status > 399 || location === null) return false
  const gap = next.exchange.at - end
  if (gap > longest) return false
  try {
    const target = new URL(location, new URL(exchange.url, 'http://here'))
    return `${target.pathname}${target.search}` === next.exchange.url && next.exchange.method === 'GET'
  } catch {
    return false
  }
}
