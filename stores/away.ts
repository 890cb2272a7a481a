/**
 * Tells in the terminal that a server is away, and that it is back: once each, not with every failed try.
 * @param url where it is; a password in it is not shown
 */
export function tellAway(what: string, url: string) {
  const place = URL.canParse(url) ? new URL(url).host : ''
  let [isAway, isOver] = [false, false]
  return {
    failed(error: unknown) {
      if (isAway || isOver) return
      isAway = true
      const why = reasonOf(error)
      console.warn(
        `${what} (${place}) につながりません: ${why}。その間の要求には503を返します。つながれば自動で続きます。\n` +
          `${what} (${place}) cannot be reached: ${why}. Until it can, requests are answered with 503; then it goes on by itself.`,
      )
    },
    back() {
      if (!isAway) return
      isAway = false
      console.warn(`${what} (${place}) につながりました / can be reached again`)
    },
    /** Nothing is told any more. */
    end() {
      isOver = true
    },
  }
}

/** Several failed tries come as one error without a message. */
export const reasonOf = (error: unknown): string => {
  const { message, errors, code } = error as AggregateError & { code?: string }
  return message || errors?.map((each) => (each as Error).message).join(', ') || code || String(error)
}
