import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from './exchange.ts'

const longestUserAgent = 500 // characters

/** The host that a `Host` header names, without the port. */
export const hostName = (host = ''): string => host.replace(/:\d+$/, '')

/** `Host` as it arrived; HTTP/2 has `:authority` in its place. */
export const hostOf = ({ host, ':authority': authority }: IncomingMessage['headers']): string =>
  host ?? (typeof authority === 'string' ? authority : '')

/** What tells the sender of a request from others. */
export const clientOf = ({ headers }: Pick<IncomingMessage, 'headers'>): Exchange['client'] => ({
  host: hostName(hostOf(headers)),
  userAgent: (headers['user-agent'] ?? '').slice(0, longestUserAgent),
})

/** The lines of a response's header, in their order; none when it is not set. */
export function headerLines(res: ServerResponse, name: string): string[] {
  const value = res.getHeader(name)
  return value === undefined ? [] : Array.isArray(value) ? value : [String(value)]
}

/** The first of these lines; undefined when it is not set. */
export function firstLine(res: ServerResponse, name: string): string | undefined {
  const value = res.getHeader(name)
  return value === undefined || typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value[0]
      : String(value)
}
