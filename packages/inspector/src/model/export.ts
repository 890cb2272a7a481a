import { type Exchange, longestData, type Passed, type ServingProcess, type StoreCall } from '../exchange.ts'
import { cookiePairs, looksSigned, readCookieValue } from './cookie-value.ts'
import { aliasOf, type Names } from './names.ts'
import { createRedactor } from './redact.ts'
import { readSetCookie } from './set-cookie.ts'

const format = 'express-session-inspector'
const shortestValue = 4 // characters: a shorter value of another cookie is no secret, and in every text
const sidLine = /^(fetching |saving |reloading )(.*)$/s
const setCookieLine = 'set-cookie '

/** Whether the value of another cookie tells anything: `consent=true` does not. */
const isTelling = (value: string) =>
  value.length >= shortestValue && !/^(?:true|false|null|none)$/i.test(value)

/** The record as it leaves this computer: sids are aliases, there are no signatures and no other cookies' values. */
export interface ExportedRecord {
  format: typeof format
  version: 1
  exchanges: Exchange[]
  /** The calls on a store outside of any request; their `at` is ms since the epoch. */
  outside?: StoreCall[]
  /** The requests that passed unrecorded; left out where none did. */
  passed?: Passed[]
}

/** The part of a record that tells of requests that passed unrecorded. */
export const passedPart = (passed: readonly Passed[]): Pick<ExportedRecord, 'passed'> =>
  passed.length === 0 ? {} : { passed: [...passed] }

/** Makes exchanges, and texts about them, fit to be passed on, once all were noted. The same sid has the same alias throughout. */
export function createCleaner(names: Pick<Names, 'known' | 'newest'>) {
  const { add, clean, cleanJson } = createRedactor()
  const aliases = new Map<string, string>()
  let newest = names.newest()

  function alias(sid: string): string {
    const known = aliases.get(sid)
    if (known !== undefined) return known
    const name = aliasOf(names.known(sid)?.number ?? ++newest)
    aliases.set(sid, name)
    add(sid, name)
    return name
  }
  function noteValue(value: string) {
    if (!looksSigned(value)) return isTelling(value) && add(value, 'removed')
    const { sid, signature } = readCookieValue(value)
    add(value, `s:${alias(sid)}.signature`)
    if (signature.length >= shortestValue) add(signature, 'signature')
  }
  const noteSet = (line: string) => noteValue(readSetCookie(line).value)
  function noteCalls(calls: readonly StoreCall[]) {
    for (const { sid } of calls) alias(sid)
  }
  function note({ cookie, setCookie, calls, debug }: Exchange) {
    noteCalls(calls)
    for (const line of debug) {
      const sid = sidLine.exec(line)?.[2]
      if (sid !== undefined) alias(sid)
      if (line.startsWith(setCookieLine)) noteSet(line.slice(setCookieLine.length))
    }
    for (const { value } of cookiePairs(cookie)) noteValue(value)
    setCookie.forEach(noteSet)
  }

  function cleanValue(value: string): string {
    if (looksSigned(value)) return `s%3A${alias(readCookieValue(value).sid)}.signature`
    return value === '' ? '' : 'removed'
  }
  function cleanSet(line: string): string {
    const { name, value, attributes } = readSetCookie(line)
    return [`${clean(name)}=${cleanValue(value)}`, ...attributes.map(({ text }) => clean(text))].join('; ')
  }
  function cleanLine(line: string): string {
    if (line.startsWith(setCookieLine)) return setCookieLine + cleanSet(line.slice(setCookieLine.length))
    const [, start, sid] = sidLine.exec(line) ?? []
    return start === undefined || sid === undefined ? clean(line) : start + alias(sid)
  }
  const cleanOrNull = (text: string | null) => (text === null ? null : clean(text))
  const cleanCall = ({ facts: _, ...call }: StoreCall): StoreCall => ({
    ...call,
    sid: alias(call.sid),
    data: call.data === null ? null : cleanJson(call.data, call.data.length >= longestData),
    error: cleanOrNull(call.error),
    ...(call.errorCode !== undefined && { errorCode: clean(call.errorCode) }),
  })
  const cleanExchange = ({ facts: _, ...exchange }: Exchange): Exchange => ({
    ...exchange,
    client: { host: clean(exchange.client.host), userAgent: clean(exchange.client.userAgent, true) },
    url: clean(exchange.url),
    location: cleanOrNull(exchange.location),
    origin: cleanOrNull(exchange.origin),
    fetch: {
      site: cleanOrNull(exchange.fetch.site),
      mode: cleanOrNull(exchange.fetch.mode),
      dest: cleanOrNull(exchange.fetch.dest),
    },
    cookie:
      exchange.cookie === null
        ? null
        : cookiePairs(exchange.cookie)
            .map(({ name, value }) => `${clean(name)}=${cleanValue(value)}`)
            .join('; '),
    setCookie: exchange.setCookie.map(cleanSet),
    calls: exchange.calls.map(cleanCall),
    debug: exchange.debug.map(cleanLine),
  })
  return { note, noteCalls, clean: cleanExchange, cleanCall, text: (text: string) => clean(text) }
}

