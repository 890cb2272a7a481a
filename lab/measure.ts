import { parse as parseCookies } from 'cookie'
import { type Exchange, type Recorder, readCookieValue, readSetCookie, type SetCookie } from '#inspector'
import type { Measured, RequestPattern, Which } from './scenarios/measured.ts'
import type { Lab } from './site.ts'

export interface MeasureOptions {
  lab: Pick<Lab, 'sites' | 'scenario'>
  recorder: Pick<Recorder, 'exchanges' | 'sessions'>
  /** When the experiment began, in ms since the epoch: what was before does not count. */
  since: number
}

const mostRows = 1000

/** What the record says of it: a word or number as text; null while the experiment has not come to it. */
export async function measure(
  measured: Measured,
  { lab, recorder, since }: MeasureOptions,
): Promise<string | null> {
  const cookies = createSessionCookies(lab.scenario.slug, recorder)
  const exchanges = recorder
    .exchanges()
    .filter(({ at, end, sentBy }) => at >= since && end !== null && sentBy === 'browser')
  if (measured.what === 'shown') return null // only the page can see it
  if (measured.what === 'rows') {
    const store = lab.sites.find(({ name }) => name === measured.site)?.store
    const rows = (await store?.rows(mostRows)) ?? []
    const { having } = measured
    return String(rows.filter(({ data }) => having === undefined || valueIn(data, having) !== 'none').length)
  }
  if (measured.what === 'count') return countIn(exchanges, measured, cookies)
  const found = pick(exchanges, measured.of)
  return found ? factOf(found, measured, cookies) : null
}

/** The session cookie of exchanges: as it was sent, and as it was handed over. */
interface SessionCookies {
  /** The sid; undefined where no session cookie was sent. */
  sent(exchange: Exchange): string | undefined
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
    set: (exchange) =>
      exchange.setCookie
        .map((line) => readSetCookie(line, exchange.at))
        .findLast(({ name, value }) => value !== '' && isOwn(exchange, name)),
  }
}

function countIn(
  exchanges: readonly Exchange[],
  { counted, of }: Extract<Measured, { what: 'count' }>,
  cookies: SessionCookies,
): string | null {
  if (exchanges.length === 0) return null
  const counting = of ? exchanges.filter((one) => isOf(of.request, one)) : exchanges
  const handed = counting.flatMap((one) => cookies.set(one) ?? [])
  if (counted === 'request') return String(counting.length)
  if (counted === 'set-cookie') return String(handed.length)
  if (counted === 'sid') return String(new Set(handed.map(({ value }) => sidIn(value))).size)
  return String(counting.flatMap(({ calls }) => calls).filter(({ method }) => method === counted).length)
}

function factOf(
  exchange: Exchange,
  measured: Exclude<Measured, { what: 'shown' | 'rows' | 'count' }>,
  cookies: SessionCookies,
): string {
  const set = cookies.set(exchange)
  const sent = cookies.sent(exchange)
  const yesNo = (is: boolean) => (is ? 'yes' : 'no')
  switch (measured.what) {
    case 'status':
      return String(exchange.status)
    case 'location':
      return exchange.location ?? 'none'
    case 'set-cookie':
      return yesNo(set !== undefined)
    case 'sent':
      return yesNo(sent !== undefined)
    case 'sid':
      if (set) return sent === undefined ? 'first' : sidIn(set.value) === sent ? 'kept' : 'new'
      return sent === undefined ? 'none' : 'kept'
    case 'row':
      return sent === undefined ? 'none' : rowOf(exchange, sent)
    case 'has':
      return yesNo(attributeOf(set, measured.name) !== undefined)
    case 'attribute':
      return attributeOf(set, measured.name) ?? 'none'
    case 'data':
      return valueIn(exchange.calls.findLast(({ data }) => data !== null)?.data ?? '', measured.name)
  }
}

/** What became of the row of this sid in the course of the exchange. */
function rowOf({ calls }: Exchange, sid: string): string {
  const own = calls.filter((call) => call.sid === sid)
  const has = (method: string) => own.some((call) => call.method === method)
  if (has('destroy')) return 'removed'
  if (has('set')) return 'written'
  if (has('touch')) return 'extended'
  return own.some(({ data }) => data !== null) ? 'read' : 'missing'
}

function pick(exchanges: readonly Exchange[], { request, nth, after }: Which): Exchange | undefined {
  const from = after ? exchanges.findLastIndex((one) => isOf(after, one)) : undefined
  if (from === -1) return undefined
  const behind = (from === undefined ? exchanges : exchanges.slice(from + 1)).filter((one) =>
    isOf(request, one),
  )
  return nth === undefined ? behind.at(-1) : behind[nth - 1]
}

function isOf({ method, site, path }: RequestPattern, { server, url, ...exchange }: Exchange): boolean {
  if (server !== site || (method !== undefined && method !== exchange.method)) return false
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
