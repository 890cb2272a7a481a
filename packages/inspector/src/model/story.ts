import type { Exchange, Passed, SessionCall, StoreCall } from '../exchange.ts'
import { type ClientId, createClients } from './client.ts'
import { createCookieReader } from './cookie-value.ts'
import { createInferredJar, emptyJar } from './jar.ts'
import { createNames } from './names.ts'
import { passedIn } from './passed.ts'
import { createRows } from './rows.ts'
import { sentCookies } from './sent-cookies.ts'
import { createSessions, shelfOf } from './sessions.ts'
import { readSetCookie } from './set-cookie.ts'
import type { Step } from './step.ts'
import { createCallTaker } from './taken-calls.ts'
import { whyNoCookie } from './why.ts'

/** What a recorder has recorded beside the exchanges. */
export interface Beside {
  outside?: readonly StoreCall[]
  sessions?: readonly SessionCall[]
  /** The requests that passed unrecorded. */
  passed?: readonly Passed[]
  /** Whether a copy of express-session was loaded before it could be watched. */
  isLate?: boolean
}

export interface StoryOptions {
  secrets: readonly string[]
  cookieName?: string
  /** Whether all stores of a server have the same rows; none where it is left out. */
  hasOneStore?: (server: string) => boolean
}

/** Follows a recorder: takes over what is new each time and keeps what follows from it. Knows as much as the recorder. */
export function createStory({ secrets, cookieName, hasOneStore = () => false }: StoryOptions) {
  let steps: Step[] = []
  let count = 0
  let hasLines = false
  /** Whether store calls were recorded and express-session's debug lines were not. */
  let isMute = false
  let isLate = false
  let calls: readonly SessionCall[] = []
  const names = createNames()
  let passed: readonly Passed[] = []
  const hasPassed = passedIn(() => passed)
  const rows = createRows(hasPassed)
  const jars = new Map<ClientId, ReturnType<typeof createInferredJar>>()
  const clients = createClients()
  const read = createCookieReader(secrets)
  const sessions = createSessions({ cookieName, hasOneStore, read })
  const callTaker = createCallTaker(rows, sessions)

  function take(exchange: Exchange) {
    const end = exchange.at + (exchange.duration ?? 0)
    const client = clients.of(exchange)
    const setCookies = exchange.setCookie.map((line) => readSetCookie(line, end))
    const session = sessions.of(exchange, setCookies, calls)
    const { name } = session
    const sent = sentCookies(exchange, name, read)
    const sessionSet = setCookies.findLast((cookie) => cookie.name === name && cookie.value !== '') ?? null
    const setValue = sessionSet ? read(sessionSet.value) : null
    callTaker.takeOf(exchange)
    hasLines ||= exchange.debug.length > 0
    isMute = !hasLines && (isMute || exchange.calls.length > 0)
    // named in the order in which a reader meets them: what came in, what was called, what went out
    for (const { sid, state } of sent) if (state !== 'unsigned') names.of(sid)
    for (const { sid } of exchange.calls) names.of(sid)
    if (setValue) names.of(setValue.sid)
    let jar = jars.get(client.key)
    if (!jar) {
      jar = createInferredJar()
      jars.set(client.key, jar)
    }
    const isOfSession = [exchange.debug, exchange.calls, exchange.sessions, setCookies].some(
      (list) => list.length > 0,
    )
    steps.push({
      number: isOfSession ? ++count : null,
      exchange,
      end,
      client,
      session,
      shelf: shelfOf(exchange.server, session.store),
      sent,
      setCookies,
      sessionSet,
      why: sessionSet ? null : whyNoCookie(exchange, isMute, isLate),
      sid: setValue?.sid ?? sent[0]?.sid ?? null,
      jar: client.isInspector ? emptyJar : jar.take(exchange, setCookies),
      isOfSession,
    })
  }

  function forget(kept: ReadonlySet<number>) {
    steps = steps.filter(({ exchange }) => kept.has(exchange.id))
    callTaker.forget(kept)
    const keys = new Set(steps.map(({ client }) => client.key))
    clients.forget(keys)
    for (const key of jars.keys()) if (!keys.has(key)) jars.delete(key)
    if (names.size() + rows.size() < 100) return
    const needed = new Set(
      steps.flatMap(({ sid, exchange, sent }) => [
        ...(sid === null ? [] : [sid]),
        ...sent.map((cookie) => cookie.sid),
        ...exchange.calls.map((call) => call.sid),
      ]),
    )
    for (const { call } of callTaker.outside()) needed.add(call.sid)
    names.forget(needed)
    rows.forget(needed)
  }

  return {
    names,
    rows,
    steps: (): readonly Step[] => steps,
    /** The requests that passed unrecorded, oldest first. */
    passed: (): readonly Passed[] => passed,
    hasPassed,
    clients: clients.all,
    /** Takes a cookie value apart and checks its signature; the same value once. */
    read,
    /** The calls outside of any exchange. */
    outside: callTaker.outside,
    /** The session() calls, as far as they were seen. */
    sessionCalls: () => calls,
    /** The session that a server was last seen to use. */
    lastSession: sessions.last,
    storeIn: sessions.storeIn,
    /** The session cookie's name on a server; null while it is not known. */
    cookieName: (server: string): string | null => sessions.last(server).name,
    /** Takes over the exchanges that have finished since, in the order in which they finished, and all that is new. */
    follow(exchanges: readonly Exchange[], beside: Beside = {}) {
      const { outside: given = [], sessions: told = [] } = beside
      calls = told
      passed = beside.passed ?? []
      isLate = beside.isLate ?? false
      const kept = new Set(exchanges.map(({ id }) => id))
      if (steps.some(({ exchange }) => !kept.has(exchange.id))) forget(kept)
      const fresh = exchanges.filter(({ id, duration }) => duration !== null && !callTaker.isTaken(id))
      const endOf = ({ at, duration }: Exchange) => at + (duration ?? 0)
      callTaker.takeLate(kept, given)
      for (const { exchange } of steps) callTaker.takeOf(exchange)
      for (const exchange of fresh.sort((one, other) => endOf(one) - endOf(other) || one.id - other.id)) {
        take(exchange)
      }
      for (const { sid } of given) names.of(sid)
      callTaker.takeOutside(given)
    },
  }
}

export type Story = ReturnType<typeof createStory>
