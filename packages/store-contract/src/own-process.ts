import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Unusable } from './load.ts'
import type { AdapterModule, Program } from './protocol.ts'

/** What is published is JavaScript; here it is TypeScript. */
const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs'
const isTypeScript = (url: string) => /\.[cm]?ts$/.test(url)
const nodeRunsTypeScript = 'typescript' in process.features && Boolean(process.features['typescript'])

/** What Node is told so that it runs these: nothing, or to load tsx, the project's own before ours. */
function loaderFor(program: string, module: string): readonly string[] {
  if (!isTypeScript(program) && (!isTypeScript(module) || nodeRunsTypeScript)) return []
  for (const from of [module, import.meta.url]) {
    try {
      return ['--import', pathToFileURL(createRequire(from).resolve('tsx')).href]
    } catch {} // not installed there
  }
  throw new Unusable({
    ja: 'このNode.jsはTypeScriptを動かせません。npm install --save-dev tsx を実行してください',
    en: 'this Node.js does not run TypeScript: npm install --save-dev tsx',
  })
}

/**
 * Runs a program of this package in a process of its own, the leader of a group: {@link killGroup} ends the servers
 * that it has started too. It gets the adapter's module and the arguments as JSON, and does not keep this process alive.
 * @throws Unusable when this Node does not run the adapter's module
 */
export function startProcess(
  program: Program,
  from: AdapterModule,
  ...args: readonly unknown[]
): ChildProcess {
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, DEBUG, NODE_V8_COVERAGE, ...env } = process.env
  const url = from.compiled?.[program] ?? new URL(`./${program}.${ending}`, import.meta.url).href
  const child = fork(
    fileURLToPath(url),
    [from, ...args].map((arg) => JSON.stringify(arg)),
    {
      execArgv: [...loaderFor(url, from.url)],
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  )
  for (const handle of [child, child.channel, child.stderr as { unref?(): void } | null]) handle?.unref?.()
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
