import type { ServerResponse } from 'node:http'
import { headerLines, takeApart } from '#inspector/record'

interface OwnCookie {
  name: string
  /** What has to be repeated to expire it: `Path` and `Domain`, as they were set. */
  scope: string
}

/** Knows which cookies a demo set, so that a reset expires these and no one else's. */
export interface OwnCookies {
  /** Notes the `Set-Cookie` lines of this response when it is finished. */
  watch(res: ServerResponse): void
  /** `Set-Cookie` lines that expire the demo's cookies, given the names that the browser sends: not too many for a head. */
  expiring(sentNames: readonly string[]): string[]
}

const mostKnown = 100 // cookies that are remembered: the newest
const longestAnswer = 7_000 // bytes; of two apps together it still fits the 16 KiB that most programs read of a head

/**
 * @param slug cookies named `<slug>.…` are the demo's own even when another run of the server set them; of any
 *   other name (as `connect.sid`) only those that this run has set
 */
export function createOwnCookies(slug: string): OwnCookies {
  const known = new Map<string, OwnCookie>()
  function note(cookie: OwnCookie) {
    known.delete(keyOf(cookie)) // to become the newest
    known.set(keyOf(cookie), cookie)
    const [oldest] = known.keys()
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  }
  // one function for all responses: this runs with every request
  function noteLines(this: ServerResponse) {
    for (const line of headerLines(this, 'set-cookie')) note(ownCookie(line))
  }
  return {
    watch(res) {
      res.on('finish', noteLines)
    },
    expiring(sentNames) {
      const own = sentNames.filter((name) => name.startsWith(`${slug}.`))
      // what this browser has for sure comes first, then the newest
      const all = [...own.map((name) => ({ name, scope: '; Path=/' })), ...[...known.values()].reverse()]
      const lines = [...new Map(all.map((cookie) => [keyOf(cookie), cookie])).values()].map(
        ({ name, scope }) => `${name}=${scope}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`,
      )
      let bytes = 0
      return lines.filter((line) => {
        bytes += Buffer.byteLength(line)
        return bytes <= longestAnswer
      })
    },
  }
}

const keyOf = ({ name, scope }: OwnCookie) => `${name};${scope}`

function ownCookie(line: string): OwnCookie {
  const { name, attributes } = takeApart(line)
  const scope = attributes.filter(({ key }) => key === 'path' || key === 'domain')
  return { name, scope: scope.map(({ text }) => `; ${text}`).join('') }
}
