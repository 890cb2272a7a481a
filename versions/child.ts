// first of all, as in the tests: express-session's debug lines
import '#inspector/debug-lines'

import { readdirSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../common/places.ts'
import { createCollector, type Side } from './collect.ts'
import { extendFixtures, type Fixtures, NotMade, namesNeededBy, runWith } from './fixtures.ts'
import type { Asked, Outcome, SideKey, Told } from './outcome.ts'
import { troubleOfSimplest } from './simplest.ts'

/*
 * Runs the claims of the specs on the express-session that this process was given, without Playwright's runner: a
 * release may end its process, and a runner for each would take longer than the claims.
 */

// required here: what is imported would be the same module for the specs
const require = createRequire(import.meta.url)
const playwright = require('playwright') as typeof import('playwright')
const { expect } = require('playwright/test') as typeof import('playwright/test')

const timeLimit = 120_000 // ms: a claim is late on a busy machine, and that is no answer of the release
const together = 4
const told = (message: Told) => process.send?.(message)

/** What Playwright itself gives a test, as far as it needs no browser. */
const builtIn: Record<string, unknown> = {
  playwright,
  baseURL: undefined,
  ignoreHTTPSErrors: false,
  locale: 'ja-JP',
  launchOptions: {},
  browserName: 'chromium',
  browser: undefined,
  context: async ({ browser }: { browser: unknown }, use: Use) => use(browser),
  page: async ({ context }: { context: unknown }, use: Use) => use(context),
  request: async (
    { baseURL, ignoreHTTPSErrors }: { baseURL: string; ignoreHTTPSErrors: boolean },
    use: Use,
  ) => {
    const context = await playwright.request.newContext({ baseURL, ignoreHTTPSErrors })
    await use(context)
    await context.dispose()
  },
}
type Use = (value: unknown) => Promise<void>

const collector = createCollector(extendFixtures(new Map(), builtIn))

/** Specs get this in place of Playwright's runner. */
function standIn() {
  const stand = { ...playwright, expect, test: collector.test, default: collector.test }
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
  standIn()
  for (const name of specsIn('scenarios'))
    await read(`scenarios/${name}.spec.ts`, () => import(`../e2e/scenarios/${name}.spec.ts`))
  for (const name of specsIn('findings'))
    await read(`findings/${name}.spec.ts`, () => import(`../e2e/findings/${name}.spec.ts`))
  return collector.sides()
}

/** A file whose apps cannot even be made with this release says nothing of its sentences; the others do. */
async function read(file: string, load: () => Promise<unknown>) {
  collector.beginFile()
  await load().catch((problem: unknown) =>
    told({ told: 'does-not-load', file: `e2e/${file}`, message: messageOf(problem) }),
  )
}

const keyOf = ({ proof: { statements, role, source }, title }: Side): SideKey => ({
  ...{ statements, role, title },
  ...source,
})

const ofServers = ['redis:', 'postgres:']
const ofBrowser = ['browser', 'wholeBrowser']

/** Why a side cannot be run here at all. */
function lackOf(needed: ReadonlySet<string>, fixtures: Fixtures): Outcome['why'] {
  if (ofBrowser.some((name) => needed.has(name))) return 'needs-browser'
  if (ofServers.includes(String(fixtures.get('storeUrl')?.given))) return 'needs-server'
  return undefined
}

async function run({ claim, fixtures: own, title }: Side): Promise<Outcome> {
  const fixtures = own()
  const lack = lackOf(namesNeededBy(claim, fixtures), fixtures)
  if (lack) return { kind: 'broken', why: lack }
  try {
    await inTime(runWith(claim as Parameters<typeof runWith>[0], fixtures, testInfo(title)))
    return { kind: 'passed' }
  } catch (problem) {
    return outcomeOf(problem)
  }
}

const testInfo = (title: string) => ({
  title,
  attach: async () => {},
  annotations: [],
  skip: () => {},
  setTimeout: () => {},
})

function outcomeOf(problem: unknown): Outcome {
  const message = messageOf(problem)
  if (problem instanceof NotMade) return { kind: 'broken', why: 'app-does-not-start', message }
  return { kind: 'failed', message }
}

/** Without what is another one each time: signed cookie values, sids, dates. */
const aliased = (text: string) =>
  text
    .replace(/s(?:%3A|:)[\w-]{20,}\.[\w%+/-]+/g, 's:<sid>.<signature>')
    .replace(/(?<![\w-])(?:[\w-]{32}|[A-Za-z\d]{24})(?![\w-])/g, '<sid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')

/** What an error says, in one line. */
function messageOf(problem: unknown): string {
  const text = stripVTControlCharacters(problem instanceof Error ? problem.message : String(problem))
  const isSilent = text.trim() === '' && problem instanceof Error
  return aliased(isSilent ? problem.name : text)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

/** @throws NotMade when it takes too long: the claim was neither kept nor broken */
async function inTime(work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotMade('', `not done after ${timeLimit / 1000} s`)), timeLimit)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

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

async function tell(side: number, outcome: Promise<Outcome> | Outcome): Promise<Outcome> {
  told({ told: 'begins', side })
  const begin = performance.now()
  const known = await outcome
  told({ told: 'ends', side, outcome: known, ms: Math.round(performance.now() - begin) })
  return known
}

/** Tries the claim and, where it holds, its counter-example. Gives whether both are as the documentation has it. */
async function tryPair(sides: readonly Side[], { proof, counter }: Pair): Promise<boolean> {
  const [claim, other] = [sides[proof], sides[counter]]
  if (!claim || !other) return true
  const holds = await tell(proof, run(claim))
  if (holds.kind === 'failed') {
    await tell(counter, { kind: 'not-tried' })
    return false
  }
  const differs = await tell(counter, holds.kind === 'passed' ? run(other) : holds)
  return differs.kind !== 'passed'
}

async function inTurn(sides: readonly Side[], queue: Pair[]): Promise<Pair[]> {
  const unlike: Pair[] = []
  for (let next = queue.shift(); next; next = queue.shift())
    if (!(await tryPair(sides, next))) unlike.push(next)
  return unlike
}

/** All that wait for a real expiry wait together: that costs time and next to no CPU. */
const atOnce = async (sides: readonly Side[], pairs: readonly Pair[]): Promise<Pair[]> =>
  (await Promise.all(pairs.map((pair) => inTurn(sides, [pair])))).flat()

/**
 * Runs pairs, some at a time. What comes out otherwise than documented is tried once more, alone: whatever a process has
 * only one of, as its warnings, claims that run at the same time share.
 */
async function runAll(sides: readonly Side[], { sides: asked, about, alone }: Asked) {
  const pairs = pairsOf(sides).filter(
    ({ proof, counter }) =>
      (asked === 'all' || asked.includes(proof) || asked.includes(counter)) &&
      (!about || sides[proof]?.proof.statements.some((id) => about.includes(id))),
  )
  if (alone) return inTurn(sides, pairs)
  const [waiting, queue] = [pairs.filter(({ waits }) => waits), pairs.filter(({ waits }) => !waits)]
  const found = await Promise.all([
    atOnce(sides, waiting),
    ...Array.from({ length: together }, () => inTurn(sides, queue)),
  ])
  const unlike = found.flat()
  await inTurn(
    sides,
    unlike.filter(({ waits }) => !waits),
  )
  return atOnce(
    sides,
    unlike.filter(({ waits }) => waits),
  )
}

// a claim that has failed may leave a promise behind: that is no fault of the release
process.on('unhandledRejection', () => {})

process.once('message', async (asked: Asked) => {
  const sides = await readSpecs()
  told({ told: 'sides', sides: sides.map(keyOf) })
  const message = await troubleOfSimplest()
  if (message === undefined) await runAll(sides, asked)
  else for (const side of sides.keys()) await tell(side, { kind: 'broken', why: 'makes-no-session', message })
  told({ told: 'done' })
  process.disconnect()
  process.exit()
})
