import type { Express } from 'express'
import type { Store } from 'express-session'

/** What every demo is given from outside: where sessions are stored, and what signs the cookie. */
export interface Parts {
  store: Store
  /** The first one signs, all of them verify (README, "secret"). */
  secret: string | string[]
}

/** Builds one documented app. It neither listens nor reads the environment: whoever calls it does. */
export type CreateApp = (parts: Parts) => Express
