import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../common/places.ts'
import { readLines } from '../../packages/inspector/src/attach/messages.ts'
import { createRemoteRecord, type RemoteRecord } from '../../packages/inspector/src/hub/record.ts'
import { installedFolder } from './installed.ts'

const most = 5000 // exchanges

/** A record that processes fill in which the inspector is loaded. */
export interface Watching {
  record: RemoteRecord
  /** Starts a process that reports to it. */
  start(file: string, env: NodeJS.ProcessEnv): ChildProcess
  /** Ends all of them. */
  close(): Promise<void>
}

export async function openWatching(): Promise<Watching> {
  const folder = mkdtempSync(join(tmpdir(), 'session-cases-'))
  const address = join(folder, 'hub')
  const record = createRemoteRecord(() => {}, most)
  const started: ChildProcess[] = []
  const server = createServer((socket) => {
    const { take, leave } = record.join(() => {})
    const read = readLines((line) => void take(line))
    socket.setEncoding('utf8').on('data', (chunk) => read(String(chunk)))
    socket.on('error', () => {}).on('close', leave)
  })
  server.listen(address)
  await once(server, 'listening')
  const register = join(installedFolder(), 'node_modules/express-session-inspector/dist/register.cjs')
  return {
    record,
    start(file, env) {
      const { NODE_OPTIONS: _, NODE_ENV: __, ...own } = process.env
      const watched = { SESSION_INSPECTOR_HUB: address, SESSION_INSPECTOR_PRODUCTION: 'yes', TMPDIR: folder }
      const child = fork(file, [], {
        cwd: root,
        execArgv: ['--require', register],
        env: { ...own, ...watched, ...env },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      started.push(child)
      return child
    },
    async close() {
      await Promise.all(started.map(end))
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Ends a process as a crash does. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const given = new Set<number>()

/** A port that nobody listens on, and that was not given to anybody here. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  if (given.has(port)) return freePort()
  given.add(port)
  return port
}

/** Waits until somebody listens there. */
export async function listens(port: number): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isUp) return
    await pause(50)
  }
}
