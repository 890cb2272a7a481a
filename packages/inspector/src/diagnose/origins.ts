import { getPublicSuffix } from 'tough-cookie'
import { hostName } from '../headers.ts'
import { attribute } from './cookies.ts'
import { firstOf } from './found.ts'
import type { SeenStep } from './seen.ts'

/** From where a script called, as seen from the host that answered. */
export type From = 'same-site' | 'cross-site'

/** What the browser takes for the host, with its port; undefined where a proxy may have put another in its place. */
export function hostSeen({ facts }: SeenStep): string | undefined {
  const { host, forwarded } = facts
  if (forwarded === undefined) return host.toLowerCase()
  return forwarded.host === undefined ? undefined : firstOf(forwarded.host)
}

/**
 * From where a script of another origin sent this; undefined where it was none, or that is not sure. Preflights are none:
 * they never have cookies.
 */
export function foreignScript(step: SeenStep): From | undefined {
  const { method, fetch, origin } = step.exchange
  if (method === 'OPTIONS') return undefined
  if (fetch.site !== null) {
    const isForeign = fetch.site === 'same-site' || fetch.site === 'cross-site'
    return isForeign && (fetch.mode ?? 'cors') === 'cors' ? (fetch.site as From) : undefined
  }
  const from = origin === null ? undefined : siteOf(step, origin)
  return from !== undefined && isByScript(step) ? from : undefined
}

/** Which site an `Origin` is of; undefined: the very origin that answered, or not known. */
export function siteOf(step: SeenStep, origin: string): From | undefined {
  const host = hostSeen(step)
  if (host === undefined || !URL.canParse(origin)) return undefined
  const there = new URL(origin)
  if (there.host === host) return undefined
  return siteName(there.hostname) === siteName(hostName(host)) ? 'same-site' : 'cross-site'
}

const siteName = (host: string): string => {
  const plain = host.toLowerCase()
  if (/^[\d.]+$|^\[/.test(plain)) return plain
  return getPublicSuffix(plain, { allowSpecialUseDomain: true, ignoreError: true }) ?? plain
}

/** Browsers send `Origin` also with forms; only scripts send JSON, and GET with an `Origin`. */
const isByScript = ({ exchange, facts }: SeenStep): boolean =>
  exchange.method !== 'POST' || /json/i.test(facts.sends ?? '') || !facts.asksForPage

/** Whether a cookie goes along with requests of other sites. */
export const goesEverywhere = (step: SeenStep): boolean =>
  step.sessionSet !== null &&
  attribute(step.sessionSet, 'samesite') === 'none' &&
  attribute(step.sessionSet, 'secure') !== undefined

/** Whether a script of that origin may read the response to a call with cookies (Fetch, "CORS check"). */
export function mayRead({ exchange, facts }: SeenStep): boolean {
  return facts.allowsCredentials === 'true' && facts.allowsOrigin === exchange.origin
}
