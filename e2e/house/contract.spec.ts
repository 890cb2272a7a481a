import { compile } from '../../common/compile.mjs'
import type { CreateAdapter } from '../../packages/store-contract/src/adapter.ts'
import type { Answer, Claim, Finding } from '../../packages/store-contract/src/claim.ts'
import { claims } from '../../packages/store-contract/src/claims.ts'
import { openContext } from '../../packages/store-contract/src/context.ts'
import { temporaryFolder } from '../../packages/store-contract/src/folder.ts'
import type { AdapterModule } from '../../packages/store-contract/src/protocol.ts'
import { startRun } from '../../packages/store-contract/src/run.ts'
import { runClaim } from '../../packages/store-contract/src/run-claim.ts'
import { summaryOf } from '../../packages/store-contract/src/summary.ts'
import { postgresProgram } from '../../stores/servers/postgres.ts'
import { redisProgram } from '../../stores/servers/redis.ts'
import { faultyStores, strangerProcess } from '../support/contract-faults.ts'
import { expect, test } from '../support/fixtures.ts'

/** An export of a module of adapters, and all that its processes run, compiled: one that needs no tsx costs half the CPU. */
async function adapterModule(module: string, name: string): Promise<AdapterModule> {
  const program = (file: string) => compile(`packages/store-contract/src/${file}.ts`)
  return {
    url: await compile(`e2e/support/${module}.ts`),
    export: name,
    compiled: { child: await program('child'), 'elsewhere-child': await program('elsewhere-child') },
  }
}

interface StoreUnderTest {
  name: string
  /** The export of contract-adapters.ts. */
  adapter: string
  /** The program that it needs. */
  needs?: { name: string; find(): string | undefined }
  /** What is not `yes`. */
  but: Readonly<Record<string, Answer>>
}

const noFiles = { 'sid.path': 'not-offered' } as const
const onlyOwn = { 'failure.busy': 'not-offered' } as const // no other process sees the rows
const noServer = {
  'failure.gone': 'not-offered',
  'failure.back': 'not-offered',
  'failure.hangs': 'not-offered',
} as const
const onlyHere = { 'process.restart': 'no', 'process.two': 'no' } as const

const stores: readonly StoreUnderTest[] = [
  {
    name: 'the store written out in apps/store-contract',
    adapter: 'mapStore',
    but: {
      ...noFiles,
      ...noServer,
      ...onlyOwn,
      'failure.corrupt-row': 'no', // short to read: the guard of the lab takes care of this
      ...onlyHere,
      'process.ends-closed': 'not-offered',
    },
  },
  {
    name: 'memory:',
    adapter: 'memory',
    but: { ...noFiles, ...noServer, ...onlyOwn, ...onlyHere, 'optional.all': 'no' },
  },
  { name: 'sqlite:', adapter: 'sqlite', but: noServer },
  {
    name: 'redis:',
    adapter: 'redis',
    needs: { name: 'redis-server', find: redisProgram },
    but: { ...noFiles, 'process.ends-open': 'no' }, // the connection is kept
  },
  {
    name: 'postgres:',
    adapter: 'postgres',
    needs: { name: 'postgres', find: postgresProgram },
    but: {
      ...noFiles,
      'optional.all': 'not-offered',
      'optional.length': 'not-offered',
      'optional.clear': 'not-offered',
      'touch.expired': 'no', // an expired row that has not been cleared away yet
    },
  },
]

/** In an order in which none spoils the process of another: an error that nobody catches ends it. */
const inOrder = claims.toSorted(
  (one, other) => Number(one.id === 'callback.throws') - Number(other.id === 'callback.throws'),
)

/** A machine that was too slow for a claim that waits tells nothing of the store: it is asked again, twice at most. */
async function told(ask: () => Promise<Finding>): Promise<Finding> {
  const found = await ask()
  if (found.answer !== 'cannot-tell') return found
  const second = await ask()
  return second.answer === 'cannot-tell' ? ask() : second
}

/** All that a store comes to. */
async function resultsOf(adapter: string): Promise<Record<string, Finding>> {
  const { folder, remove } = temporaryFolder()
  const run = startRun(await adapterModule('contract-adapters', adapter), { folder })
  const found: Record<string, Finding> = {}
  for (const { id } of inOrder) found[id] = await told(() => run.result(id))
  await run.end()
  remove()
  return found
}

/** The answers that are not yes. */
const withoutYes = (found: Readonly<Record<string, Finding>>) =>
  Object.fromEntries(
    Object.entries(found).flatMap(([id, { answer }]) => (answer === 'yes' ? [] : [[id, answer]])),
  )
const wordsOf = (found: Readonly<Record<string, Finding>>) =>
  Object.entries(found)
    .flatMap(([id, { instead }]) => (instead ? [`${id}: ${instead.en}`] : []))
    .join('\n')

