import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import createError from 'http-errors'
import { hostName } from './headers.ts'
import { preferredLanguage } from './panel/query.ts'
import { http2Text, type Refused, refusalText } from './words/access.ts'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What is looked at of a request. */
interface Asking {
  method?: string | undefined
  httpVersion: string
  headers: IncomingHttpHeaders
  socket: { localAddress?: string | undefined; remoteAddress?: string | undefined }
}

const isLoopback = (address: string) => /^(::ffff:)?127\.|^::1$/.test(address)

/**
 * `Host` has to be loopback by name, so that a foreign name that resolves to 127.0.0.1 (DNS rebinding) gets nothing;
 * whatever changes something has to come from a page of the same origin.
 */
function foreignTo({ method, headers }: Asking, protocol: string): Refused | undefined {
  const { host = '', origin = '' } = headers
  if (!loopbackNames.has(hostName(host).toLowerCase())) return { reason: 'host', seen: `Host: ${host}` }
  const isForeign = method === 'POST' && origin !== `${protocol}://${host}`
  return isForeign ? { reason: 'origin', seen: `Origin: ${origin}` } : undefined
}

/** What proxies add to a request; browsers send none of these. */
const proxyHeaders = [
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto'],
  ...['Forwarded', 'X-Real-IP', 'Via'],
]

/**
 * What the lab makes sure of when it starts has to be seen from the connection in somebody's own app: both ends are
 * loopback, and no proxy stands between, as far as a proxy says so. nginx, as it comes, says nothing but HTTP/1.0, which
 * no browser speaks.
 */
export function whyNot(asking: Asking, protocol = 'http'): Refused | undefined {
  const { headers, socket, httpVersion } = asking
  for (const name of proxyHeaders) {
    const value = headers[name.toLowerCase()]
    if (value !== undefined) return { reason: 'proxy', seen: `${name}: ${value}` }
  }
  if (httpVersion === '1.0') return { reason: 'old', seen: 'HTTP/1.0' }
  const far = [socket.remoteAddress, socket.localAddress].find((address = '') => !isLoopback(address))
  return far === undefined ? foreignTo(asking, protocol) : { reason: 'remote', seen: far }
}

/** Lets only this computer's own browser pages in, because session ids are shown. */
export function onlyFromHere(req: Request, _res: Response, next: NextFunction) {
  const refused = foreignTo(req, req.protocol)
  next(refused && createError(403, refused.seen))
}

/** What every page of ours sends: nothing from elsewhere runs in it, nothing of it is kept or framed. */
export function ownHeaders(_req: Request, res: Response, next: NextFunction) {
  const frames = 'http://localhost:* https://localhost:* http://127.0.0.1:* https://127.0.0.1:*'
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; ` +
      `frame-src 'self' ${frames}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })
  next()
}

/** Express, which the pages are made with, does not serve HTTP/2: its answer would be an uncaught exception in the app. */
export function refuseHttp2(res: ServerResponse): void {
  res.writeHead(505, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  res.end(`${http2Text.ja}\n${http2Text.en}\n`)
}

/** `pages` under `path`, for whoever listens without the lab around it. */
export function guarded(path: string, pages: Express): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(ownHeaders, (req, res, next) => {
    const refused = whyNot(req, req.protocol)
    if (!refused) return next()
    const words = refusalText(refused, req.socket.localPort)
    res.status(403).type('text').send(words[preferredLanguage(req)])
  })
  app.use(path, pages)
  app.use(
    (error: { status?: number; message?: string }, _req: Request, res: Response, _next: NextFunction) => {
      const status = error.status ?? 500
      if (status >= 500) console.error(error)
      res
        .status(status)
        .type('text')
        .send(status < 500 ? (error.message ?? '') : 'The inspector failed.')
    },
  )
  return app
}
