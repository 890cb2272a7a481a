import { sign } from 'cookie-signature'
import type { APIResponse } from 'playwright/test'
import { readSetCookie } from '#inspector'

/** A `Set-Cookie` line taken apart. Attribute names as they stand on the wire; one without a value is `true`. */
export interface SetCookie {
  name: string
  value: string
  attributes: Record<string, string | true>
}

export function parseSetCookie(line: string): SetCookie {
  const { name, value, attributes } = readSetCookie(line)
  return {
    name,
    value,
    attributes: Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attribute.text.includes('=') ? attribute.value : true]),
    ),
  }
}

/** The line that a `Set-Cookie` was before it was taken apart. */
export const lineOf = ({ name, value, attributes }: SetCookie): string =>
  [
    `${name}=${value}`,
    ...Object.entries(attributes).map(([key, set]) => (set === true ? key : `${key}=${set}`)),
  ].join('; ')

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

/** The `Set-Cookie` lines of a response. */
export const setCookieLines = (response: APIResponse): string[] =>
  response.headersArray().flatMap(({ name, value }) => (name.toLowerCase() === 'set-cookie' ? [value] : []))
