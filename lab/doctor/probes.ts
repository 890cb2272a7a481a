import { spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, varFolder } from '../../common/places.ts'
import { Trouble, type Words } from '../../common/words.ts'
import { findBrowser } from '../chromium/browser.ts'
import { listen } from '../http/listen.ts'
import { slugs } from '../scenarios/scenarios.ts'

/** A port that somebody else listens on. */
export interface TakenPort {
  port: number
  /** Whether that is a lab of ours. */
  isLab: boolean
}

/** What is asked of this computer. */
export interface Probes {
  nodeVersion: string
  /** The dependencies of the project that are not installed. */
  missingPackages(): string[]
  /** Why the folder for data cannot be written to; undefined when it can. */
  unwritable(): Words | undefined
  /** What a host name stands for; empty when it stands for nothing. */
  addressesOf(name: string): Promise<string[]>
  takenPorts(): Promise<{ from: number; to: number; taken: TakenPort[] }>
  /** Its executable; undefined when there is none. */
  browser(): string | undefined
  /** How many fonts have Japanese; undefined where that cannot be told. */
  japaneseFonts(): number | undefined
}

/** Asks this computer. @param port where the index of `npm start` would listen */
export const probesOf = (port: number): Probes => ({
  nodeVersion: process.versions.node,
  missingPackages,
  unwritable,
  addressesOf: (name) =>
    lookup(name, { all: true }).then(
      (all) => all.map(({ address }) => address),
      () => [],
    ),
  takenPorts: () => takenFrom(port),
  browser: findBrowser,
  japaneseFonts,
})

function missingPackages(): string[] {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  )
}

function unwritable(): Words | undefined {
  try {
    varFolder()
    return undefined
  } catch (problem) {
    if (!(problem instanceof Trouble)) throw problem
    return problem.words
  }
}

const hasSecondApp = (slug: string) =>
  readFileSync(join(root, 'apps', slug, 'app.ts'), 'utf8').includes('export const createSecondApp')

/** The ports that `npm start` would like to have: the index, and above it an app or two for each scenario. */
async function takenFrom(from: number) {
  const all = slugs()
  const count = from === 0 ? 0 : all.length + all.filter(hasSecondApp).length // 0 takes free ones
  const to = Math.min(from + count, 65_535)
  const ports = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  const found = await Promise.all(ports.map(takenPort))
  return { from, to, taken: found.flatMap((each) => each ?? []) }
}

async function takenPort(port: number): Promise<TakenPort | undefined> {
  const listening = await listen((_req, res) => res.end(), port)
  await listening?.close()
  return listening ? undefined : { port, isLab: await isLab(port) }
}

async function isLab(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://localhost:${port}/__lab/about`, { signal: AbortSignal.timeout(1000) })
    return answer.headers.has('x-express-session-lab')
  } catch {
    return false // no HTTP, or no answer
  }
}

/** Windows and macOS come with them. */
function japaneseFonts(): number | undefined {
  if (process.platform === 'win32' || process.platform === 'darwin') return 1
  const { status, stdout } = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' })
  return status === 0 ? stdout.split('\n').filter(Boolean).length : undefined
}
