import { mkdirSync } from 'node:fs'
import { findProgram, freePort, runServer, type Server } from './program.ts'

/** Redis, or Valkey, which goes on where it was left. */
export const redisProgram = () => findProgram('redis-server', 'valkey-server')

/**
 * Starts a Redis server on a free loopback port. It writes down what it is told, so that nothing is lost by `stop`.
 * @param folder where its files lie
 * @throws Error when it is not installed (see `redisProgram`) or does not start
 */
export async function startRedis(folder: string): Promise<Server> {
  const program = redisProgram()
  if (!program) throw new Error('redis-server is not installed')
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const server = runServer({
    program,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', '.'],
      ...['--appendonly', 'yes', '--save', '', '--daemonize', 'no', '--logfile', ''],
    ],
    cwd: folder,
    ready: /ready to accept connections/i,
    signal: 'SIGKILL',
  })
  await server.start()
  return { url: `redis://127.0.0.1:${port}`, ...server }
}
