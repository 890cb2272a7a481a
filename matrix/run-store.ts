import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Finding } from '#store-contract'
import { claims, startRun } from '#store-contract'
import { anonymise, cleanText } from './anonymise.ts'
import { folderOf } from './folders.ts'
import { install, installed } from './install.ts'
import type { StoreResult } from './results.ts'

/** ms for all claims of one store. */
const budget = 110_000

const { version: expressSession } = createRequire(import.meta.url)('express-session/package.json') as {
  version: string
}

/** A result in which nothing has been tried; what the registry said before is kept. */
export const blank = (name: string, before: StoreResult | undefined): StoreResult => ({
  name,
  date: new Date().toISOString().slice(0, 10),
  version: null,
  licence: null,
  behind: null,
  expressSession,
  node: process.versions.node,
  installSeconds: before?.installSeconds ?? null,
  couldNotRun: null,
  found: {},
  registry: before?.registry ?? null,
})

/** Installs a store where needed, runs the contract on it, and says what came of it. Never throws. */
export async function runStore(name: string, before: StoreResult | undefined): Promise<StoreResult> {
  const result = blank(name, before)
  const at = folderOf(name)
  const outer = mkdtempSync(join(tmpdir(), 'matrix-'))
  chmodSync(outer, 0o711) // a server may run as another user
  const folder = join(outer, 'store')
  mkdirSync(folder)
  const run = startRun(
    { url: pathToFileURL(join(at, 'adapter.ts')).href, export: 'createAdapter' },
    { folder },
    budget,
  )
  try {
    if (!existsSync(join(at, 'adapter.ts'))) throw new Error('it has no adapter.ts yet')
    result.installSeconds = install(at) ?? result.installSeconds
    Object.assign(result, installed(at, name))
    result.behind = await run.behind()
    const found: Record<string, Finding> = {}
    for (const { id } of claims) found[id] = anonymise(await run.result(id), folder)
    result.found = found
  } catch (error) {
    result.couldNotRun = cleanText((error as Error).message, folder).slice(0, 500)
  } finally {
    await run.end()
    rmSync(outer, { recursive: true, force: true })
  }
  return result
}
