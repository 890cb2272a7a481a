import type { Exchange, StoreCall } from '../exchange.ts'
import type { WhyNoCookie } from '../words.ts'
import { type CookieValue, cookiePairs, looksSigned, readCookieValue } from './cookie-value.ts'
import { createInferredJar, emptyJar, type JarState } from './jar.ts'
import { createNames } from './names.ts'
import { createRows } from './rows.ts'
import { readSetCookie, type SetCookie } from './set-cookie.ts'
import { whyNoCookie } from './why.ts'

/** One finished exchange with all that follows from it. */
export interface Step {
  exchange: Exchange
  /** When the response was finished, in ms since the epoch. */
  end: number
  client: Client
  /** The session cookie's name on this server, as far as it was known by then. */
  cookieName: string | null
  /** The session cookie's values as sent; more than one when the name was there twice. */
  sent: CookieValue[]
  setCookies: SetCookie[]
  /** The `Set-Cookie` of the session. */
  sessionSet: SetCookie | null
  why: WhyNoCookie | null
  /** The sid that the browser has afterwards, as far as this exchange tells. */
  sid: string | null
  /** The browser's jar afterwards, inferred. */
  jar: JarState
  /** Whether it had to do with the session: static files and the icon have not. */
  isOfSession: boolean
}

/** One browser, as far as it can be told from outside. */
export interface Client {
  key: string
  /** `A`, `B`, … in the order of appearance. */
  letter: string
  host: string
  /** `Chrome 140` */
  browser: string
  isInspector: boolean
}

export interface StoryOptions {
  secrets: readonly string[]
  cookieName?: string
}

export const clientKey = (host: string, userAgent: string): string => `${host}\n${userAgent}`

