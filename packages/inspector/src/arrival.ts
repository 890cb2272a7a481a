import type { IncomingMessage } from 'node:http'
import type { Exchange } from './exchange.ts'
import { asked } from './facts.ts'
import { clientOf } from './headers.ts'
import { preciseNow } from './watch/clock.ts'

const first = (value: string | readonly string[] | undefined): string | null =>
  (typeof value === 'string' ? value : value?.[0]) ?? null

/** A request that has just arrived, as an exchange. `isOurs`: the inspector has sent it. */
export function exchangeOf(req: IncomingMessage, id: number, server: string, isOurs: boolean): Exchange {
  const { headers } = req
  return {
    id,
    server,
    at: preciseNow(),
    duration: null,
    client: clientOf(req),
    sentBy: isOurs ? 'inspector' : 'browser',
    scheme: schemeOf(req),
    method: req.method ?? '',
    url: req.url ?? '',
    cookie: headers.cookie ?? null,
    origin: first(headers.origin),
    fetch: {
      site: first(headers['sec-fetch-site']),
      mode: first(headers['sec-fetch-mode']),
      dest: first(headers['sec-fetch-dest']),
    },
    sessions: [],
    headAt: null,
    end: null,
    status: null,
    location: null,
    setCookie: [],
    calls: [],
    debug: [],
    facts: asked(req),
  }
}

function schemeOf(req: IncomingMessage): Exchange['scheme'] {
  if ('encrypted' in req.socket && req.socket.encrypted) return 'https'
  const forwarded = first(req.headers['x-forwarded-proto'])?.split(',')[0] ?? ''
  return forwarded.trim().toLowerCase() === 'https' ? 'https' : 'http'
}
