import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostName } from '#inspector/record'

/** A URL of another port under the host name that this request came to, so that cookies are shared. */
export function onSameHost({ headers }: IncomingMessage, url: string): string {
  const target = new URL(url)
  return `${target.protocol}//${hostName(headers.host ?? 'localhost')}:${target.port}/`
}

/** The same server under another name of this computer, which is another site for a browser. */
export function onOtherHost(url: string): string {
  const target = new URL(url)
  target.hostname = target.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return target.href
}

/** Sends a request on to the origin of `url`: path, method and body stay, and the host name does too. */
export function sendOn(req: IncomingMessage, res: ServerResponse, url: string): void {
  const origin = onSameHost(req, url)
  const { url: path = '' } = req
  req.resume() // lets an upload that nobody reads run out, so that the answer arrives
  res.writeHead(307, {
    Location: path.startsWith('/') ? `${origin}${path.slice(1)}` : origin,
    'Cache-Control': 'no-store', // until the next switch
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  })
  res.end(`いまの版は、${origin} で動いています。\nThe variant that is running answers at ${origin}\n`)
}
