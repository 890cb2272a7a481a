import session, { type CookieOptions, type SessionData, type Store } from 'express-session'
import { type Calls, callsOf } from './calls.ts'
import type { Subject } from './subject.ts'
import type { Uncaught } from './uncaught.ts'

/** Where a claim finds what it works with. */
export interface Bench {
  store: Store
  /** The methods of the store as promises. */
  calls: Calls
  subject: Subject
  /** Whether the store can be closed. */
  canClose: boolean
  /** What nobody has caught in this process. */
  uncaught: Uncaught
  /** Closes the store here, uses it in another process and lets that process end. */
  elsewhere?: ((how: { closes: boolean }) => Promise<Elsewhere>) | undefined
}

/** What became of another process that used the same rows. */
export interface Elsewhere {
  /** Whether it found what was set here. */
  found: boolean
  /** Whether it ended by itself in time. */
  hasEnded: boolean
}

/** A bench and the way to clear it away. */
export interface OpenBench extends Bench {
  close(): Promise<void>
}

/** Opens the store of a subject. */
export async function openBench(
  subject: Subject,
  parts: Pick<Bench, 'uncaught' | 'elsewhere'>,
): Promise<OpenBench> {
  const { store, close } = await subject.open(session)
  let isClosed = false
  return {
    ...parts,
    store,
    calls: callsOf(store),
    subject,
    canClose: close !== undefined,
    async close() {
      if (isClosed) return
      isClosed = true
      await close?.()
    },
  }
}

// its types leave the options out
const Cookie = session.Cookie as unknown as new (options: CookieOptions) => SessionData['cookie']

/** A session as express-session hands it to a store. `maxAge` in ms; null: without expiry. */
export function sessionOf(
  data: Record<string, unknown>,
  maxAge: number | null = 60_000,
  options: CookieOptions = {},
): SessionData {
  const cookie = new Cookie(options)
  if (maxAge !== null) cookie.maxAge = maxAge
  return { cookie, ...data }
}

/** `data` as it is after JSON. */
export const asJson = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
