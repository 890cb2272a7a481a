import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Found } from '../contract/claim.ts'
import { resultsFile } from './places.ts'
import type { Registry } from './registry.ts'

/** What became of one store. */
export interface StoreResult {
  name: string
  /** The day of the run. */
  date: string
  version: string | null
  /** As the package itself says. */
  licence: string | null
  /** What lies behind the store, with its version. */
  behind: string | null
  expressSession: string
  node: string
  /** Seconds of `npm ci`, when it was last needed. */
  installSeconds: number | null
  /** Why it could not even be tried: the words of npm, of the store or of its server. */
  couldNotRun: string | null
  /** By claim, in the order of the contract. */
  found: Readonly<Record<string, Found>>
  /** As of the day of `looked`; null when nobody has asked. */
  registry: (Registry & { looked: string }) | null
}

export interface Results {
  command: string
  /** In the order of the list. */
  stores: readonly StoreResult[]
}

export const command = 'npm run stores:matrix'

/** What the last runs have left. */
export function readResults(): Results {
  return existsSync(resultsFile)
    ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results)
    : { command, stores: [] }
}

/** Puts new results among those that are there, in the order of `names`; what is no longer listed goes. */
export function writeResults(news: readonly StoreResult[], names: readonly string[]): void {
  const all = new Map([...readResults().stores, ...news].map((result) => [result.name, result]))
  const stores = names.flatMap((name) => all.get(name) ?? [])
  const fresh = resultsFile.replace('.json', '.new.json') // whoever reads meanwhile gets the whole of the last one
  writeFileSync(fresh, `${JSON.stringify({ command, stores }, null, 2)}\n`)
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  execFileSync(process.execPath, [biome, 'format', '--write', fresh], { stdio: 'ignore' })
  renameSync(fresh, resultsFile)
}
