import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, freePort, type Server, startServer } from './program.ts'

/** Redis, or Valkey, which goes on where it was left. */
export const redisProgram = () => findProgram('redis-server', 'valkey-server')

/**
 * Starts a Redis server on a free loopback port, with a password of its own. It writes each command to a file, so that
 * `stop` loses nothing.
 * @param folder where its files lie
 * @param password empty for none, where a client cannot give one
 * @throws Error when it is not installed (see `redisProgram`) or does not start
 */
export async function startRedis(
  folder: string,
  password = randomBytes(16).toString('hex'),
): Promise<Server> {
  const program = redisProgram()
  if (!program) throw new Error('redis-server is not installed')
  mkdirSync(folder, { recursive: true })
  // not as an argument, which everybody on the machine can read
  writeFileSync(join(folder, 'redis.conf'), password && `requirepass ${password}\n`, { mode: 0o600 })
  const port = await freePort()
  return startServer(`redis://${password && `:${password}@`}127.0.0.1:${port}`, {
    program,
    args: [
      'redis.conf',
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', '.'],
      ...['--appendonly', 'yes', '--save', '', '--daemonize', 'no', '--logfile', ''],
    ],
    cwd: folder,
    ready: /ready to accept connections/i,
  })
}
