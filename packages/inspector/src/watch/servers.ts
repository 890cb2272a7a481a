import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server } from 'node:net'

type Emit = (this: Server, event: string | symbol, ...args: unknown[]) => boolean

/** Answers a request of a server; `answer` is what the server would have done. */
export type Around = (
  req: IncomingMessage,
  res: ServerResponse,
  server: string,
  answer: () => boolean,
) => boolean

const met = new WeakSet<Server>()

/**
 * Puts `around` around each request of each server that begins to listen in this process from now on: http, https,
 * http2, Express, whoever makes it. The server's own `emit` is what is called in the end.
 */
export function watchServers(around: Around): void {
  const { prototype } = Server
  const { listen } = prototype
  const front = function (this: Server, ...args: unknown[]) {
    watchServer(this, around)
    return Reflect.apply(listen, this, args)
  }
  Object.defineProperty(front, 'name', { value: listen.name })
  prototype.listen = front as typeof listen
}

/** Puts `around` around each request of a server from now on. */
export function watchServer(server: Server, around: Around): void {
  if (met.has(server)) return
  met.add(server)
  const emit = server.emit as Emit
  let name: string | undefined
  const front: Emit = function (event, ...args) {
    if (event !== 'request') return emit.call(this, event, ...args)
    name ??= nameOf(server)
    const [req, res] = args as [IncomingMessage, ServerResponse]
    return around(req, res, name, () => emit.call(this, event, ...args))
  }
  server.emit = front
}

/** What tells the servers of an app apart: the port. */
function nameOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' && address ? `:${address.port}` : (address ?? 'app')
}
