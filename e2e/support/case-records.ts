import type { Diagnosis } from '../../packages/inspector/src/diagnose/diagnosis.ts'
import { createSight, type Seen } from '../../packages/inspector/src/diagnose/seen.ts'
import type {
  CallFacts,
  Exchange,
  ExchangeFacts,
  SessionCall,
  StoreCall,
} from '../../packages/inspector/src/exchange.ts'
import { countAcrossGaps, findWithAndWithoutGaps } from './case-gaps.ts'
import { exchange, storeCall } from './exchange.ts'

/** When the hand-made records begin, in ms since the epoch. */
export const start = 1_700_000_000_000

/** The session as a store is given it. `expires`: ms after the start. */
export const row = (data: object, lifetime?: number, expires?: number): string =>
  JSON.stringify({
    cookie: {
      originalMaxAge: lifetime ?? null,
      expires: expires === undefined ? null : new Date(start + expires).toISOString(),
    },
    ...data,
  })

type GivenCall = Partial<Omit<StoreCall, 'facts'>> & { facts?: Partial<CallFacts> }

/** A call, `at` ms after the request arrived, that has answered once. */
export function call(method: StoreCall['method'], given: GivenCall = {}): StoreCall {
  const { facts, ...rest } = given
  const { data = null } = rest
  return storeCall({
    ...{ method, sid: 'a' },
    ...rest,
    facts: { answers: 1, size: data?.length ?? 0, ...(method === 'set' && { isOwn: true }), ...facts },
  })
}

type GivenExchange = Partial<Omit<Exchange, 'at' | 'facts'>> & { at: number; facts?: Partial<ExchangeFacts> }

let count = 0

/** A request that went through session(), `at` ms after the start. */
export function request({ at, facts, ...given }: GivenExchange): Exchange {
  return exchange({
    ...{ id: ++count, at: start + at, sessions: [1], headAt: 2, duration: 10 },
    ...given,
    facts: { host: 'localhost', isEncrypted: false, ...facts },
  })
}

/** The cookie of a session, as it comes back and as it is set. */
export const cookie = (sid: string): string => `own.sid=s%3A${sid}.signature`
export const setCookie = (sid: string, attributes = ''): string[] => [`${cookie(sid)}; Path=/${attributes}`]

/** What express-session says of a session that it finds, or makes. */
export const found = (sid = 'a'): string[] => [`fetching ${sid}`, 'session found']
export const fresh: readonly string[] = ['no SID sent, generating session']

/** One session() call of the app, whose store is the first. */
export const sessionCall = (given: Partial<SessionCall> = {}): SessionCall => ({
  number: 1,
  pid: 1,
  at: start,
  name: 'own.sid',
  store: 1,
  storeName: 'OwnStore',
  cookie: {},
  resave: false,
  saveUninitialized: false,
  rolling: undefined,
  unset: undefined,
  proxy: undefined,
  hasGenid: false,
  version: '1.18.1',
  where: 'app.js:3',
  secrets: [],
  isInProduction: false,
  rows: 'elsewhere',
  canTouch: true,
  ...given,
})

interface Record {
  sessions?: readonly SessionCall[]
  outside?: readonly StoreCall[]
  now?: number
}

/** What a diagnosis may ask of a hand-made record. */
export const recordOf = (
  exchanges: readonly Exchange[],
  { sessions = [sessionCall()], outside = [], now = 60_000 }: Record = {},
): Seen =>
  createSight({ exchanges: () => exchanges, outside: () => outside, sessions: () => sessions })(start + now)

/** In which exchanges a diagnosis finds its cause; undefined where it says nothing. */
export const foundBy = (diagnosis: Diagnosis, seen: Seen): readonly number[] | undefined => {
  const all = findWithAndWithoutGaps(diagnosis, seen)
  return all.length === 0 ? undefined : all.flatMap(({ exchanges }) => exchanges)
}

/** Whether a diagnosis finds anything where requests passed unrecorded all the time. */
export const foundAcrossGaps = (diagnosis: Diagnosis, seen: Seen): boolean =>
  countAcrossGaps(diagnosis, seen) > 0
