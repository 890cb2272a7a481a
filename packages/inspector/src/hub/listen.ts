import { createServer, type RequestListener, type Server } from 'node:http'
import type { Server as Links } from 'node:net'

const mostPorts = 50 // that are tried

/** A server on this loopback port, or the next free one; 0: any. @throws Error when there is none */
export async function openNear(answer: RequestListener, wanted: number): Promise<Server> {
  const server = createServer(answer)
  for (let port = wanted; ; port++) {
    try {
      await listening(server, { port, host: 'localhost' })
      return server
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || wanted === 0 || port >= wanted + mostPorts) throw error
    }
  }
}

export const listening = (server: Server | Links, where: { path: string } | { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
