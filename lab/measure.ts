import { parse as parseCookies } from 'cookie'
import { type Exchange, type Recorder, readCookieValue, readSetCookie, type SetCookie } from '#inspector'
import { isLabPath } from './demos.ts'
import type { Fact, Measured, RequestPattern, Which } from './scenarios/measured.ts'
import type { Lab } from './site.ts'

export interface MeasureOptions {
  lab: Pick<Lab, 'sites' | 'scenario' | 'variantAt'>
  recorder: Pick<Recorder, 'exchanges' | 'sessions'>
  /** When the experiment began, in ms since the epoch: what was before does not count. */
  since: number
  /** The host name by which the reader has opened the lab page: whoever comes by another is another visitor. */
  host: string
}

const mostRows = 200_000

/** What the record says of it: a word or number as text; null while the experiment has not come to it. */
export async function measure(measured: Measured, options: MeasureOptions): Promise<string | null> {
  const { lab, recorder } = options
  if (measured.what === 'shown') return null // only the page can see it
  if (measured.what === 'rows') {
    const store = lab.sites.find(({ name }) => name === measured.site)?.store
    const rows = (await store?.rows(mostRows)) ?? []
    const { having } = measured
    return String(rows.filter(({ data }) => having === undefined || valueIn(data, having) !== 'none').length)
  }
  const cookies = createSessionCookies(lab.scenario.slug, recorder)
  const exchanges = exchangesOf(options, measured.of?.variant)
  if (measured.what === 'count') {
    if (exchanges.length === 0) return null
    return countIn(measured.of ? among(exchanges, measured.of, options).found : exchanges, measured, cookies)
  }
  const { fact, isOfEvery, of } = measured
  const { found, before } = among(exchanges, of, options)
  const one = of.nth === undefined ? found.at(-1) : found[of.nth - 1]
  const told = (isOfEvery ? found : one ? [one] : []).map((each) => factOf(each, fact, cookies, before))
  if (told.length === 0) return null
  return new Set(told).size > 1 ? 'mixed' : (told[0] ?? null)
}

/**
 * What a browser has sent in the course of the experiment and was answered, while the variant ran. Starting over
 * begins it anew, for the variant that runs then.
 */
function exchangesOf({ lab, recorder, since }: MeasureOptions, variant: string | undefined): Exchange[] {
  const all = recorder
    .exchanges()
    .filter(({ at, end, sentBy }) => at >= since && end !== null && sentBy === 'browser')
    .filter(({ at }) => variant === undefined || lab.variantAt(at) === variant)
  return all
    .slice(all.findLastIndex(({ method, url }) => method === 'POST' && url.startsWith('/__lab/reset')) + 1)
    .filter(({ url }) => !isLabPath(url))
}

/** The session cookie of exchanges: as it was sent, and as it was handed over. */
interface SessionCookies {
  /** The sid; undefined where no session cookie was sent. */
  sent(exchange: Exchange): string | undefined
  /** How many of the scenario's were sent, with those of its other apps. */
  count(exchange: Exchange): number
  set(exchange: Exchange): SetCookie | undefined
}

/** The names that an exchange's own `session()` has; where it went through none, those that begin with the scenario's. */
function createSessionCookies(slug: string, recorder: MeasureOptions['recorder']): SessionCookies {
  const calls = recorder.sessions()
  function isOwn({ sessions }: Exchange, name: string) {
    const own = calls.filter(({ number }) => sessions.includes(number))
    return own.length > 0 ? own.some((call) => call.name === name) : name.startsWith(`${slug}.`)
  }
  return {
    sent(exchange) {
      const pairs = Object.entries(parseCookies(exchange.cookie ?? ''))
      const [, value] = pairs.find(([name]) => isOwn(exchange, name)) ?? []
      return value === undefined ? undefined : sidIn(value)
    },
    count: ({ cookie }) =>
      Object.keys(parseCookies(cookie ?? '')).filter((name) => name.startsWith(`${slug}.`)).length,
    set: (exchange) =>
      exchange.setCookie
        .map((line) => readSetCookie(line, exchange.at))
        .findLast(({ name, value }) => value !== '' && isOwn(exchange, name)),
  }
}

function countIn(
  counting: readonly Exchange[],
  { counted }: Extract<Measured, { what: 'count' }>,
  cookies: SessionCookies,
): string {
  const handed = counting.flatMap((one) => cookies.set(one) ?? [])
  if (counted === 'request') return String(counting.length)
  if (counted === 'set-cookie') return String(handed.length)
  if (counted === 'sid') return String(new Set(handed.map(({ value }) => sidIn(value))).size)
  return String(counting.flatMap(({ calls }) => calls).filter(({ method }) => method === counted).length)
}

const yesNo = (is: boolean) => (is ? 'yes' : 'no')
const seconds = (ms: number | null) => (ms === null ? 'none' : String(Math.round(ms / 1000)))

