import { attribute, comebacks, isFresh, type Setting, settings } from './cookies.ts'
import { pathOf } from './found.ts'
import { foreignScript, goesEverywhere, siteOf } from './origins.ts'
import { type Seen, type SeenStep, sawAll } from './seen.ts'
import { userKeyIn } from './users.ts'

/** A request that came without the cookie because of its SameSite. */
export interface KeptBack {
  step: SeenStep
  /** Where this browser had been given the cookie. */
  setter: Setting
  isByScript: boolean
}

/**
 * Requests from another site without the cookie that this browser holds. Whoever is new, and whoever is kept out on
 * purpose (a forged form, answered with a refusal), looks much the same: each kind has to show that it is neither.
 */
export function keptBack(seen: Seen): KeptBack[] {
  const all = settings(seen)
  const { of } = comebacks(seen)
  return seen.steps.flatMap((step) => {
    if (!isFromElsewhere(step) || step.sent.length > 0 || step.exchange.debug.length === 0) return []
    const setter = all.findLast(
      (one) =>
        one.client.key === step.client.key &&
        one.session.name === step.session.name &&
        one.exchange.id !== step.exchange.id &&
        one.exchange.at <= step.exchange.at,
    )
    // it may have been taken back, or be there again
    if (setter && !sawAll(seen, setter.exchange.at)) return []
    const kind = kindOf(step)
    if (kind === 'script' || kind === 'frame') return inside(step, setter, kind === 'script', of)
    if (!setter || goesEverywhere(setter)) return []
    if (kind === 'post') return isReturn(step, setter, seen) ? [{ step, setter, isByScript: false }] : []
    return isStrict(setter) && (isBackFrom(step, seen) || isHeld(step, seen))
      ? [{ step, setter, isByScript: false }]
      : []
  })
}

function isFromElsewhere(step: SeenStep): boolean {
  const { fetch, origin, method } = step.exchange
  if (method === 'OPTIONS' || step.facts.isAuthorised || step.facts.purpose) return false
  if (fetch.site !== null) return fetch.site === 'cross-site'
  return origin !== null && siteOf(step, origin) === 'cross-site'
}

function kindOf(step: SeenStep): 'script' | 'frame' | 'post' | 'visit' {
  const { fetch, method } = step.exchange
  if (foreignScript(step) !== undefined) return 'script'
  if (/^i?frame$|^embed$|^object$/.test(fetch.dest ?? '')) return 'frame'
  return method === 'GET' || method === 'HEAD' ? 'visit' : 'post'
}

type Comebacks = ReturnType<typeof comebacks>['of']

/** Within a page of another site nothing but None goes along, nor is anything else kept. */
function inside(step: SeenStep, setter: Setting | undefined, isByScript: boolean, of: Comebacks): KeptBack[] {
  const isSetHere = (one: SeenStep) =>
    one.sessionSet !== null && isFromElsewhere(one) && kindOf(one) === kindOf(step)
  const isAllowed = !isByScript || step.facts.allowsCredentials === 'true'
  if (setter === undefined || goesEverywhere(setter)) return []
  // given to such a request, and never seen again, whereas it came again
  if (isSetHere(setter) && of(setter).length === 0) return [{ step, setter, isByScript }]
  const isRefused = step.exchange.status === 401 || step.exchange.status === 403
  return isAllowed && of(setter).length > 0 && (isRefused || isWrittenNew(step))
    ? [{ step, setter, isByScript }]
    : []
}

const isWrittenNew = (step: SeenStep) => step.sessionSet !== null && isFresh(step)

/** A form that another site sends back: not one that is refused, or that begins a login. */
function isReturn(step: SeenStep, setter: Setting, seen: Seen): boolean {
  if (leftFor(step, seen)) return true
  const { status, location, calls } = step.exchange
  const isRefused = status === 401 || status === 403 || /log-?in|sign-?in/i.test(location ?? '')
  const isLogin = calls.some(({ method, data }) => method === 'set' && userKeyIn(data) !== undefined)
  return !isRefused && !isLogin && setter.exchange.at < step.exchange.at
}

const isStrict = ({ sessionSet }: Setting) => attribute(sessionSet, 'samesite') === 'strict'

/** Whether a response had sent this browser to the site that it now comes from. */
function leftFor({ exchange, client }: SeenStep, { steps }: Seen): boolean {
  const origin = exchange.origin
  return steps.some(
    (one) =>
      one.client.key === client.key &&
      one.exchange.at <= exchange.at &&
      origin !== null &&
      URL.canParse(one.exchange.location ?? '') &&
      new URL(one.exchange.location ?? '').origin === origin,
  )
}

const away = 10 * 60_000 // ms that somebody stays at the other site

/** Whether this browser was sent away to another site, and now comes back with what that one says. */
function isBackFrom({ exchange, client }: SeenStep, { steps }: Seen): boolean {
  if (
    !/[?&](code|state|token|result|status|session_id|ticket|PayerID|payment\w*|order\w*)=/i.test(exchange.url)
  )
    return false
  return steps.some(
    (one) =>
      one.client.key === client.key &&
      one.exchange.at <= exchange.at &&
      one.exchange.at > exchange.at - away &&
      /^(https?:)?\/\//.test(one.exchange.location ?? ''),
  )
}

/** Whether the same browser used one session before and after, at this very page, and nobody else was without one since. */
function isHeld(step: SeenStep, { steps }: Seen): boolean {
  const own = steps.filter(
    (one) => one.client.key === step.client.key && one.session.name === step.session.name && one.isOfSession,
  )
  const before = own.filter(({ exchange }) => exchange.at < step.exchange.at)
  const after = own.filter(({ exchange }) => exchange.at > step.exchange.at)
  const sid = before.findLast(({ sid: one, why }) => one !== null && why !== 'uninitialized')?.sid
  const next = after[0]
  if (sid === null || sid === undefined || !next || next.sent[0]?.sid !== sid) return false
  const isHere = [...before, ...after].some((one) => one.sent[0]?.sid === sid && pathOf(one) === pathOf(step))
  return (
    isHere && !after.some(({ sent, exchange }) => sent.length === 0 && exchange.fetch.site !== 'cross-site')
  )
}
