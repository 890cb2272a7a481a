import { parseDate } from 'tough-cookie'
import { type Attribute, type AttributeKey, type SetCookieParts, takeApart } from './set-cookie-line.ts'

export { type Attribute, type AttributeKey, attributeKeys } from './set-cookie-line.ts'

/** A `Set-Cookie` line taken apart (RFC 6265bis, 5.6). */
export interface SetCookie extends SetCookieParts {
  line: string
  /** When the browser drops it, in ms since the epoch; null: when the browser closes. Already past: a deletion. */
  expires: number | null
}

/** Takes a `Set-Cookie` line apart and keeps its text. `now`, in ms, is when it arrived: Max-Age counts from there. */
export function readSetCookie(line: string, now = Date.now()): SetCookie {
  const parts = takeApart(line)
  return { line, ...parts, expires: expiryIn(parts.attributes, now) }
}

/** The attribute that counts where a line has it more than once: the last one. */
export const attributeOf = ({ attributes }: SetCookie, key: AttributeKey): Attribute | undefined =>
  attributes.findLast((attribute) => attribute.key === key)

/** Max-Age wins; what is neither a number nor a date does not count. */
function expiryIn(attributes: readonly Attribute[], now: number): number | null {
  const last = (key: AttributeKey, fits: (value: string) => boolean) =>
    attributes.findLast((attribute) => attribute.key === key && fits(attribute.value))?.value
  const maxAge = last('max-age', (value) => /^-?\d+$/.test(value))
  if (maxAge !== undefined) return Number(maxAge) > 0 ? now + Number(maxAge) * 1000 : 0
  const date = parseDate(last('expires', (value) => parseDate(value) !== undefined))
  return date ? Math.max(date.getTime(), 0) : null
}
