import { shown, withoutAddress } from './shown.ts'

/**
 * Prints that a server is away, and that it is back: once each, not with every failed try.
 * @param url where it is; a password in it is not shown
 */
export function tellAway(what: string, url: string) {
  const address = shown(url)
  let [isAway, isOver] = [false, false]
  return {
    failed(error: unknown) {
      if (isAway || isOver) return
      isAway = true
      const why = reasonOf(error)
      console.warn(
        `${what} (${address}) につながりません: ${why}。その間のリクエストには503を返します。つながれば自動で続きます。\n` +
          `${what} (${address}) cannot be reached: ${why}. Until it can, requests are answered with 503; then it goes on by itself.`,
      )
    },
    back() {
      if (!isAway) return
      isAway = false
      console.warn(`${what} (${address}) につながりました / can be reached again`)
    },
    /** Prints nothing any more. */
    end() {
      isOver = true
    },
  }
}

/** Several failed tries come as one error without a message. */
export const reasonOf = (error: unknown): string => {
  const { message, errors, code } = error as AggregateError & { code?: string }
  return withoutAddress(
    message || errors?.map((each) => (each as Error).message).join(', ') || code || String(error),
  )
}
