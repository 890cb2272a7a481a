import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../lab/places.ts'

/** A demo in a process of its own, as a learner starts it in a terminal. */
export interface OwnProcess {
  url: string
  /** What was printed on standard error, line by line; complete after `stop`. */
  stderr(): string[]
  stop(): Promise<void>
}

/** Runs `npm run demo:<slug>` with this in its environment and nothing in it that decides what is printed. */
export async function startDemo(
  slug: string,
  { variant = 'app', env = {} }: { variant?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<OwnProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-var-'))
  const { NODE_OPTIONS, DEBUG, DEBUG_COLORS, FORCE_COLOR, NO_DEPRECATION, NODE_ENV, ...inherited } =
    process.env
  const args = ['lab/run.mjs', 'lab/demo.ts', slug, '--variant', variant, '--port', '0']
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...inherited, LAB_VAR: folder, ...env },
  })
  let stdout = ''
  let stderr = ''
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve())) // all output is here
  const started = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      stdout += data
      if (stdout.includes('Ctrl+C')) resolve()
    })
  })
  child.stderr.on('data', (data: Buffer) => {
    stderr += data
  })
  await Promise.race([started, exited])
  const url = /http:\/\/localhost:\d+\//.exec(stdout)?.[0]
  if (!url) throw new Error(`the demo did not start: ${stdout}${stderr}`)
  return {
    url,
    stderr: () => stderr.split('\n').filter((line) => line !== ''),
    async stop() {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true })
    },
  }
}
