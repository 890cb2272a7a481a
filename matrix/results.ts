import { execFileSync } from 'node:child_process'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as v from 'valibot'
import type { Finding, Json } from '#store-contract'
import { readJson } from '../common/read-json.ts'
import { resultsFile } from './folders.ts'
import { words } from './listed.ts'
import { registry } from './registry.ts'

/** What a claim of the contract came to. */
const found: v.GenericSchema<Finding> = v.object({
  answer: v.picklist(['yes', 'no', 'not-offered', 'cannot-tell']),
  instead: v.exactOptional(words),
  evidence: v.custom<Json>(() => true), // out of a JSON file it cannot be anything else
})

/** What became of one store. */
const storeResult = v.object({
  name: v.string(),
  /** The day of the run. */
  date: v.string(),
  version: v.nullable(v.string()),
  /** As the package itself says. */
  licence: v.nullable(v.string()),
  /** What lies behind the store, with its version. */
  behind: v.nullable(v.string()),
  expressSession: v.string(),
  node: v.string(),
  /** Seconds of `npm ci`, when it was last needed. */
  installSeconds: v.nullable(v.number()),
  /** Why it could not even be tried: the words of npm, of the store or of its server. */
  couldNotRun: v.nullable(v.string()),
  /** By claim, in the order of the contract. */
  found: v.record(v.string(), found),
  /** As of the day of `looked`; null when nobody has asked. */
  registry: v.nullable(v.object({ ...registry.entries, looked: v.string() })),
})
export type StoreResult = v.InferOutput<typeof storeResult>

const results = v.object({
  command: v.string(),
  /** In the order of the list. */
  stores: v.array(storeResult),
})
export type Results = v.InferOutput<typeof results>

export const command = 'npm run stores:matrix'

const again = {
  ja: `git checkout で元に戻すか、${command} をもう一度実行してください。`,
  en: `Restore it with git checkout, or run ${command} once more.`,
}

/**
 * What the last runs have left.
 * @throws Trouble when it is broken
 */
export const readResults = (): Results =>
  existsSync(resultsFile) ? readJson(resultsFile, results, again) : { command, stores: [] }

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
