import type { Exchange } from '../exchange.ts'
import type { Client } from './client.ts'
import type { CookieValue } from './cookie-value.ts'
import type { JarState } from './jar.ts'
import type { Shelf } from './rows.ts'
import type { SessionOf } from './sessions.ts'
import type { SetCookie } from './set-cookie.ts'
import type { WhyNoCookie } from './why.ts'

/** One finished exchange with all that follows from it. */
export interface Step {
  /** 1, 2, … of the steps that had to do with the session; null for the others. */
  number: number | null
  exchange: Exchange
  /** When the response was finished, in ms since the epoch. */
  end: number
  client: Client
  /** The session that it was in, as far as that was known by then. */
  session: SessionOf
  /** Where the rows of that session are. */
  shelf: Shelf
  /** The session cookie's values as sent; more than one when the name was there twice. */
  sent: CookieValue[]
  setCookies: SetCookie[]
  /** The `Set-Cookie` of the session. */
  sessionSet: SetCookie | null
  why: WhyNoCookie | null
  /** The sid that the browser has afterwards, as far as this exchange tells. */
  sid: string | null
  /** The browser's jar afterwards, inferred. */
  jar: JarState
  /** Whether it had to do with the session: static files and the icon have not. */
  isOfSession: boolean
}

/** The steps that had to do with the session; where there are none, all. */
export function ofSession(steps: readonly Step[]): readonly Step[] {
  const own = steps.filter(({ isOfSession }) => isOfSession)
  return own.length > 0 ? own : steps
}
