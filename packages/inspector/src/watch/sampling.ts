import type { IncomingMessage } from 'node:http'

/** How much is recorded where more comes than anybody reads. */
export interface Rate {
  /** So many requests at once are recorded whole. */
  burst: number
  /** Where they go on coming, so many a second. */
  perSecond: number
  /** Once some have passed, recording goes on with so many in a row: what belongs together lies side by side. */
  inARow: number
}

/*
 * A person opens a few pages a second, a page with all its files takes a hundred requests, and a suite of tests comes in
 * bursts: all of that is recorded whole. Of the CPU of a counter that serves some 4,000 a second 3 % are the inspector's
 * then, by a profile; with each one recorded 8 %, and garbage takes more, too.
 */
export const usual: Rate = { burst: 1_000, perSecond: 100, inARow: 50 }

/** A token bucket: whether what comes at `now` (ms, of a clock that does not go back) is recorded. */
export function createBucket({ burst, perSecond, inARow }: Rate): (now: number) => boolean {
  let tokens = burst
  let last = 0
  let isPassing = false
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - last) * perSecond) / 1000)
    last = now
    if (tokens < (isPassing ? inARow : 1)) {
      isPassing = true
      return false
    }
    isPassing = false
    tokens--
    return true
  }
}

/**
 * Whether a request is recorded. What browsers send (they alone say `Sec-Fetch-Site`) has a measure of its own: whoever
 * looks at the app while a load test runs sees all that his own browser does.
 */
export function createSampler(rate: Rate = usual): (request: IncomingMessage) => boolean {
  const [browsers, others] = [createBucket(rate), createBucket(rate)]
  return ({ headers }) => (headers['sec-fetch-site'] === undefined ? others : browsers)(performance.now())
}