/** Follows a recorder: takes over what is new each time and keeps what follows from it. Knows as much as the recorder. */
export function createStory({ secrets, cookieName }: StoryOptions) {
  let steps: Step[] = []
  const taken = new Set<number>()
  const names = createNames()
  const rows = createRows()
  const jars = new Map<string, ReturnType<typeof createInferredJar>>()
  const clients = new Map<string, Client>()
  const learned = new Map<string, string>()
  const late: { exchange: Exchange; call: StoreCall }[] = []
  let letters = 0

  function clientOf({ client: { host, userAgent }, sentBy }: Exchange): Client {
    const isInspector = sentBy === 'inspector'
    const key = isInspector ? 'inspector' : clientKey(host, userAgent)
    const known = clients.get(key)
    if (known) return known
    const letter = isInspector ? '✎' : letterOf(letters++)
    const client = { key, letter, host, browser: isInspector ? '' : browserOf(userAgent), isInspector }
    clients.set(key, client)
    return client
  }

  function learnName(exchange: Exchange, setCookies: readonly SetCookie[]): string | null {
    if (cookieName) return cookieName
    const set = setCookies.find(({ value }) => looksSigned(value))
    const read = exchange.calls.find(({ method }) => method === 'get')?.sid
    const signed = cookiePairs(exchange.cookie).filter(({ value }) => looksSigned(value))
    const fits = signed.find(({ value }) => readCookieValue(value).sid === read)
    const known = learned.get(exchange.server)
    // other apps on this host send their cookies along: one that was not even read is not this app's
    const isRefused = exchange.debug.includes('cookie signature invalid') && signed.length === 1
    const name = set?.name ?? fits?.name ?? known ?? (isRefused ? signed[0]?.name : undefined)
    if (name !== undefined) learned.set(exchange.server, name)
    return name ?? null
  }

  function take(exchange: Exchange) {
    const end = exchange.at + (exchange.duration ?? 0)
    const client = clientOf(exchange)
    const setCookies = exchange.setCookie.map((line) => readSetCookie(line, end))
    const name = learnName(exchange, setCookies)
    const sent = cookiePairs(exchange.cookie)
      .filter((pair) => pair.name === name)
      .map(({ value }, index) => check(exchange, value, index === 0))
    const sessionSet = setCookies.findLast((cookie) => cookie.name === name && cookie.value !== '') ?? null
    const setValue = sessionSet ? readCookieValue(sessionSet.value, secrets) : null
    for (const call of exchange.calls) {
      if (call.duration === null) late.push({ exchange, call })
      else rows.noteCall(exchange, call)
    }
    // named in the order in which a reader meets them: what came in, what was called, what went out
    for (const { sid, state } of sent) if (state !== 'unsigned') names.of(sid)
    for (const { sid } of exchange.calls) names.of(sid)
    if (setValue) names.of(setValue.sid)
    let jar = jars.get(client.key)
    if (!jar) {
      jar = createInferredJar()
      jars.set(client.key, jar)
    }
    steps.push({
      exchange,
      end,
      client,
      cookieName: name,
      sent,
      setCookies,
      sessionSet,
      why: sessionSet ? null : whyNoCookie(exchange),
      sid: setValue?.sid ?? sent[0]?.sid ?? null,
      jar: client.isInspector ? emptyJar : jar.take(exchange),
      isOfSession: exchange.debug.length > 0 || exchange.calls.length > 0 || setCookies.length > 0,
    })
  }

  /** express-session's own verdict, on the one it reads, counts more than ours: the app may have other secrets. */
  function check(exchange: Exchange, value: string, isRead: boolean): CookieValue {
    const cookie = readCookieValue(value, secrets)
    if (cookie.state === 'unsigned') return cookie
    if (exchange.debug.includes(`fetching ${cookie.sid}`)) return { ...cookie, state: 'valid' }
    const isRefused = exchange.debug.includes('cookie signature invalid')
    return isRefused && (isRead || cookie.state === 'unchecked') ? { ...cookie, state: 'wrong' } : cookie
  }

  function forget(kept: ReadonlySet<number>) {
    steps = steps.filter(({ exchange }) => kept.has(exchange.id))
    for (const id of taken) if (!kept.has(id)) taken.delete(id)
    const keys = new Set(steps.map(({ client }) => client.key))
    for (const key of clients.keys()) if (!keys.has(key)) clients.delete(key)
    for (const key of jars.keys()) if (!keys.has(key)) jars.delete(key)
    if (names.size() + rows.size() < 100) return
    const needed = new Set(
      steps.flatMap(({ sid, exchange, sent }) => [
        ...(sid === null ? [] : [sid]),
        ...sent.map((cookie) => cookie.sid),
        ...exchange.calls.map((call) => call.sid),
      ]),
    )
    names.forget(needed)
    rows.forget(needed)
  }

  return {
    names,
    rows,
    steps: (): readonly Step[] => steps,
    clients: (): Client[] => [...clients.values()],
    /** The session cookie's name on a server; null while it is not known. */
    cookieName: (server: string): string | null => cookieName ?? learned.get(server) ?? null,
    /** Takes over the exchanges that have finished since, in the order in which they finished. */
    follow(exchanges: readonly Exchange[]) {
      const kept = new Set(exchanges.map(({ id }) => id))
      if (steps.some(({ exchange }) => !kept.has(exchange.id))) forget(kept)
      const fresh = exchanges.filter(({ id, duration }) => duration !== null && !taken.has(id))
      const endOf = ({ at, duration }: Exchange) => at + (duration ?? 0)
      for (const exchange of fresh.sort((one, other) => endOf(one) - endOf(other) || one.id - other.id)) {
        taken.add(exchange.id)
        take(exchange)
      }
      for (const { exchange, call } of late.splice(0)) {
        if (call.duration === null && kept.has(exchange.id)) late.push({ exchange, call })
        else rows.noteCall(exchange, call)
      }
    },
  }
}

export type Story = ReturnType<typeof createStory>

const letterOf = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`

/** The browser's usual name and major version, out of its User-Agent. */
export function browserOf(userAgent: string): string {
  for (const [pattern, name] of [
    [/Edg\/(\d+)/, 'Edge'],
    [/OPR\/(\d+)/, 'Opera'],
    [/Firefox\/(\d+)/, 'Firefox'],
    [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
    [/Version\/(\d+).*Safari/, 'Safari'],
    [/curl\/(\d+)/, 'curl'],
  ] as const) {
    const found = pattern.exec(userAgent)
    if (found) return `${name} ${found[1]}`
  }
  return userAgent.split(/[\s/]/)[0]?.slice(0, 20) || '?'
}
