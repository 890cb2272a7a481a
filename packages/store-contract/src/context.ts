import session, { type CookieOptions, type SessionData, type Store } from 'express-session'
import type { Adapter } from './adapter.ts'
import { type Calls, callsOf } from './calls.ts'
import type { Uncaught } from './uncaught.ts'

/** What a claim is checked with. */
export interface TestContext {
  store: Store
  /** The methods of the store as promises. */
  calls: Calls
  adapter: Adapter
  /** Whether the store can be closed. */
  canClose: boolean
  /** The errors of this process that nobody has caught. */
  uncaught: Uncaught
  /** Closes the store here, uses it in another process and lets that process end. */
  elsewhere?: ((how: { closes: boolean }) => Promise<Elsewhere>) | undefined
}

/** What came of using the same rows in another process. */
export interface Elsewhere {
  /** Whether it found what was set here. */
  found: boolean
  /** Whether it ended by itself in time. */
  hasEnded: boolean
}

/** A context whose store can be closed. */
export interface OpenContext extends TestContext {
  close(): Promise<void>
}

/** Opens the store under test. */
export async function openContext(
  adapter: Adapter,
  parts: Pick<TestContext, 'uncaught' | 'elsewhere'>,
): Promise<OpenContext> {
  const { store, close } = await adapter.open(session)
  let isClosed = false
  return {
    ...parts,
    store,
    calls: callsOf(store),
    adapter,
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