/**
 * The record as JSON text, in pieces, fit to be passed on; `outside` are the calls outside of any request. It can be cut
 * off between any two of them: whoever sends it does other things in between. `more` goes before the exchanges as it is:
 * nothing in it may be secret.
 */
export function* exportRecord(
  exchanges: readonly Exchange[],
  names: Names,
  outside: readonly StoreCall[] = [],
  more: object = {},
): Generator<string> {
  // what is under way goes on meanwhile, and could bring a sid that was not noted
  const kept = exchanges.map((exchange) => ({
    ...exchange,
    setCookie: [...exchange.setCookie],
    calls: exchange.calls.map((call) => ({ ...call })),
    debug: [...exchange.debug],
  }))
  const keptOutside = outside.map((call) => ({ ...call }))
  const cleaner = createCleaner(names)
  const head: Omit<ExportedRecord, 'exchanges'> = { format, version: 1, ...more }
  yield `${JSON.stringify(head).slice(0, -1)},"exchanges":[`
  for (const exchange of kept) {
    cleaner.note(exchange)
    yield ''
  }
  cleaner.noteCalls(keptOutside)
  for (const [index, exchange] of kept.entries()) {
    yield `${index === 0 ? '' : ',\n'}${JSON.stringify(cleaner.clean(exchange))}`
  }
  yield '],"outside":['
  for (const [index, call] of keptOutside.entries()) {
    yield `${index === 0 ? '' : ',\n'}${JSON.stringify(cleaner.cleanCall(call))}`
  }
  yield ']}'
}

/** What a record may hold. */
export const most = {
  megabytes: 32,
  exchanges: 5000,
  processes: 10,
  sessions: 20,
  calls: 100,
  lines: 200,
  text: longestData,
}

/** Why a text is not taken in as a record. `unshown`: the page cannot show it. */
export type Refused =
  | 'empty'
  | 'no-json'
  | 'no-record'
  | 'version'
  | 'too-many'
  | 'broken'
  | 'unshown'
  | 'too-large'

/** What an exported record holds. */
export type ImportedRecord = Required<Pick<ExportedRecord, 'exchanges' | 'outside' | 'passed'>>

