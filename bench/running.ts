import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../common/places.ts'
import { Trouble } from '../common/words.ts'
import type { Name } from './contestants.ts'

export const results = fileURLToPath(new URL('results', import.meta.url))

let register: string | undefined

/** What is loaded into somebody's app, made of the sources of now: once, because hubs run from it. */
function attaching(): string {
  if (register !== undefined) return register
  const folder = join(root, 'packages/inspector')
  execFileSync(process.execPath, [join(folder, 'build.mjs')], { stdio: 'inherit' })
  register = join(folder, 'dist/register.cjs')
  return register
}

const isAttached = (name: Name) => name === 'attached' || name === 'recorded' || name === 'undiagnosed'

/** A contestant in a process of its own. */
export interface Running {
  name: Name
  port: number
  /** The CPU that it has used, in µs. */
  cpu(): Promise<number>
  /** Its resident memory, in bytes. */
  memory(): Promise<number>
  stop(): Promise<void>
}

type Message = { port?: number; cpu?: NodeJS.CpuUsage; rss?: number }

/** The addresses of the servers behind the stores that have one. */
export type Addresses = Partial<Record<Name, string>>

/** @throws Trouble when it ends before it is stopped */
export async function startServer(
  name: Name,
  databases: string,
  addresses: Addresses,
  prof: boolean,
): Promise<Running> {
  const folder = join(databases, name)
  mkdirSync(folder)
  const { DEBUG: _, ...env } = process.env
  const child = fork(
    join(root, 'lab/cli/run.mjs'),
    ['bench/server.ts', name, folder, addresses[name] ?? ''],
    {
      cwd: root, // Express looks for views/, and the app for public/, in the current folder
      env: {
        ...env,
        SESSION_INSPECTOR_PORT: '0',
        ...((name === 'undiagnosed' || name === 'recorded') && { SESSION_INSPECTOR_ALL: 'yes' }),
        ...(name === 'undiagnosed' && { SESSION_INSPECTOR_DIAGNOSE: 'off' }),
      },
      execArgv: [
        ...(prof ? ['--cpu-prof', '--cpu-prof-dir', join(results, `profile-${name}`)] : []),
        ...(isAttached(name) ? ['--require', attaching()] : []),
      ],
    },
  )
  const { port = 0 } = await messageOf(child, name)
  return {
    name,
    port,
    async cpu() {
      child.send('cpu')
      const { cpu } = await messageOf(child, name)
      return cpu ? cpu.user + cpu.system : Number.NaN
    },
    async memory() {
      child.send('memory')
      const { rss = Number.NaN } = await messageOf(child, name)
      return rss
    },
    async stop() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function messageOf(child: ChildProcess, name: Name): Promise<Message> {
  const stopped = new AbortController()
  const onExit = () => stopped.abort()
  child.once('exit', onExit)
  try {
    const [message] = await once(child, 'message', { signal: stopped.signal })
    return message
  } catch {
    throw new Trouble({ ja: `${name} のサーバーが止まりました。`, en: `The server of ${name} has stopped.` })
  } finally {
    child.off('exit', onExit)
  }
}
