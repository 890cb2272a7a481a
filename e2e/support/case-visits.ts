import type { Diagnosis } from '../../packages/inspector/src/diagnose/diagnosis.ts'
import { createSight, type Seen } from '../../packages/inspector/src/diagnose/seen.ts'
import { diagnoses } from '../../packages/inspector/src/diagnoses/index.ts'
import type { Exchange, ExchangeFacts, SessionCall } from '../../packages/inspector/src/exchange.ts'
import { countAcrossGaps, findWithAndWithoutGaps } from './case-gaps.ts'
import { exchange, storeCall } from './exchange.ts'

type Data = Readonly<Record<string, unknown>>

/** What is special about one request; what is not given is as in one without cookies that nothing happened to. */
export interface Visit extends Omit<Partial<Exchange>, 'facts' | 'cookie' | 'debug' | 'calls'> {
  facts?: Partial<ExchangeFacts>
  /** The sid of its cookie, and the row that is found for it; `refused`: the signature does not fit. */
  sends?: string
  finds?: Data
  refused?: true
  /** A whole `Cookie` header in the place of that. */
  cookie?: string
  /** A new sid, or that of the session: it is written with this data and cookie. */
  writes?: string
  data?: Data
  rowCookie?: Data
  /** The sid that is destroyed. */
  destroys?: string
  /** The attributes of the `Set-Cookie` of what is written; left out: none is sent. */
  given?: string
  /** More of express-session's lines. */
  lines?: readonly string[]
}

export type Visits = readonly (readonly [line: string, visit?: Visit])[]

const signature = 'x'.repeat(43)
/** The value of a session cookie on the wire. */
export const signedValueOf = (sid: string, sign = signature): string => `s%3A${sid}.${sign}`

/** One `session()` call as the inspector tells it: called `sid`, well set. */
export const sessionCall = (given: Partial<SessionCall> = {}): SessionCall => ({
  number: 1,
  pid: 1,
  at: 1,
  name: 'sid',
  store: 1,
  storeName: 'RedisStore',
  cookie: { sameSite: 'lax' },
  resave: false,
  saveUninitialized: false,
  rolling: undefined,
  unset: undefined,
  proxy: undefined,
  hasGenid: false,
  version: '1.18.1',
  where: 'app.js:1',
  secrets: [{ digest: 'one', length: 64, weakness: null }],
  isInProduction: false,
  rows: 'elsewhere',
  canTouch: true,
  ...given,
})

/** What a diagnosis says of these requests, a second apart each; the ids of the exchanges are 1, 2, … */
export const findingsOf = (id: string, visits: Visits, sessions = [sessionCall()]) =>
  findWithAndWithoutGaps(diagnosisOf(id), seenOf(visits, sessions))

/** Of how many findings there are, and how many of them are left where requests passed unrecorded. */
export const countsOf = (id: string, visits: Visits): readonly [number, number] => [
  findingsOf(id, visits).length,
  countAcrossGaps(diagnosisOf(id), seenOf(visits, [sessionCall()])),
]

function diagnosisOf(id: string): Diagnosis {
  const diagnosis = diagnoses.find((one) => one.id === id)
  if (!diagnosis) throw new Error(`there is no diagnosis ${id}`)
  return diagnosis
}

function seenOf(visits: Visits, sessions: readonly SessionCall[]): Seen {
  const exchanges = visits.map(([line, visit = {}], index) => exchangeOf(line, visit, index + 1, sessions))
  const see = createSight({ exchanges: () => exchanges, outside: () => [], sessions: () => sessions })
  return see(2_000_000)
}

function exchangeOf(line: string, visit: Visit, id: number, sessions: readonly SessionCall[]): Exchange {
  const {
    facts,
    sends,
    finds,
    refused,
    cookie,
    writes,
    data,
    rowCookie,
    destroys,
    given,
    lines = [],
    ...rest
  } = visit
  const [method = 'GET', url = '/'] = line.split(' ')
  const name = sessions.find(({ number }) => number === (rest.sessions?.[0] ?? 1))?.name ?? 'sid'
  const store = { store: rest.sessions?.[0] ?? 1 }
  const isRead = sends !== undefined && !refused
  const row =
    writes === undefined ? null : JSON.stringify({ cookie: rowCookie ?? { expires: null }, ...data })
  const found = finds ? JSON.stringify({ cookie: {}, ...finds }) : null
  const set = `${name}=${signedValueOf(writes ?? '')}${given ? `; ${given}` : ''}`
  return exchange({
    ...{ id, method, url, at: 1_000_000 + id * 1_000, sessions: [1] },
    cookie: cookie ?? (sends === undefined ? null : `${name}=${signedValueOf(sends)}`),
    facts: { host: 'localhost:3000', isEncrypted: false, ...facts },
    debug: [
      ...(refused ? ['cookie signature invalid'] : []),
      ...(isRead ? [`fetching ${sends}`, finds ? 'session found' : 'no session found'] : []),
      ...(lines.length === 0 && !isRead ? ['no SID sent, generating session'] : []),
      ...(given !== undefined ? [`set-cookie ${set}`] : []),
      ...lines,
    ],
    calls: [
      ...(isRead ? [storeCall({ ...store, sid: sends, data: found })] : []),
      ...(destroys ? [storeCall({ ...store, method: 'destroy', sid: destroys })] : []),
      ...(writes ? [storeCall({ ...store, method: 'set', sid: writes, data: row, at: 0.5 })] : []),
    ],
    setCookie: given === undefined ? [] : [set],
    ...rest,
  })
}
