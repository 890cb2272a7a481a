import type { RequestListener } from 'node:http'
import { type Listening, listenNear } from './http/listen.ts'

/** Where a lab listens. */
export interface Where {
  /** The port of the first app; those of the others lie above it. What is taken is passed over; 0 takes free ones. */
  port?: number
  /** The same for the TLS proxies. */
  tlsPort?: number
  /** The addresses to listen on; loopback when left out. */
  hosts?: readonly string[] | undefined
}

/** Where one app is reached. Until it is opened, requests wait. */
export interface Address {
  url: string
  /** That of the TLS proxy in front of it. */
  secureUrl: string | undefined
  open(handler: RequestListener): void
}

/**
 * Listens for so many apps, and with a TLS proxy in front of each where they stand behind one.
 * @param closeLater gets each of them at once: when a later one fails, they have to be closed all the same
 * @throws Trouble when there is no free port, or no such address
 */
export async function openAddresses(
  count: number,
  isBehindTlsProxy: boolean | undefined,
  { port = 0, tlsPort = 0, hosts }: Where,
  closeLater: (listening: Listening) => void,
): Promise<[Address, ...Address[]]> {
  const [host = 'localhost'] = hosts ?? []
  let [next, nextTls] = [port, tlsPort]

  async function openOne(): Promise<Address> {
    const { handler, open } = waitingRoom()
    const listening = await listenNear(handler, next, hosts)
    closeLater(listening)
    next = port && listening.port + 1
    return { url: `http://${host}:${listening.port}/`, secureUrl: undefined, open }
  }

  const addresses: [Address, ...Address[]] = [await openOne()]
  while (addresses.length < count) addresses.push(await openOne())
  for (const address of isBehindTlsProxy ? addresses : []) {
    const { startTlsProxy } = await import('./http/tls-proxy.ts')
    const target = `http://${hosts ? host : '127.0.0.1'}:${new URL(address.url).port}`
    const proxy = await startTlsProxy({ target, port: nextTls, hosts })
    closeLater(proxy)
    nextTls = tlsPort && proxy.port + 1
    address.secureUrl = `https://${host}:${proxy.port}/`
  }
  return addresses
}

/** An app is made only when its address is known. Requests that come earlier wait for it. */
function waitingRoom() {
  let serve: RequestListener | undefined
  const waiting: Parameters<RequestListener>[] = []
  return {
    handler: ((...visit) => {
      if (serve) serve(...visit)
      else waiting.push(visit)
    }) satisfies RequestListener,
    open(handler: RequestListener) {
      serve = handler
      for (const visit of waiting.splice(0)) handler(...visit)
    },
  }
}
