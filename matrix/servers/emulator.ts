import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { freePort, startServer } from '../../stores/servers/program.ts'
import type { Kind } from './server-for.ts'

interface Emulator {
  /** The package that is the emulator, in the dependency tree of the module `from` (its `import.meta.url`). */
  name: string
  from: string
  /** The script that Node runs: a command of that package, or one of ours around it, by its path. */
  script: string
  args(port: number): readonly string[]
  /** It prints this once it serves. */
  ready: RegExp
  /** What ends it without losing a write; by default at once. */
  signal?: NodeJS.Signals
  /** The service that it stands for. */
  of: string
}

/**
 * A server that npm ships to stand for another, in a process of its own on a free loopback port: `url` is
 * `http://127.0.0.1:PORT`.
 */
export function emulator({ name, from, script, args, ready, signal, of }: Emulator): Kind {
  const require = createRequire(from)
  return {
    async start(folder) {
      mkdirSync(folder, { recursive: true })
      const port = await freePort()
      return startServer(`http://127.0.0.1:${port}`, {
        program: process.execPath,
        args: [require.resolve(script), ...args(port)],
        cwd: folder,
        ready,
        ...(signal && { signal }),
      })
    },
    version() {
      const manifest = readFileSync(new URL(`node_modules/${name}/package.json`, from), 'utf8')
      const { version } = JSON.parse(manifest) as { version: string }
      return `${name} ${version} (emulates ${of})`
    },
  }
}
