import type { IncomingMessage } from 'node:http'
import type { ExchangeFacts } from './exchange.ts'
import { firstLine, hostOf } from './headers.ts'
import type { Run } from './watch/running.ts'

const text = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value

/** What a request says, as far as a diagnosis may ask for it. */
export function asked({ headers, socket }: IncomingMessage): ExchangeFacts {
  const proto = text(headers['x-forwarded-proto'])
  const from = text(headers['x-forwarded-for'])
  const host = text(headers['x-forwarded-host'])
  const standard = text(headers['forwarded'])
  const purpose = text(headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'])
  const sign = proxyHeaders.find((name) => headers[name] !== undefined)
  const other = sign && `${sign}: ${isAddress.test(sign) ? '…' : text(headers[sign])}`
  const isForwarded = proto ?? from ?? host ?? standard ?? other
  const facts: ExchangeFacts = {
    host: hostOf(headers),
    isEncrypted: 'encrypted' in socket && Boolean(socket.encrypted),
  }
  if (isForwarded !== undefined) facts.forwarded = present({ proto, for: from, host, standard, other })
  if (purpose !== undefined) facts.purpose = purpose
  if (headers['content-type'] !== undefined) facts.sends = headers['content-type']
  if (headers.accept?.startsWith('text/html')) facts.asksForPage = true
  if (headers.authorization !== undefined) facts.isAuthorised = true
  return facts
}

/** What only proxies send, beside the usual. */
const proxyHeaders = [
  ...['x-forwarded-ssl', 'x-forwarded-scheme', 'front-end-https', 'x-url-scheme', 'x-scheme', 'cf-visitor'],
  ...['x-forwarded-port', 'x-arr-ssl', 'x-real-ip', 'cf-connecting-ip', 'via'],
]
const isAddress = /ip$|^x-arr/

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }
const present = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>

/** Notes what is known when the response is over. */
export function noteResponse({ request, response, exchange }: Run): void {
  const { facts, end } = exchange
  if (!facts) return
  if (end === 'cut') facts.cutBy = closerOf(request)
  const trust = facts.forwarded && isTrusted(request)
  if (trust !== undefined) facts.isTrusted = trust
  if (!response.headersSent) return
  for (const [name, fact] of told) {
    const value = firstLine(response, name)
    if (value !== undefined) facts[fact] = value
  }
  if (firstLine(response, 'last-modified') !== undefined) facts.isFile = true
}

/** The headers of a response that a diagnosis asks for. */
const told = [
  ['cache-control', 'caching'],
  ['access-control-allow-origin', 'allowsOrigin'],
  ['access-control-allow-credentials', 'allowsCredentials'],
  ['content-type', 'type'],
  ['vary', 'vary'],
] as const

/** Whoever goes away ends the connection or breaks it; what is closed without either was closed here. */
function closerOf({ socket }: IncomingMessage): 'server' | 'visitor' {
  const code = (socket.errored as NodeJS.ErrnoException | null)?.code
  return socket.readableEnded || code === 'ECONNRESET' || code === 'EPIPE' ? 'visitor' : 'server'
}

/** Express, "trust proxy": the app's own function, asked for whoever connected. */
function isTrusted(request: IncomingMessage): boolean | undefined {
  const { app } = request as { app?: { get?(name: string): unknown } }
  const trust = typeof app?.get === 'function' ? app.get('trust proxy fn') : undefined
  if (typeof trust !== 'function') return undefined
  try {
    return Boolean(trust(request.socket.remoteAddress, 0))
  } catch {
    return undefined
  }
}
