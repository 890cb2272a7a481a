import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { freePort, runServer } from '../../lab/servers/program.ts'
import type { Kind } from './server-for.ts'

export interface Emulator {
  /** The package that is the emulator, in the dependency tree of the module `from` (its `import.meta.url`). */
  name: string
  from: string
  /** The script that Node runs: a command of that package, or one of ours around it, by its path. */
  script: string
  args(port: number): readonly string[]
  /** It prints this once it serves. */
  ready: RegExp
  /** How it ends without losing what it was told; by default at once. */
  signal?: NodeJS.Signals
  /** The service that it stands for. */
  of: string
}

/**
 * A server that npm ships to stand for another, in a process of its own on a free loopback port: `url` is
 * `http://127.0.0.1:PORT`.
 */
export function emulator({ name, from, script, args, ready, signal = 'SIGKILL', of }: Emulator): Kind {
  const require = createRequire(from)
  return {
    async start(folder) {
      mkdirSync(folder, { recursive: true })
      const port = await freePort()
      const server = runServer({
        program: process.execPath,
        args: [require.resolve(script), ...args(port)],
        cwd: folder,
        ready,
        signal,
      })
      await server.start()
      return { url: `http://127.0.0.1:${port}`, ...server }
    },
    version() {
      const manifest = readFileSync(new URL(`node_modules/${name}/package.json`, from), 'utf8')
      const { version } = JSON.parse(manifest) as { version: string }
      return `${name} ${version} (emulates ${of})`
    },
  }
}
