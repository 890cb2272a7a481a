import type { RequestListener } from 'node:http'
import type { OpenStore } from '../stores/store.ts'
import type { OwnCookies } from './own-cookies.ts'
import type { Replicas } from './replicas/replicas.ts'
import type { Scenario, Variant } from './scenarios/scenarios.ts'

/** One app of a scenario on a port of its own. URLs have a slash at the end. */
export interface Site {
  /** `app`, or `second` for the second app of a scenario that has two. */
  readonly name: 'app' | 'second'
  readonly store: OpenStore
  readonly cookies: OwnCookies
  readonly url: string
  /** Where the TLS proxy in front of it listens; undefined in a scenario that has none. */
  readonly secureUrl: string | undefined
}

/** A scenario that is running: its apps, and what a learner may set meanwhile. */
export interface Lab {
  readonly scenario: Scenario
  /** One or two. */
  readonly sites: readonly [Site, ...Site[]]
  /** Where the index of all scenarios is, if there is one. */
  readonly indexUrl: string | undefined
  readonly isSecondAnotherSite: boolean
  variant(): Variant
  /** The name of the variant that ran at this time, in ms since the epoch. */
  variantAt(at: number): string
  /** Whether the variant that is running is kept on another origin than the lab page. */
  isApart(): boolean
  /** Where the variant that is running answers. At the other addresses of the site, it is redirected to. */
  addressOf(site: Site): string
  /** Answers as the site does, but for the lab page. */
  handler(site: Site): RequestListener
  /** Takes effect with the next request. Sessions stay. */
  setVariant(name: string): Promise<void>
  /** Loads the variant that is running anew, when its file has changed. Sessions stay. */
  refresh(): Promise<void>
  /** Why its file does not run as it is now, as the compiler or the app says it: the last good version goes on. */
  problem(): string | undefined
  /** What its visitors have chosen to run with, as code; undefined where there is nothing to choose. */
  chosenCode(): string | undefined
  /** How much later the store writes, in ms. */
  delay(): number
  setDelay(ms: number): void
  /** The processes of the variant that is running, where it has some of its own. */
  replicas(): Replicas | undefined
  /** Whether the variant that is running says how its processes get to a new secret. */
  canRotate(): boolean
  /**
   * Brings a new secret to the processes of the variant that is running, in rolling restarts. While these go on, it
   * does nothing.
   * @throws Error when a process does not start
   */
  rotateSecret(): Promise<void>
  /** Stops listening, ends open connections and closes the stores. */
  close(): Promise<void>
}
