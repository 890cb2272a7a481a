#!/usr/bin/env node
import type { Claim } from '../claim.ts'
import { claims } from '../claims.ts'
import { temporaryFolder } from '../folder.ts'
import { languageOf } from '../language.ts'
import { Unusable } from '../load.ts'
import { startRun, troubleOf } from '../run.ts'
import { standingOf } from '../standing.ts'
import { help, type Order, readArguments } from './arguments.ts'
import { asJson, exitCodeOf, type Result } from './results.ts'
import { countsOf, rowOf } from './table.ts'
import { commandWords } from './words.ts'

const language = languageOf()

/** @returns the exit code */
async function tryStore({ from, claims: chosen, but, json }: Order): Promise<0 | 1 | 2> {
  const { folder, remove } = temporaryFolder()
  const run = startRun(from, { folder })
  try {
    const behind = await run.behind().catch((error: unknown) => {
      throw new Unusable(troubleOf(error))
    })
    const results: Result[] = []
    let before: Claim | undefined
    for (const claim of chosen) {
      const found = await run.result(claim.id)
      const result = { claim, found, standing: standingOf(claim, found, but), reason: but[claim.id] }
      results.push(result)
      if (!json) console.log(rowOf(result, before, language))
      before = claim
    }
    const about = { module: from.url, behind, isWhole: chosen.length === claims.length }
    console.log(json ? JSON.stringify(asJson(results, about), null, 2) : `\n${countsOf(results, language)}`)
    return exitCodeOf(results)
  } finally {
    await run.end()
    remove()
  }
}

async function main(): Promise<0 | 1 | 2> {
  try {
    const order = readArguments(process.argv.slice(2), process.cwd())
    if (order) return await tryStore(order)
    process.stdout.write(help)
    return 0
  } catch (error) {
    const { cannotBeTried } = commandWords[language]
    process.stderr.write(`express-session-store-contract: ${cannotBeTried}: ${troubleOf(error)[language]}\n`)
    return 2
  }
}

process.exitCode = await main()
