import { createRequire } from 'node:module'
import { format } from 'node:util'
import { compile } from '../../common/compile.mjs'

/** A command as it is typed: its script, what stands behind it, and what is in the environment. */
export interface Typed {
  script: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
}

/** What a command printed, and the exit code that it has set. */
export interface Answer {
  code: number
  output: string
  /** The packages that have been loaded so far, by this command or one before it. */
  loaded: string[]
}

/* Runs the commands of its first argument (JSON), one after the other in this one process, and prints what each answers. */

class Ended extends Error {}

async function run({ script, args, env = {} }: Typed, turn: number): Promise<Answer> {
  let output = ''
  const { log, error } = console
  const note = (...parts: unknown[]) => {
    output += `${format(...parts)}\n`
  }
  Object.assign(console, { log: note, error: note })
  process.argv = [process.argv[0] ?? '', script, ...args]
  Object.assign(process.env, env)
  process.exitCode = 0
  try {
    await import(`${await compile(script)}?${turn}`)
  } catch (problem) {
    if (!(problem instanceof Ended)) throw problem
  }
  for (const name of Object.keys(env)) delete process.env[name]
  Object.assign(console, { log, error })
  return { code: Number(process.exitCode), output, loaded: packages() }
}

const { cache } = createRequire(import.meta.url)
const packages = () => [
  ...new Set(
    Object.keys(cache).flatMap((file) => /node_modules\/((@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  ),
]

const { exit } = process
process.exit = (code) => {
  process.exitCode = code ?? process.exitCode
  throw new Ended()
}

const commands = JSON.parse(process.argv[2] ?? '[]') as Typed[]
const answers: Answer[] = []
for (const [turn, typed] of commands.entries()) answers.push(await run(typed, turn))
process.stdout.write(JSON.stringify(answers), () => exit(0)) // one that was not refused would serve on
