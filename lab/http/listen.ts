import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server as NetServer } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { Trouble } from '../../common/words.ts'
import { refuseBrokenRequest } from './problems.ts'

/** `localhost` means both, and which one a browser tries first differs: a demo listens on both. */
const loopback = ['127.0.0.1', '::1'] as const

export interface Listening {
  port: number
  /** Stops, ending open connections. */
  close(): Promise<void>
}

/**
 * Listens on a port of all given addresses; `port` 0 takes a free one.
 * An address that this machine does not have (IPv6 switched off) is left out, the first one must be there.
 * With `tls` it speaks HTTPS.
 * @returns undefined when the port is taken on one of them
 */
export async function listen(
  handler: RequestListener,
  port: number,
  hosts: readonly string[] = loopback,
  tls?: SecureContextOptions,
): Promise<Listening | undefined> {
  const servers: Pick<Server, 'close' | 'closeAllConnections'>[] = []
  const close = async () => {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve)
            server.closeAllConnections()
          }),
      ),
    )
  }
  let chosen = port
  for (const host of hosts) {
    const server = tls ? createTlsServer(tls, handler) : createServer(handler)
    server.on('clientError', refuseBrokenRequest)
    const problem = await bind(server, chosen, host)
    if (problem === undefined) {
      servers.push(server)
      chosen = (server.address() as AddressInfo).port
    } else if (problem === 'EADDRINUSE') {
      await close()
      return port === 0 ? listen(handler, 0, hosts, tls) : undefined
    } else if (servers.length === 0) {
      throw new Trouble({
        ja: `${host}:${port} で待ち受けられません(${problem})。--portで別の番号を指定してください。`,
        en: `Cannot listen on ${host}:${port} (${problem}). Name another port with --port.`,
      })
    }
  }
  return { port: chosen, close }
}

const bind = (server: NetServer, port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve(undefined)
    })
  })

/**
 * Listens on `port` or, when that is taken, on the next free one above it; says so in the terminal.
 * @throws Trouble when none of the 50 above is free
 */
export async function listenNear(
  handler: RequestListener,
  port: number,
  hosts?: readonly string[],
  tls?: SecureContextOptions,
): Promise<Listening> {
  for (let candidate = port; candidate <= Math.min(port + 50, 65_535); candidate++) {
    const listening = await listen(handler, candidate, hosts, tls)
    if (listening) return listening
    const who = await whoHas(candidate)
    console.log(`ポート${candidate}は${who.ja}が使っているので、次を試します。`)
    console.log(`Port ${candidate} is taken by ${who.en}; trying the next one.`)
  }
  throw new Trouble({
    ja: `${port}番から上に空いたポートがありません。--portで別の番号を指定してください。`,
    en: `No free port from ${port} upwards. Name another one with --port.`,
  })
}

async function whoHas(port: number) {
  try {
    // a lab that has just been started loads its pages first
    const answer = await fetch(`http://localhost:${port}/__lab/about`, { signal: AbortSignal.timeout(3000) })
    const about = answer.headers.get('x-express-session-lab')
    if (about) return { ja: `このラボ(${about})`, en: `this lab (${about})` }
  } catch {
    // no HTTP server, or one that does not answer
  }
  return { ja: '別のプログラム', en: 'another program' }
}
