import type { ClientId } from './client.ts'
import { valuesOf } from './cookie-value.ts'

/** What somebody who can look into a browser's jar saw there. */
export interface JarSight {
  /** `measured`: by a request that came with it. `browser`: by the browser itself (CDP). */
  by: 'measured' | 'browser'
  /** All values under the session cookie's name, in the order in which they would be sent, as on the wire. */
  values: string[]
  /** When the first of them ends, in ms since the epoch; null: with the browser; left out when that is not seen. */
  expires?: number | null
  /** Whether a cookie with this path would be seen. */
  sees(path: string): boolean
  /** Why the browser itself refused this `Set-Cookie` line, in its own words; none when it took it. */
  refusals?(line: string): readonly string[]
  /** The newest request that the browser left this cookie out of, and why, in its own words. */
  withheld?: { url: string; reasons: readonly string[] } | undefined
}

/** Looks into the jars of browsers. The inspector asks its sources in order and infers what none of them sees. */
export interface JarSource {
  look(client: ClientId, cookieName: string): JarSight | undefined
}

/** The jar that sent this very request: what its `Cookie` header holds is there, what it does not hold is not. */
export const pollSource = (asker: ClientId, cookie: string | undefined, path: string): JarSource => ({
  look: (client, cookieName) =>
    client === asker
      ? {
          by: 'measured',
          values: valuesOf(cookie, cookieName),
          sees: (cookiePath) => path.startsWith(cookiePath),
        }
      : undefined,
})
