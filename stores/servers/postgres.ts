import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram, freePort, type Server, startServer } from './program.ts'

export const postgresProgram = () => findProgram('postgres')

/** PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody. */
function otherUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid = 0, gid = 0] = ['-u', '-g'].map((what) =>
        Number(execFileSync('id', [what, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
      )
      return { uid, gid }
    } catch {} // there is no such user
  }
  return undefined
}

/**
 * Makes a database cluster in `folder` and starts PostgreSQL on a free loopback port, with a password of its own.
 * @param folder where its files lie; whoever PostgreSQL runs as has to be able to get there
 * @throws Error when it is not installed (see `postgresProgram`) or does not start
 */
export async function startPostgres(folder: string): Promise<Server> {
  const program = postgresProgram()
  if (!program) throw new Error('postgres is not installed')
  const user = otherUser()
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  const password = randomBytes(16).toString('hex')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) {
    chmodSync(folder, 0o711)
    for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid)
  }
  const options = [
    ...['--pgdata', data, '--username', 'lab', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
  ]
  const initdb = findProgram('initdb') ?? join(dirname(program), 'initdb')
  execFileSync(initdb, options, { cwd: data, stdio: 'pipe', ...user })
  rmSync(passwordFile)

  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    // a machine that loses power loses the database; a process that is killed does not
    fsync: 'off',
  }
  return startServer(`postgres://lab:${password}@127.0.0.1:${port}/postgres`, {
    program,
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: data,
    ready: /database system is ready to accept connections/,
    signal: 'SIGQUIT', // ends at once, and recovers at the next start
    ...user,
  })
}