/** @param before the exchange behind `after`, with which a fact compares */
function factOf(
  exchange: Exchange,
  fact: Fact,
  cookies: SessionCookies,
  before: Exchange | undefined,
): string {
  const set = cookies.set(exchange)
  const sent = cookies.sent(exchange)
  switch (fact.what) {
    case 'status':
      return String(exchange.status ?? 'none')
    case 'location':
      return exchange.location ?? 'none'
    case 'set-cookie':
      return yesNo(set !== undefined)
    case 'sent':
      return yesNo(sent !== undefined)
    case 'cookies':
      return String(cookies.count(exchange))
    case 'sid':
      if (set) return sent === undefined ? 'first' : sidIn(set.value) === sent ? 'kept' : 'new'
      return sent === undefined ? 'none' : 'kept'
    case 'sid-length':
      return String((set ? sidIn(set.value) : (sent ?? '')).length)
    case 'row':
      return sent === undefined ? 'none' : rowOf(exchange, sent)
    case 'left':
      return leftOf(exchange)
    case 'calls':
      return yesNo(exchange.calls.some(({ method }) => method === fact.name))
    case 'has':
      return yesNo(attributeOf(set, fact.name) !== undefined)
    case 'attribute':
      return attributeOf(set, fact.name) ?? 'none'
    case 'data':
      return dataOf(exchange, fact.name)
    case 'kept':
      return yesNo(before !== undefined && dataOf(exchange, fact.name) === dataOf(before, fact.name))
    case 'head':
      return seconds(exchange.headAt)
    case 'end':
      return seconds(exchange.duration)
    case 'debug':
      return exchange.debug.join('\n')
    case 'readable':
      return yesNo(isReadable(exchange))
  }
}

/** A value in the session when the exchange was over. */
const dataOf = ({ calls }: Exchange, path: string) =>
  valueIn(calls.findLast(({ data }) => data !== null)?.data ?? '', path)

/** The seconds that the row had left when it was read. */
function leftOf({ at, calls }: Exchange): string {
  const read = calls.find(({ method, data }) => method === 'get' && data !== null)
  const expires = Date.parse(valueIn(read?.data ?? '', 'cookie.expires'))
  return Number.isNaN(expires) ? 'none' : seconds(expires - at - (read?.at ?? 0))
}

/** Whether CORS lets the page that sent it read the response; it goes with cookies where credentials are allowed. */
const isReadable = ({ origin, facts }: Exchange) =>
  facts?.allowsOrigin !== undefined && [origin, '*'].includes(facts.allowsOrigin)

/** What became of the row of this sid in the course of the exchange. */
function rowOf({ calls }: Exchange, sid: string): string {
  const own = calls.filter((call) => call.sid === sid)
  const has = (method: string) => own.some((call) => call.method === method)
  if (has('destroy')) return 'removed'
  if (has('set')) return 'written'
  if (has('touch')) return 'extended'
  return own.some(({ data }) => data !== null) ? 'read' : 'missing'
}

/** The requests of a kind; with `after`, those behind the last one of that kind, and that one. */
function among(
  exchanges: readonly Exchange[],
  { request, after }: Which,
  { host }: MeasureOptions,
): { found: Exchange[]; before: Exchange | undefined } {
  const from = after ? exchanges.findLastIndex((one) => isOf(after, one, host)) : undefined
  if (from === -1) return { found: [], before: undefined }
  const behind = from === undefined ? exchanges : exchanges.slice(from + 1)
  return {
    found: behind.filter((one) => isOf(request, one, host)),
    before: from === undefined ? undefined : exchanges[from],
  }
}

function isOf({ method, from, path }: RequestPattern, exchange: Exchange, host: string): boolean {
  const { server, url, client, scheme, fetch } = exchange
  if (server !== (from === 'second' ? 'second' : 'app')) return false
  if (method !== undefined && method !== exchange.method) return false
  if (from === 'visitor' && client.host === host) return false
  if (from === 'tls' && scheme !== 'https') return false
  if (from === 'linked' && !(fetch.site === 'cross-site' && fetch.dest === 'document')) return false
  if (path.endsWith('*')) return url.startsWith(path.slice(0, -1))
  return path === (path.includes('?') ? url : url.split('?')[0])
}

const sidIn = (value: string): string => readCookieValue(value, []).sid

/** The value of an attribute, or its name where it is a flag; undefined where it is not there. */
function attributeOf(set: SetCookie | undefined, name: string): string | undefined {
  const found = set?.attributes.findLast(({ key }) => key === name.toLowerCase())
  return found && (found.value || found.name)
}

/** A value by its path in a session's JSON text (`views./foo`); `none` where there is nothing. */
function valueIn(data: string, path: string): string {
  try {
    const value = path.split('.').reduce((inside: unknown, key) => Object(inside)[key], JSON.parse(data))
    if (value === undefined || value === null) return 'none'
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  } catch {
    return 'none'
  }
}
