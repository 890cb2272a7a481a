import type { Exchange } from '../exchange.ts'
import { type CookieValue, cookiePairs } from './cookie-value.ts'

type Read = (value: string) => CookieValue

/** The values that a request sent under a session cookie's name, in their order, each read and judged. */
export const sentCookies = (exchange: Exchange, name: string | null, read: Read): CookieValue[] =>
  cookiePairs(exchange.cookie)
    .filter((pair) => pair.name === name)
    .map(({ value }, index) => judged(exchange, read(value), index === 0))

/** express-session's own verdict, on the one it reads, counts more than ours: the app may have other secrets. */
function judged({ debug }: Exchange, cookie: CookieValue, isRead: boolean): CookieValue {
  if (cookie.state === 'unsigned') return cookie
  if (debug.includes(`fetching ${cookie.sid}`)) return { ...cookie, state: 'valid' }
  const isRefused = debug.includes('cookie signature invalid')
  return isRefused && (isRead || cookie.state === 'unchecked') ? { ...cookie, state: 'wrong' } : cookie
}
