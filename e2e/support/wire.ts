import { sign } from 'cookie-signature'

/** A `Set-Cookie` line taken apart. Attribute names as they stand on the wire; one without a value is `true`. */
export interface SetCookie {
  name: string
  value: string
  attributes: Record<string, string | true>
}

export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...rest] = line.split('; ')
  const split = pair.indexOf('=')
  const attributes = Object.fromEntries(
    rest.map((attribute) => {
      const at = attribute.indexOf('=')
      return at < 0 ? [attribute, true as const] : [attribute.slice(0, at), attribute.slice(at + 1)]
    }),
  )
  return { name: pair.slice(0, split), value: pair.slice(split + 1), attributes }
}

/** The session id in the value of a session cookie, as in a header or in the jar: `s:<sid>.<signature>`. */
export function sidOf(value: string): string {
  const decoded = decodeURIComponent(value)
  return decoded.slice(2, decoded.lastIndexOf('.'))
}

/** The value of a session cookie for `sid`, validly signed. */
export const signed = (sid: string, secret: string): string => encodeURIComponent(`s:${sign(sid, secret)}`)

/** The first cookie that a response sets under `name`. */
export const setCookieOf = (lines: readonly string[], name: string): SetCookie | undefined =>
  lines.map(parseSetCookie).find((cookie) => cookie.name === name)
