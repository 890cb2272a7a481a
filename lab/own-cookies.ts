import type { ServerResponse } from 'node:http'

interface OwnCookie {
  name: string
  /** What has to be repeated to expire it: `Path` and `Domain`, as they were set. */
  scope: string
}

/** Knows which cookies a demo set, so that a reset expires these and no one else's. */
export interface OwnCookies {
  /** Notes the `Set-Cookie` lines of this response when it is finished. */
  watch(res: ServerResponse): void
  /** `Set-Cookie` lines that expire the demo's cookies, given the names that the browser sends. */
  expiring(sentNames: readonly string[]): string[]
}

/**
 * @param slug cookies named `<slug>.…` are the demo's own even when another run of the server set them; of any
 *   other name (as `connect.sid`) only those that this run has set
 */
export function createOwnCookies(slug: string): OwnCookies {
  const known = new Map<string, OwnCookie>()
  const note = (cookie: OwnCookie) => known.set(`${cookie.name};${cookie.scope}`, cookie)
  // one function for all responses: this runs with every request
  function noteLines(this: ServerResponse) {
    for (const line of setCookieLines(this)) note(parse(line))
  }
  return {
    watch(res) {
      res.on('finish', noteLines)
    },
    expiring(sentNames) {
      for (const name of sentNames) if (name.startsWith(`${slug}.`)) note({ name, scope: '; Path=/' })
      return [...known.values()].map(
        ({ name, scope }) => `${name}=${scope}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`,
      )
    },
  }
}

/** The `Set-Cookie` lines of a response, in their order. */
export function setCookieLines(res: ServerResponse): string[] {
  const value = res.getHeader('set-cookie')
  return value === undefined ? [] : Array.isArray(value) ? value : [String(value)]
}

function parse(line: string): OwnCookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const scope = attributes.filter((attribute) => /^(path|domain)=/i.test(attribute))
  return {
    name: pair.slice(0, pair.indexOf('=')),
    scope: scope.map((attribute) => `; ${attribute}`).join(''),
  }
}
