import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can fall silent: connections are taken and kept, and nothing comes through. */
export interface ServerProxy {
  /** The address of the server, with the proxy in its place. */
  address: string
  hang(): void
  resume(): void
  close(): void
}

/** Host and port in an address or a URL, whose password is none. */
const hostAndPort = /(?<host>[\w.-]+|\[[\da-f:]+\]):(?<port>\d+)(?![\w@])/i

/**
 * Opens a proxy on a free loopback port.
 * @returns undefined where the address names no port
 */
export async function openProxy(address: string): Promise<ServerProxy | undefined> {
  const { host = '', port } = hostAndPort.exec(address)?.groups ?? {}
  if (port === undefined) return undefined
  const sockets = new Set<Socket>()
  let isSilent = false
  const server = createServer((near) => {
    const far = connect(Number(port), host.replaceAll(/[[\]]/g, ''))
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      if (isSilent) from.pause()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = server.address()
  const ownPort = typeof own === 'object' && own ? own.port : 0
  return {
    address: address.replace(hostAndPort, `127.0.0.1:${ownPort}`),
    hang() {
      isSilent = true
      for (const socket of sockets) socket.pause()
    },
    resume() {
      isSilent = false
      for (const socket of sockets) socket.resume()
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
