import { setTimeout as pause } from 'node:timers/promises'

/** How long a process may leave a request unanswered, in ms. */
export interface Limits {
  /** Then it is asked whether it is there: an app may take its time. */
  silence: number
  /** Where it does not say so within this, it hangs: its event loop has stopped. */
  grace: number
}

/** A request has to be answered within 2 s whatever the store does, and a busy machine has several of that. */
export const usualLimits: Limits = { silence: 6_000, grace: 2_000 }

/**
 * Looks after a process that has been given a request, until the function that is returned is called.
 * @param ask asks the process for any answer; where it hangs, none comes
 * @param onHang is called once at most
 */
export function watchForHang(
  { silence, grace }: Limits,
  ask: () => Promise<unknown>,
  onHang: () => void,
): () => void {
  let isOver = false
  let timer = setTimeout(look, silence)

  async function look() {
    const isAlive = await Promise.race([ask().then(() => true), pause(grace, false, { ref: false })])
    if (isOver) return
    if (isAlive) timer = setTimeout(look, silence)
    else onHang()
  }

  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
