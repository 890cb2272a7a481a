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
  visit?: ((how: { closes: boolean }) => Promise<Visit>) | undefined
  /** Uses the same rows in another process, beside this one. */
  beside?: (() => Elsewhere) | undefined
  /** The adapter once more, which reaches its server by another address. */
  at?: ((address: string) => Promise<Adapter>) | undefined
}

/** Another process that uses the same rows. Each call rejects with what the store says there. */
export interface Elsewhere {
  /** The number in the row; null where there is none. */
  get(sid: string): Promise<number | null>
  set(sid: string, n: number): Promise<void>
  destroy(sid: string): Promise<void>
  /** Closes the store or leaves it open, and then has nothing left to do: whether it ends by itself in time. */
  end(how: { closes: boolean }): Promise<boolean>
  /** Ends it, whatever it does. */
  kill(): void
}

/** What came of using the same rows in another process after this one. */
export interface Visit {
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
  parts: Pick<TestContext, 'uncaught' | 'visit' | 'beside' | 'at'>,
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
