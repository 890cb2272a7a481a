import { CookieJar } from 'tough-cookie'
import type { Exchange } from '../exchange.ts'
import { attributeOf, type SetCookie } from './set-cookie.ts'

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
  | 'no-credentials'
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
export function createInferredJar() {
  const jar = new CookieJar(undefined, { prefixSecurity: 'strict', looseMode: true })
  const held = new Map<string, JarCookie>()
  let refused: RefusedCookie[] = []

  function offer(set: SetCookie, exchange: Exchange, now: number) {
    const { line, name, value, expires } = set
    const url = `${exchange.scheme}://${exchange.client.host || 'localhost'}${pathOf(exchange.url)}`
    const refuse = (reason: Refusal) => refused.push({ line, name, value, reason, setBy: exchange.id })
    const reason = refusalOf(set)
    if (reason) return refuse(reason)
    try {
      const cookie = jar.setCookieSync(line, url, { now: new Date(now) })
      const { domain, hostOnly, path, secure = false, httpOnly = false } = cookie ?? {}
      const key = `${domain};${path};${name}`
      held.delete(key)
      if (expires !== null && expires <= now) return // an expiry in the past deletes
      held.set(key, {
        name,
        value,
        domain: domain ?? '',
        hostOnly: hostOnly ?? true,
        path: path ?? '/',
        expires,
        secure,
        httpOnly,
        sameSite: attributeOf(set, 'samesite')?.value ?? '',
        setBy: exchange.id,
      })
    } catch (error) {
      refuse(reasonOf((error as Error).message))
    }
  }

  return {
    /** Takes the `Set-Cookie` lines of an exchange, read as they arrived. */
    take(exchange: Exchange, setCookies: readonly SetCookie[]): JarState {
      if (setCookies.length > 0) refused = []
      const now = exchange.at + (exchange.duration ?? 0)
      for (const set of setCookies) offer(set, exchange, now)
      for (const [key, cookie] of held) {
        // long gone: only what ended lately is still shown
        if (held.size > 50 && cookie.expires !== null && cookie.expires < now) held.delete(key)
      }
      return { cookies: [...held.values()], refused }
    },
  }
}

const pathOf = (url: string) => (url.startsWith('/') ? url : '/')

function refusalOf(set: SetCookie): Refusal | null {
  const isSecure = attributeOf(set, 'secure') !== undefined
  if (Buffer.byteLength(set.name) + Buffer.byteLength(set.value) > largest) return 'too-large'
  if (attributeOf(set, 'samesite')?.value.toLowerCase() === 'none' && !isSecure) return 'none-needs-secure'
  if (attributeOf(set, 'partitioned') && !isSecure) return 'partitioned-needs-secure'
  return null
}

function reasonOf(message: string): Refusal {
  if (message.includes('failed to parse')) return 'unreadable'
  if (message.includes('public suffix') || message.includes('special use')) return 'public-suffix'
  if (message.includes('domain')) return 'domain'
  if (message.includes('not a secure connection')) return 'secure-over-http'
  if (message.includes('prefix')) return 'prefix'
  return 'unknown'
}

type Scope = Pick<JarCookie, 'domain' | 'hostOnly'>

/** Whether a cookie belongs to that host (RFC 6265bis, 5.1.3). */
export const isOfHost = ({ domain, hostOnly }: Scope, host: string): boolean =>
  host === domain || (!hostOnly && host.endsWith(`.${domain}`))

/** Whether the browser would send this cookie to that host and path (RFC 6265bis, 5.8.3), expiry aside. */
export const isFor = (cookie: JarCookie, host: string, path: string): boolean =>
  isOfHost(cookie, host) && (path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
