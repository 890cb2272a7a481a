import { type RequestListener, ServerResponse } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { createProxyServer } from 'httpxy'
import { type Listening, listenNear } from './listen.ts'
import { problemPage } from './problems.ts'

let made: Promise<SecureContextOptions> | undefined

/** A certificate that no browser trusts by itself, made once per process: an exception for it holds on every port. */
export function certificate(): Promise<SecureContextOptions> {
  made ??= makeCertificate()
  return made
}

async function makeCertificate(): Promise<SecureContextOptions> {
  const { generate } = await import('selfsigned') // takes longer to load than Express
  const pem = await generate([{ name: 'commonName', value: 'express-session-lab' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { key: pem.private, cert: pem.cert }
}

interface TlsProxyOptions {
  /** What it stands in front of. */
  target: string
  /** The first port to try; 0 takes a free one. */
  port: number
  hosts?: readonly string[] | undefined
}

/**
 * A reverse proxy that ends TLS, as a production site has one: browsers speak HTTPS to it, it speaks HTTP to the app
 * and says so in `X-Forwarded-Proto`. What a visitor sent under that name is replaced, as a proxy has to.
 */
export async function startTlsProxy({ target, port, hosts }: TlsProxyOptions): Promise<Listening> {
  const proxy = createProxyServer({ target, agent: false, headers: { 'x-forwarded-proto': 'https' } })
  proxy.on('error', (error, req, res) => {
    if (req && res instanceof ServerResponse)
      problemPage(req, res, 'tls-proxy')(Object.assign(error, { status: 502 }))
  })
  const handler: RequestListener = (req, res) => void proxy.web(req, res)
  return listenNear(handler, port, hosts, await certificate())
}
