import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { test as base } from './servers.ts'

/** A process of Node.js that a test has started in the project's folder. */
export interface Running {
  stdout(): string
  stderr(): string
  /** Both, in the order in which they came. */
  output(): string
  /** Its exit code, null when a signal ended it; then all output is here. */
  ended: Promise<number | null>
  /** Sends the signal, and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
}

interface RunOptions {
  /** Added to an environment in which nothing decides what Node.js or the lab does. */
  env?: NodeJS.ProcessEnv
  /** Where it runs; the project's folder when left out. */
  cwd?: string
  /** Whether signals go to all that it has started, too, as those of a terminal do. */
  isGroup?: boolean
  /** What it prints once it has come so far; left out, it is waited for until it ends. */
  until?: string
}

/** Runs Node.js until it has printed something, or has ended. */
export async function runNode(args: readonly string[], options?: RunOptions): Promise<Running> {
  const { running, reached } = spawnNode(args, options)
  await reached
  return running
}

/** Runs an ES module that is given as text, in the project's folder; of our TypeScript it imports what `compile` gives. */
export const runScript = (source: string, options?: RunOptions): Promise<Running> =>
  runNode(['--input-type=module', '-e', source], options)

/** `reached` once it has printed what it is waited for, or has ended. */
function spawnNode(
  args: readonly string[],
  { cwd = root, env = {}, isGroup = false, until }: RunOptions = {},
) {
  const child = spawn(process.execPath, args, {
    cwd,
    detached: isGroup,
    env: { ...neutralEnvironment(), ...env },
  })
  const printed = { stdout: '', stderr: '', output: '' }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const printedIt = new Promise<void>((resolve) => {
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text
        printed.output += text
        if (until !== undefined && printed.output.includes(until)) resolve()
      })
    }
  })
  const running: Running = {
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    output: () => printed.output,
    ended,
    kill(signal = 'SIGKILL') {
      if (!isGroup) child.kill(signal)
      else if (child.pid) endGroup(child.pid, signal)
      return ended
    },
  }
  return { running, reached: Promise.race([printedIt, ended]) }
}

function endGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal)
  } catch {
    // all of it has ended
  }
}

function neutralEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, NODE_ENV, NO_DEPRECATION, DEBUG, DEBUG_COLORS, FORCE_COLOR, ...env } = process.env
  const { SESSION_SECRET, SESSION_STORE, PORT, LAB_VAR, LAB_PRELOAD, ...neutral } = env
  // what decides which express-session and Express it gets: see versions/
  return LAB_PRELOAD ? { ...neutral, LAB_PRELOAD, NODE_OPTIONS: `--import=${LAB_PRELOAD}` } : neutral
}

/** What a command of the lab prints when all of it runs. */
const isReady = 'Ctrl+C'

interface OwnProcesses {
  /** Where the processes of this test keep what they keep (`LAB_VAR`). */
  folder: string
  /** Where they make their temporary files. */
  temporary: string
  /** As `runNode`; at the latest it ends with the test. */
  run: typeof runNode
  /** Runs a command of the lab in this way, as `npm run` does, until it is ready or has ended. */
  start: (script: string, args?: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Running>
}

/** Tests that may start the lab as a newcomer does, in a process of its own. */
export const test = base.extend<OwnProcesses>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-var-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },

  temporary: async ({ folder }, use) => {
    const temporary = join(folder, 'tmp')
    mkdirSync(temporary)
    await use(temporary)
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  run: async ({}, use) => {
    const all: Running[] = []
    await use(async (args, options) => {
      const { running, reached } = spawnNode(args, options)
      all.push(running) // before it is waited for: a test may come to its end meanwhile
      await reached
      return running
    })
    for (const { kill } of all) await kill()
  },

  start: async ({ folder, run }, use) =>
    use((script, args = [], env = {}) =>
      run(['lab/cli/run.mjs', script, ...args], { env: { LAB_VAR: folder, ...env }, until: isReady }),
    ),
})

/** The first address of this scheme that a lab has printed. */
export const urlOf = ({ output }: Running, scheme = 'http'): string =>
  new RegExp(`${scheme}://localhost:\\d+/`).exec(output())?.[0] ?? ''