/** Reads an exported record. Numbers and texts beyond what the page shows are cut; whatever else it may be is refused. */
export function importRecord(text: string): ImportedRecord | Refused {
  if (text.trim() === '') return 'empty'
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return 'no-json'
  }
  if (!isObject(record) || record['format'] !== format) return 'no-record'
  if (record['version'] !== 1) return 'version'
  const { exchanges: list, outside = [], passed = [] } = record
  if (!Array.isArray(list) || !Array.isArray(outside) || !Array.isArray(passed)) return 'no-record'
  if ([list, outside, passed].some(({ length }) => length > most.exchanges)) return 'too-many'
  const exchanges = list.map(readExchange)
  if (!exchanges.every((exchange) => exchange !== undefined)) return 'broken'
  return {
    exchanges,
    outside: outside.flatMap((value) => readCall(value, moment)),
    passed: passed.flatMap(readPassed),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, most.text) : '')
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, most.text) : null
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
/** A whole number that is shown as one. */
const count = (value: unknown): number => Math.min(Math.max(Math.trunc(number(value)), 0), 1e9)
/** ms, from 0 to eleven days. */
const span = (value: unknown): number => Math.min(Math.max(number(value), 0), 1e9)
const spanOrNull = (value: unknown): number | null => (typeof value === 'number' ? span(value) : null)
const texts = (value: unknown, count: number): string[] =>
  Array.isArray(value) ? value.slice(0, count).map(text) : []
const latest = 8.64e15 // ms: the last moment that a Date can hold
/** ms since the epoch. */
const moment = (value: unknown): number => Math.min(Math.max(number(value), 0), latest / 2)

function readExchange(value: unknown): Exchange | undefined {
  if (!isObject(value) || typeof value['id'] !== 'number' || typeof value['at'] !== 'number') return undefined
  const { client, calls, processes, sessions } = value
  const { host, userAgent } = isObject(client) ? client : {}
  return {
    id: count(value['id']),
    server: text(value['server']).slice(0, 100),
    ...(Array.isArray(processes) && { processes: processes.slice(0, most.processes).flatMap(readProcess) }),
    at: moment(value['at']),
    duration: spanOrNull(value['duration']),
    client: { host: text(host).slice(0, 255), userAgent: text(userAgent).slice(0, 500) },
    sentBy: value['sentBy'] === 'inspector' ? 'inspector' : 'browser',
    scheme: value['scheme'] === 'https' ? 'https' : 'http',
    method: text(value['method']).slice(0, 20),
    url: text(value['url']),
    cookie: textOrNull(value['cookie']),
    origin: textOrNull(value['origin']),
    fetch: readFetch(value['fetch']),
    sessions: Array.isArray(sessions) ? sessions.slice(0, most.sessions).map(count) : [],
    headAt: spanOrNull(value['headAt']),
    end: value['end'] === 'finished' || value['end'] === 'cut' ? value['end'] : null,
    status: typeof value['status'] === 'number' ? count(value['status']) : null,
    location: textOrNull(value['location']),
    setCookie: texts(value['setCookie'], most.calls),
    calls: Array.isArray(calls) ? calls.slice(0, most.calls).flatMap((call) => readCall(call, span)) : [],
    debug: texts(value['debug'], most.lines),
  }
}

function readFetch(value: unknown): Exchange['fetch'] {
  const { site, mode, dest } = isObject(value) ? value : {}
  return { site: textOrNull(site), mode: textOrNull(mode), dest: textOrNull(dest) }
}

const readProcess = (value: unknown): ServingProcess[] =>
  isObject(value) ? [{ slot: count(value['slot']), pid: count(value['pid']) }] : []

function readPassed(value: unknown, index: number): Passed[] {
  if (!isObject(value)) return []
  const { count: many, from, to } = value
  return [{ number: index + 1, count: count(many), from: moment(from), to: moment(to) }]
}

function readCall(value: unknown, readAt: (value: unknown) => number): StoreCall[] {
  if (!isObject(value)) return []
  const method = (['get', 'set', 'destroy', 'touch'] as const).find((known) => known === value['method'])
  if (!method) return []
  return [
    {
      method,
      sid: text(value['sid']),
      store: count(value['store']),
      at: readAt(value['at']),
      duration: spanOrNull(value['duration']),
      data: textOrNull(value['data']),
      error: textOrNull(value['error']),
      ...(typeof value['errorCode'] === 'string' && { errorCode: text(value['errorCode']).slice(0, 100) }),
    },
  ]
}
