import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { candidates, firstExecutable } from '../../common/executables.ts'

/** A server of another make that runs for the lab: on a free loopback port, with a folder of its own. */
export interface Server {
  /** What `SESSION_STORE` takes. */
  url: string
  /** Ends it as a crash would. What it had promised to keep is there after `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  isRunning(): boolean
}

/**
 * Where programs lie that are installed and not on the PATH: Debian keeps those of PostgreSQL by version, and others
 * where only root looks.
 */
function usualFolders(): string[] {
  const versions = '/usr/lib/postgresql'
  try {
    const ofPostgres = readdirSync(versions)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(versions, version, 'bin'))
    return [...ofPostgres, '/usr/sbin']
  } catch {
    return ['/usr/sbin']
  }
}

/** The full path of the first of these programs that is installed; undefined when none is. */
export const findProgram = (...names: string[]): string | undefined =>
  firstExecutable(candidates(names, usualFolders()))

/** A port on 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url))

interface Run {
  program: string
  args: readonly string[]
  cwd: string
  /** The program prints this once it serves. */
  ready: RegExp
  /** What ends it without losing what it had promised to keep; by default at once. */
  signal?: NodeJS.Signals
  uid?: number | undefined
  gid?: number | undefined
}

/**
 * Runs a server program until it is stopped, or this process ends in whatever way.
 * @throws Error with what it printed, when it ends before it serves or does not within 30 s
 */
export async function startServer(url: string, run: Run): Promise<Server> {
  const { program, args, cwd, ready, signal = 'SIGKILL', uid, gid } = run
  let child: ChildProcess | undefined
  const server: Server = {
    url,
    start: () =>
      new Promise((resolve, reject) => {
        const kept = JSON.stringify({ program, args, signal, uid, gid })
        const started = spawn(process.execPath, [keeper, kept], { cwd, stdio: 'pipe' })
        child = started
        let printed = ''
        const failed = (what: string) => {
          started.stdin.destroy()
          reject(new Error(`${program} ${what}:\n${printed.slice(-2_000)}`))
        }
        const timer = setTimeout(() => failed('is not ready after 30 s'), 30_000)
        const read = (chunk: Buffer) => {
          printed = (printed + chunk).slice(-10_000)
          if (!ready.test(printed)) return
          clearTimeout(timer)
          resolve()
        }
        started.stdout.on('data', read)
        started.stderr.on('data', read)
        started.once('error', (error) => failed(error.message))
        started.once('exit', (code) => {
          clearTimeout(timer)
          failed(`ended with ${code}`)
        })
      }),
    stop: () =>
      new Promise((resolve) => {
        const running = child
        child = undefined
        if (!running || running.exitCode !== null || running.signalCode !== null) return resolve()
        running.once('exit', () => resolve())
        running.stdin?.destroy() // the keeper then ends the program
      }),
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
  }
  await server.start()
  return server
}