test.describe('the contract is kept, but for what is named, by', { tag: '@waits' }, () => {
  test.describe.configure({ mode: 'default', timeout: 120_000 })
  const isMissing = ({ needs }: StoreUnderTest) => needs !== undefined && !needs.find()
  const running = new Map<string, Promise<Record<string, Finding>>>()
  // most of it is waiting: they do so together
  test.beforeAll(() => {
    for (const store of stores) if (!isMissing(store)) running.set(store.name, resultsOf(store.adapter))
  })

  // also where one has failed: what they have started ends, and what they have written goes
  test.afterAll(async () => void (await Promise.allSettled(running.values())))

  for (const store of stores) {
    const { name, needs, but } = store
    test(name, async ({ evidence }) => {
      if (isMissing(store) && process.env['CI'])
        throw new Error(`${needs?.name} is not installed, and CI must not skip this`)
      test.skip(isMissing(store), `${needs?.name} is not installed on this machine`)
      const found = (await running.get(name)) ?? {}
      await evidence.json('what was found', found)
      expect(Object.keys(found).length).toBe(claims.length)
      expect(withoutYes(found), wordsOf(found)).toEqual(but)
    })
  }
})

test('the contract notices in each sentence a store that breaks it', { tag: '@waits' }, async () => {
  /** What a claim comes to with the store that breaks it. */
  async function broken(claim: Claim, create: CreateAdapter): Promise<Finding> {
    const { folder, remove } = temporaryFolder()
    const adapter = await create({ folder })
    const context = await openContext(adapter, {
      uncaught: [],
      visit: async () => ({ found: false, hasEnded: false }),
      beside: strangerProcess,
      at: (address) => create({ folder, address }),
    })
    const found = await runClaim(claim, context)
    await context.close()
    await adapter.end?.()
    remove()
    return found
  }
  const pairs = claims.flatMap((claim) =>
    (faultyStores[claim.id] ?? []).map((create) => [claim, create] as const),
  )
  const all = async (some: typeof pairs) => {
    const found = await Promise.all(some.map(([claim, create]) => told(() => broken(claim, create))))
    return some.map(([{ id }], index) => [id, found[index]] as const)
  }
  const waiting = all(pairs.filter(([{ waits }]) => waits))
  const found = []
  for (const pair of pairs.filter(([{ waits }]) => !waits)) found.push(...(await all([pair])))
  found.push(...(await waiting))
  expect(new Set(found.map(([id]) => id))).toEqual(new Set(claims.map(({ id }) => id)))
  const unnoticed = found.filter(
    ([id, what]) => what?.answer !== (id === 'touch.offered' ? 'not-offered' : 'no') || !what.instead?.ja,
  )
  expect(unnoticed).toEqual([])
})

test.describe('a store that', () => {
  const outcome = async (from: AdapterModule, id: string) => {
    const { folder, remove } = temporaryFolder()
    const run = startRun(from, { folder })
    const found = [await run.result(id), await run.result('data.unknown')] as const
    await run.end()
    remove()
    return found
  }
  const troubled = async (name: string, id: string) =>
    outcome(await adapterModule('contract-troubles', name), id)

  test('is written in TypeScript is taken as it is', async () => {
    const url = new URL('../support/contract-troubles.ts', import.meta.url).href
    const [found, next] = await outcome({ url, export: 'none' }, 'process.ends-open')
    expect([found.answer, next.answer]).toEqual(['yes', 'yes'])
  })

  test('ends the process is told of, and the next claim is run all the same', async () => {
    const [found, next] = await troubled('endsProcess', 'data.set-get')
    expect(found).toMatchObject({ answer: 'no', instead: { en: expect.stringContaining('ended with 7') } })
    expect(next.answer).toBe('yes')
  })

  test('leaves an error to nobody is told of, with what the error says', async () => {
    const [found, next] = await troubled('leavesError', 'data.set-get')
    expect(found).toMatchObject({ answer: 'no', instead: { en: expect.stringContaining('out of the blue') } })
    expect(next.answer).toBe('yes')
  })

  test('cannot be made is told of in its own words', async () => {
    const [found] = await troubled('cannotBeMade', 'data.set-get')
    expect(found).toMatchObject({
      answer: 'cannot-tell',
      instead: { en: 'it cannot be set up: cannotBeMade threw: no such server' },
    })
  })

  test('does not open is at fault once, and nothing else is said of it', async () => {
    const [found, next] = await troubled('doesNotOpen', 'shape.store')
    expect(found).toMatchObject({ answer: 'no', instead: { en: 'it does not open: no such table' } })
    expect(next.answer).toBe('cannot-tell')
  })
})

test('whether resave: false is safe follows from touch, and a row that never ends needs none', () => {
  const of = (answers: Record<string, Answer>) =>
    summaryOf(
      Object.fromEntries(
        Object.entries({ 'shape.session': 'yes' as const, 'expiry.row': 'yes' as const, ...answers }).map(
          ([id, answer]) => [id, { answer, evidence: null }],
        ),
      ),
    ).resaveFalseIsSafe
  expect(of({ 'touch.extends': 'yes' })).toBe('yes')
  expect(of({ 'touch.extends': 'yes', 'touch.keeps-data': 'no' })).toBe('with-faults')
  expect(of({ 'touch.extends': 'yes', 'touch.expired': 'no' })).toBe('yes')
  expect(of({ 'touch.extends': 'no', 'touch.keeps-data': 'no' })).toBe('no')
  expect(of({ 'touch.extends': 'not-offered' })).toBe('no')
  expect(of({ 'touch.extends': 'not-offered', 'expiry.row': 'no' })).toBe('no-end-seen')
  expect(of({ 'touch.extends': 'cannot-tell', 'expiry.row': 'no' })).toBe('no-end-seen')
  expect(of({ 'touch.extends': 'yes', 'shape.session': 'no' })).toBe('cannot-tell')
  expect(of({})).toBe('cannot-tell')
})
