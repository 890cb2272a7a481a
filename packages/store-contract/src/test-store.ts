import type { Claim, Finding } from './claim.ts'
import { claims } from './claims.ts'
import { temporaryFolder } from './folder.ts'
import { type Language, languageOf } from './language.ts'
import type { AdapterModule } from './protocol.ts'
import { type Run, startRun } from './run.ts'
import { claimLimit } from './run-claim.ts'
import { type But, chosenClaims, type Standing, standingOf } from './standing.ts'

/** `test` of node:test, Vitest, Jest or Playwright. */
export type TestFunction = (title: string, body: () => Promise<void>, limit?: number) => unknown

/** A store to be tested. */
export interface Subject {
  /** The module that makes it, as a file: URL: `new URL('./my-store.js', import.meta.url)`. */
  module: URL | string
  /** Its export that makes the store, where it has an unusual name. */
  export?: string
  /** What is not meant to hold, and why, by the id of the sentence. What holds after all fails. */
  but?: But
  /** Only these sentences or topics. */
  only?: readonly string[]
  /** Of the titles; left out, that of the locale. */
  language?: Language
}

/** What the runners have beside the call itself; none has all of it. */
interface Extras {
  afterAll(body: () => Promise<void>): unknown
  after(body: () => Promise<void>): unknown
  setTimeout(limit: number): void
  skip(condition: boolean, why: string): void
  describe: { (title: string, body: () => void): unknown; configure?(how: { mode: 'default' }): void }
}

/** ms for one test: the start of the store's process, and the claim with those that are tried beside it, once more alone. */
const limit = 90_000 + 4 * claimLimit

/**
 * Makes a test of every sentence of the contract. The store runs in a process of its own. What it does not offer, a
 * property that it does not have, and what cannot be told are skipped by name where the runner can (Jest cannot).
 * @throws RangeError when `only` or `but` names a sentence that there is none of
 */
export function testStore(test: TestFunction, subject: URL | string | Subject) {
  const chosen: Subject =
    typeof subject === 'string' || subject instanceof URL ? { module: subject } : subject
  const { module, but = {}, only, language = languageOf() } = chosen
  const named = { url: String(module), ...(chosen.export !== undefined && { export: chosen.export }) }
  const unknown = Object.keys(but).find((id) => !claims.some((claim) => claim.id === id))
  if (unknown !== undefined) throw new RangeError(unknown)
  const { describe } = test as TestFunction & Partial<Extras>
  const register = () => {
    const run = sharedRun(test, named)
    for (const claim of chosenClaims(only)) testClaim(test, run, claim, but, language)
  }
  if (!describe?.configure) return register()
  describe('express-session-store-contract', () => {
    describe.configure?.({ mode: 'default' }) // the tests of one store share its process
    register()
  })
}

/** The run is started by the first test, and ended after the last: by the runner's hook, or else with this process. */
function sharedRun(test: TestFunction, from: AdapterModule): () => Run {
  let run: Run | undefined
  let remove: (() => void) | undefined
  const end = async () => {
    await run?.end()
    remove?.()
    run = undefined
  }
  const { afterAll, after } = test as TestFunction & Partial<Extras>
  const { afterAll: globalHook } = globalThis as unknown as Partial<Extras>
  const hook = afterAll ?? after ?? globalHook
  hook?.(end)
  return () => {
    if (run) return run
    const made = temporaryFolder()
    remove = made.remove
    if (!hook) process.once('exit', remove)
    run = startRun(from, { folder: made.folder })
    return run
  }
}

function testClaim(test: TestFunction, run: () => Run, claim: Claim, but: But, language: Language) {
  // runners look at what a test's body takes: it takes nothing
  async function body(this: unknown) {
    // biome-ignore lint/complexity/noArguments: a rest parameter is none that Playwright allows
    const [context] = arguments as unknown as [Partial<Extras & { skip(why: string): void }> | undefined]
    const runner = test as TestFunction & Partial<Extras>
    const isPlaywright = runner.setTimeout !== undefined
    runner.setTimeout?.(limit)
    const found = await run().result(claim.id)
    const standing = standingOf(claim, found, but)
    const why = wordsFor(standing, claim, found, language)
    if (standing === 'broken' || standing === 'holds-after-all') throw new Error(why)
    if (standing === 'holds' || standing === 'excused') return
    if (isPlaywright) runner.skip?.(true, why)
    else context?.skip?.(why)
  }
  const reason = but[claim.id]
  const title = reason === undefined ? claim.title[language] : `${claim.title[language]} (${reason})`
  test(title, body, limit)
}

function wordsFor(standing: Standing, { id }: Claim, found: Finding, language: Language): string {
  if (standing === 'holds-after-all')
    return {
      ja: `成り立っています。butから ${id} を外してください`,
      en: `it holds: take ${id} out of but`,
    }[language]
  const { instead, evidence } = found
  const seen = standing === 'broken' && evidence !== null ? `\n${JSON.stringify(evidence, null, 2)}` : ''
  return `${id}: ${instead?.[language] ?? ''}${seen}`
}
