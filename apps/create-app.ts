import type { Express } from 'express'
import type { Store } from 'express-session'

/** What every demo is given from outside: where sessions are stored, and what signs the cookie. */
export interface Parts {
  store: Store
  /** The first one signs, all of them verify (README, "secret"). */
  secret: string | string[]
  /**
   * Where the other app of a scenario with two listens, with a slash at the end; with `true` where its TLS proxy
   * does.
   */
  otherUrl: (isSecure?: boolean) => string
}

/**
 * Builds one documented app. It neither listens nor reads the environment: whoever calls it does. Where visitors choose
 * what it runs with, `app.locals` has `chosenCode`, which says it as code.
 */
export type CreateApp = (parts: Parts) => Express

/** What the lab puts around the apps of a scenario, whatever the variant: said once, in its `app.ts`. */
export interface Surroundings {
  /** A TLS proxy in front of each app: `https://` beside `http://`. */
  isBehindTlsProxy?: boolean
  /** The second app is another site: the lab page opens it under this computer's other host name. */
  isSecondAnotherSite?: boolean
  /** The store that the scenario is about is handed on as it is, with its faults: the app has to deal with them. */
  isStoreBare?: boolean
}
