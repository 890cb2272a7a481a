// first of all, as in the tests: express-session's debug lines
import '#inspector/debug-lines'

import { readdirSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../common/places.ts'
import { use } from '../e2e/support/use.ts'
import { playwrightFixtures } from './browser.ts'
import { createCollector, type Side } from './collect.ts'
import { extendFixtures } from './fixtures.ts'
import { type Asked, type Outcome, type SideKey, type Told, type Tried, textOfKey } from './outcome.ts'
import { troubleOfSimplest } from './simplest.ts'
import { watchServers } from './traffic.ts'
import { messageOf, trySide } from './try-side.ts'

/*
 * Runs the claims of the specs on the express-session that this process was given, without Playwright's runner: a
 * release may end its process, and a runner for each would take longer than the claims.
 */

// required here: what is imported would be the same module for the specs
const require = createRequire(import.meta.url)
const real = require('playwright/test') as typeof import('playwright/test')

const together = 4
const scriptsTogether = 12
const told = (message: Told) => process.send?.(message)

/** Specs get this in place of Playwright's runner. */
function standIn(test: unknown) {
  const expect = real.expect.configure({ timeout: 8_000 })
  const stand = { ...require('playwright'), ...real, expect, test, default: test }
  const modules = Module as unknown as { _load(asked: string, ...rest: unknown[]): unknown }
  const load = modules._load
  modules._load = function (asked, ...rest) {
    return asked === 'playwright/test' ? stand : load.call(this, asked, ...rest)
  }
}

const specsIn = (folder: string) =>
  readdirSync(join(root, 'e2e', folder))
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => name.slice(0, -'.spec.ts'.length))
    .sort()

async function readSpecs() {
  const collector = createCollector(extendFixtures(new Map(), playwrightFixtures(use)))
  standIn(collector.test)
  /** A file whose apps cannot even be made with this release says nothing of its sentences; the others do. */
  const read = async (file: string, load: () => Promise<unknown>) => {
    collector.beginFile()
    await load().catch((problem: unknown) =>
      told({ told: 'does-not-load', file: `e2e/${file}`, message: messageOf(problem) }),
    )
  }
  for (const name of specsIn('scenarios'))
    await read(`scenarios/${name}.spec.ts`, () => import(`../e2e/scenarios/${name}.spec.ts`))
  for (const name of specsIn('findings'))
    await read(`findings/${name}.spec.ts`, () => import(`../e2e/findings/${name}.spec.ts`))
  return collector.sides()
}

const keyOf = ({ proof: { statements, role, source }, title }: Side): SideKey => ({
  ...{ statements, role, title },
  ...source,
})

/** A claim with its app, and the same claim with the counter-example: by their numbers. */
interface Pair {
  proof: number
  counter: number
  waits: boolean
}

/** `prove` hands over a claim and then its counter-example. */
const pairsOf = (sides: readonly Side[]): Pair[] =>
  sides.flatMap(({ proof: { role }, waits }, number) =>
    role === 'proof' ? { proof: number, counter: number + 1, waits } : [],
  )

async function tell(side: number, work: () => Promise<Tried> | Tried): Promise<Outcome> {
  told({ told: 'begins', side })
  const tried = await work()
  told({ told: 'ends', side, tried })
  return tried.outcome
}

const untried = (outcome: Outcome): Tried => ({
  ...{ outcome, hasPage: false, startsProcess: false, isByTranscript: false },
})

/** Tries the claim and, where it holds, its counter-example. Gives whether both are as the documentation has it. */
async function tryPair(
  sides: readonly Side[],
  { proof, counter }: Pair,
  { tasks, only }: Asked,
): Promise<boolean> {
  const [claim, other] = [sides[proof], sides[counter]]
  if (!claim || !other) return true
  const taskOf = (side: Side) => tasks?.[textOfKey(keyOf(side))]
  const holds = await tell(proof, () => trySide(claim, taskOf(claim)))
  if (holds.kind === 'failed') {
    await tell(counter, () => untried({ kind: 'not-tried' }))
    return false
  }
  if (only && !only.includes(textOfKey(keyOf(other)))) return true
  const isWorthIt = holds.kind === 'passed' || holds.kind === 'not-tried'
  const differs = await tell(counter, () => (isWorthIt ? trySide(other, taskOf(other)) : untried(holds)))
  return differs.kind !== 'passed'
}

/**
 * Runs pairs, some at a time; all that wait for a real expiry wait together, which costs time and next to no CPU. What comes out
 * otherwise than documented is tried once more, alone: whatever a process has only one of, as its warnings, claims that
 * run at the same time share.
 */
async function runAll(sides: readonly Side[], asked: Asked) {
  const { about, alone, tasks, only } = asked
  const keys = sides.map((side) => textOfKey(keyOf(side)))
  const pairs = pairsOf(sides).filter(
    ({ proof, counter }) =>
      (asked.sides === 'all' || asked.sides.includes(proof) || asked.sides.includes(counter)) &&
      (!about || sides[proof]?.proof.statements.some((id) => about.includes(id))) &&
      (!only || only.includes(keys[proof] ?? '')),
  )
  const inTurn = async (queue: Pair[]): Promise<Pair[]> => {
    const unlike: Pair[] = []
    for (let next = queue.shift(); next; next = queue.shift())
      if (!(await tryPair(sides, next, asked))) unlike.push(next)
    return unlike
  }
  const some = (queue: Pair[], number: number) => Array.from({ length: number }, () => inTurn(queue))
  if (alone) return inTurn(pairs)
  const isScripted = ({ proof }: Pair) => tasks?.[keys[proof] ?? ''] !== undefined
  const [waiting, ready] = split(pairs, ({ waits }) => waits)
  const [scripted, others] = split(ready, isScripted)
  const found = await Promise.all([
    ...some(waiting, waiting.length),
    ...some(scripted, scriptsTogether),
    ...some(others, together),
  ])
  const [late, soon] = split(found.flat(), ({ waits }) => waits)
  await inTurn(soon)
  return Promise.all(some(late, late.length))
}

function split<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))]
}

// a claim that has failed may leave a promise behind: that is no fault of the release
process.on('unhandledRejection', () => {})

watchServers()
process.once('message', async (asked: Asked) => {
  const sides = await readSpecs()
  told({ told: 'sides', sides: sides.map(keyOf) })
  const message = await troubleOfSimplest()
  if (message === undefined) await runAll(sides, asked)
  else
    for (const side of sides.keys())
      await tell(side, () => untried({ kind: 'broken', why: 'makes-no-session', message }))
  told({ told: 'done' })
  process.disconnect()
  process.exit()
})
