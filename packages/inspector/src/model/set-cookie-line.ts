import { Cookie } from 'tough-cookie'

/** One attribute of a `Set-Cookie` line as it stands there; `key` is what it is known by. */
export interface Attribute {
  key: AttributeKey
  /** As on the wire. */
  text: string
  value: string
}

export const attributeKeys = [
  'expires',
  'max-age',
  'domain',
  'path',
  'secure',
  'httponly',
  'samesite',
  'priority',
  'partitioned',
] as const
export type AttributeKey = (typeof attributeKeys)[number] | 'unknown'

/** A `Set-Cookie` line taken apart (RFC 6265bis, 5.6). */
export interface SetCookie {
  line: string
  name: string
  /** The value as on the wire. */
  value: string
  attributes: Attribute[]
  /** When the browser drops it, in ms since the epoch; null: when the browser closes. Already past: a deletion. */
  expires: number | null
}

/** Takes a `Set-Cookie` line apart. `now`, in ms, is when it arrived: Max-Age counts from there. */
export function readSetCookie(line: string, now: number): SetCookie {
  const [pair = '', ...rest] = line.split(';')
  const at = pair.indexOf('=')
  const cookie = Cookie.parse(line, { loose: true })
  const expires = cookie?.expiryTime(new Date(now))
  return {
    line,
    name: at < 0 ? '' : pair.slice(0, at).trim(),
    value: (at < 0 ? pair : pair.slice(at + 1)).trim(),
    attributes: rest.map((part) => readAttribute(part.trim())),
    expires: expires === undefined || expires === Number.POSITIVE_INFINITY ? null : Math.max(expires, 0),
  }
}

function readAttribute(text: string): Attribute {
  const at = text.indexOf('=')
  const name = (at < 0 ? text : text.slice(0, at)).toLowerCase()
  const key = attributeKeys.find((known) => known === name) ?? 'unknown'
  return { key, text, value: at < 0 ? '' : text.slice(at + 1) }
}
