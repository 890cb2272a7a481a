import { Cookie, CookieJar } from 'tough-cookie'
import type { Exchange } from '../exchange.ts'

/** A cookie as it should lie in a browser's jar. */
export interface JarCookie {
  name: string
  /** As on the wire. */
  value: string
  domain: string
  /** Sent to `domain` only, not to names below it. */
  hostOnly: boolean
  path: string
  /** ms since the epoch; null: until the browser closes. */
  expires: number | null
  secure: boolean
  httpOnly: boolean
  /** As written; `''` when there was none (browsers then treat it as Lax). */
  sameSite: string
  /** The exchange that set it. */
  setBy: number
}

/** Why a browser does not take a `Set-Cookie` line. */
export type Refusal =
  | 'unreadable'
  | 'domain'
  | 'public-suffix'
  | 'secure-over-http'
  | 'prefix'
  | 'none-needs-secure'
  | 'partitioned-needs-secure'
  | 'too-large'
  | 'unknown'

export interface RefusedCookie {
  line: string
  name: string
  value: string
  reason: Refusal
  setBy: number
}

/** What a browser's jar should hold after an exchange. */
export interface JarState {
  cookies: readonly JarCookie[]
  /** What the last exchange offered and the browser should have refused. */
  refused: readonly RefusedCookie[]
}

export const emptyJar: JarState = { cookies: [], refused: [] }
const largest = 4096 // bytes of name and value together (RFC 6265bis, 5.6)

/**
 * The jar of one browser, inferred from the responses it got: tough-cookie decides what is accepted, and what
 * Chromium refuses beyond that is added here.
 */
export function createInferredJar(): { take(exchange: Exchange): JarState } {
  const jar = new CookieJar(undefined, { prefixSecurity: 'strict' })
  const held = new Map<string, JarCookie>()
  let refused: RefusedCookie[] = []

  function offer(line: string, exchange: Exchange, now: number) {
    const url = `${exchange.scheme}://${exchange.client.host || 'localhost'}${pathOf(exchange.url)}`
    const cookie = Cookie.parse(line, { loose: true })
    const reason = cookie ? refusalOf(cookie) : 'unreadable'
    const { key: name = '', value = '' } = cookie ?? {}
    if (!cookie || reason) {
      refused.push({ line, name, value, reason: reason ?? 'unreadable', setBy: exchange.id })
      return
    }
    try {
      jar.setCookieSync(cookie, url, { now: new Date(now) })
    } catch (error) {
      refused.push({ line, name, value, reason: reasonOf((error as Error).message), setBy: exchange.id })
      return
    }
    const expires = cookie.expiryTime(new Date(now))
    const key = `${cookie.domain};${cookie.path};${name}`
    held.delete(key)
    const end = expires === undefined || expires === Number.POSITIVE_INFINITY ? null : Math.max(expires, 0)
    if (end !== null && end <= now) return // an expiry in the past deletes
    held.set(key, {
      name,
      value,
      domain: cookie.domain ?? '',
      hostOnly: cookie.hostOnly ?? true,
      path: cookie.path ?? '/',
      expires: end,
      secure: cookie.secure,
      httpOnly: cookie.httpOnly,
      sameSite: /;\s*samesite=([^;]*)/i.exec(line)?.[1] ?? '',
      setBy: exchange.id,
    })
  }

  return {
    take(exchange) {
      if (exchange.setCookie.length > 0) refused = []
      const now = exchange.at + (exchange.duration ?? 0)
      for (const line of exchange.setCookie) offer(line, exchange, now)
      for (const [key, cookie] of held) {
        // long gone: only what ended lately is still told about
        if (held.size > 50 && cookie.expires !== null && cookie.expires < now) held.delete(key)
      }
      return { cookies: [...held.values()], refused }
    },
  }
}

const pathOf = (url: string) => (url.startsWith('/') ? url : '/')

function refusalOf(cookie: Cookie): Refusal | null {
  const isPartitioned = cookie.extensions?.some((text) => text.toLowerCase() === 'partitioned')
  if (Buffer.byteLength(cookie.key) + Buffer.byteLength(cookie.value) > largest) return 'too-large'
  if (cookie.sameSite === 'none' && !cookie.secure) return 'none-needs-secure'
  if (isPartitioned && !cookie.secure) return 'partitioned-needs-secure'
  return null
}

function reasonOf(message: string): Refusal {
  if (message.includes('public suffix') || message.includes('special use')) return 'public-suffix'
  if (message.includes('domain')) return 'domain'
  if (message.includes('not a secure connection')) return 'secure-over-http'
  if (message.includes('prefix')) return 'prefix'
  return 'unknown'
}

/** Whether the browser would send this cookie to that host and path (RFC 6265bis, 5.8.3), expiry aside. */
export function isFor(cookie: JarCookie, host: string, path: string): boolean {
  const hostFits = cookie.hostOnly
    ? host === cookie.domain
    : host === cookie.domain || host.endsWith(`.${cookie.domain}`)
  return hostFits && (path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
}
