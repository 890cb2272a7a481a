import type { ClientId } from './client.ts'
import type { CookieValue } from './cookie-value.ts'
import type { JarCookie, RefusedCookie } from './jar.ts'
import type { SessionOf } from './sessions.ts'
import type { CookieState } from './states.ts'

/** Whose cookie, of which session, and when (ms since the epoch). */
export interface Place {
  client: ClientId
  server: string
  session: SessionOf
  moment: number
}

/** The session cookie of one browser at some moment. */
export interface CookieLook {
  state: CookieState
  /** How it is known whether the cookie is there. */
  by: 'measured' | 'browser' | 'inferred'
  name: string | null
  /** The value that counts; null when there is none and never was. */
  value: CookieValue | null
  /** How many there are under this name. */
  count: number
  /** Its attributes, inferred; null when no `Set-Cookie` of it was recorded. */
  attributes: JarCookie | null
  /** ms since the epoch; null: with the browser; undefined: not known. */
  expires: number | null | undefined
  refused: RefusedCookie | null
  /** In the browser's own words, where it can be asked: why it did not take the cookie, or left it out of a request. */
  blocked: { refusal: readonly string[]; request: { url: string; reasons: readonly string[] } | null }
  /** Measured to be gone though it has not expired. */
  isGone: boolean
}
