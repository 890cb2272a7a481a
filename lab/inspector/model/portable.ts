import type { Exchange, ServingProcess, StoreCall } from '../exchange.ts'
import { longestData } from '../exchange.ts'
import { cookiePairs, looksSigned, readCookieValue } from './cookie-value.ts'
import type { Story } from './story.ts'

const format = 'express-session-inspector'
const shortestForSearch = 8 // characters: a shorter sid would be found everywhere

/** The record as it leaves this computer: sids are aliases, there are no signatures and no other cookies' values. */
export interface PortableRecord {
  format: typeof format
  version: 1
  exchanges: Exchange[]
}

/** Makes the record fit to be passed on. The same sid has the same alias throughout. */
export function exportRecord(exchanges: readonly Exchange[], story: Story): PortableRecord {
  const sids = new Set(
    story
      .steps()
      .flatMap(({ sid, sent, exchange }) => [
        ...(sid === null ? [] : [sid]),
        ...sent.map((value) => value.sid),
        ...exchange.calls.map((call) => call.sid),
      ]),
  )
  for (const { calls } of exchanges) for (const { sid } of calls) sids.add(sid)
  const alias = (sid: string) => `sid-${story.names.of(sid).number}`
  const long = new Map(
    [...sids].filter((sid) => sid.length >= shortestForSearch).map((sid) => [sid, alias(sid)]),
  )
  const odd = [...long].filter(([sid]) => !/^[\w-]+$/.test(sid))

  const clean = (text: string): string => {
    let cleaned = text.replace(/[\w-]{8,}/g, (word) => long.get(word) ?? word)
    for (const [sid, name] of odd) {
      cleaned = cleaned.replaceAll(sid, name).replaceAll(encodeURIComponent(sid), name)
    }
    return cleaned
  }
  const cleanValue = (value: string): string => {
    if (!looksSigned(value)) return value === '' ? '' : 'removed'
    const { sid } = readCookieValue(value)
    return `s%3A${alias(sid)}.signature`
  }
  const cleanSet = (line: string): string => {
    const [pair = '', ...rest] = line.split(';')
    const at = pair.indexOf('=')
    return [`${pair.slice(0, at)}=${cleanValue(pair.slice(at + 1))}`, ...rest].join(';')
  }
  const cleanLine = (line: string): string => {
    const [, start = '', rest = ''] = /^(set-cookie |fetching |saving |reloading )(.*)$/s.exec(line) ?? []
    if (start === 'set-cookie ') return start + cleanSet(rest)
    if (start !== '') return start + (sids.has(rest) ? alias(rest) : clean(rest))
    return clean(line)
  }

  return {
    format,
    version: 1,
    exchanges: exchanges.map((exchange) => ({
      ...exchange,
      url: clean(exchange.url),
      location: exchange.location === null ? null : clean(exchange.location),
      cookie:
        exchange.cookie === null
          ? null
          : cookiePairs(exchange.cookie)
              .map(({ name, value }) => `${name}=${cleanValue(value)}`)
              .join('; '),
      setCookie: exchange.setCookie.map(cleanSet),
      calls: exchange.calls.map((call) => ({
        ...call,
        sid: alias(call.sid),
        data: call.data === null ? null : clean(call.data),
        error: call.error === null ? null : clean(call.error),
      })),
      debug: exchange.debug.map(cleanLine),
    })),
  }
}

const most = { exchanges: 500, processes: 10, calls: 100, lines: 200, text: longestData }

/** Reads an exported record; whatever else the text may be, it is refused. */
export function importRecord(text: string): Exchange[] | undefined {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(record) || record['format'] !== format || record['version'] !== 1) return undefined
  const list = record['exchanges']
  if (!Array.isArray(list) || list.length > most.exchanges) return undefined
  const exchanges = list.map(readExchange)
  return exchanges.every((exchange) => exchange !== undefined) ? exchanges : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, most.text) : '')
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, most.text) : null
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? number(value) : null)
const texts = (value: unknown, count: number): string[] =>
  Array.isArray(value) ? value.slice(0, count).map(text) : []
const latest = 8.64e15 // ms: the last moment that a Date can hold

function readExchange(value: unknown): Exchange | undefined {
  if (!isObject(value) || typeof value['id'] !== 'number' || typeof value['at'] !== 'number') return undefined
  const { client, calls, processes } = value
  const { host, userAgent } = isObject(client) ? client : {}
  return {
    id: Math.trunc(number(value['id'])),
    server: text(value['server']).slice(0, 100),
    ...(Array.isArray(processes) && { processes: processes.slice(0, most.processes).flatMap(readProcess) }),
    at: Math.min(Math.max(number(value['at']), 0), latest / 2),
    duration: Math.min(number(value['duration']), 1e9),
    client: { host: text(host).slice(0, 255), userAgent: text(userAgent).slice(0, 500) },
    sentBy: value['sentBy'] === 'inspector' ? 'inspector' : 'browser',
    scheme: value['scheme'] === 'https' ? 'https' : 'http',
    method: text(value['method']).slice(0, 20),
    url: text(value['url']),
    cookie: textOrNull(value['cookie']),
    status: numberOrNull(value['status']),
    location: textOrNull(value['location']),
    setCookie: texts(value['setCookie'], most.calls),
    calls: Array.isArray(calls) ? calls.slice(0, most.calls).flatMap(readCall) : [],
    debug: texts(value['debug'], most.lines),
  }
}

const readProcess = (value: unknown): ServingProcess[] =>
  isObject(value)
    ? [{ place: Math.trunc(number(value['place'])), pid: Math.trunc(number(value['pid'])) }]
    : []

function readCall(value: unknown): StoreCall[] {
  if (!isObject(value)) return []
  const method = (['get', 'set', 'destroy', 'touch'] as const).find((known) => known === value['method'])
  if (!method) return []
  return [
    {
      method,
      sid: text(value['sid']),
      at: number(value['at']),
      duration: numberOrNull(value['duration']),
      data: textOrNull(value['data']),
      error: textOrNull(value['error']),
    },
  ]
}
