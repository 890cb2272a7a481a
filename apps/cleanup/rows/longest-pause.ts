/**
 * Does `work` and tells for how long, at most, nobody else got a turn meanwhile, in ms: a timer that wants to run
 * every millisecond has to wait for that long.
 */
export async function longestPause(work: () => unknown): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const looking = setInterval(look, 1)
  try {
    await work()
  } finally {
    clearInterval(looking)
  }
  look()
  return longest
}
