import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AdapterModule, Program } from './protocol.ts'

const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/**
 * Runs a program of this package in a process of its own, the leader of a group: {@link killGroup} ends the servers
 * that it has started too. It gets the adapter's module and the arguments as JSON.
 */
export function startProcess(
  program: Program,
  from: AdapterModule,
  ...args: readonly unknown[]
): ChildProcess {
  const { NODE_OPTIONS, DEBUG, NODE_V8_COVERAGE, ...env } = process.env
  const compiled = from.compiled?.[program]
  const execArgv = compiled ? [] : ['--import', tsx()]
  const child = fork(
    fileURLToPath(compiled ?? new URL(`./${program}.ts`, import.meta.url)),
    [from, ...args].map((arg) => JSON.stringify(arg)),
    { execArgv, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  )
  const atExit = () => killGroup(child)
  process.once('exit', atExit)
  child.once('exit', () => process.off('exit', atExit))
  return child
}

/** Ends a process and all that it has started. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {} // it has ended
}
