import { compile } from '../../common/compile.mjs'
import type { Answer, Claim, Finding } from '../../packages/store-contract/src/claim.ts'
import { claims } from '../../packages/store-contract/src/claims.ts'
import { openContext } from '../../packages/store-contract/src/context.ts'
import { temporaryFolder } from '../../packages/store-contract/src/folder.ts'
import type { AdapterModule } from '../../packages/store-contract/src/protocol.ts'
import { type Run, startRun } from '../../packages/store-contract/src/run.ts'
import { runClaim } from '../../packages/store-contract/src/run-claim.ts'
import { summaryOf } from '../../packages/store-contract/src/summary.ts'
import { postgresProgram } from '../../stores/servers/postgres.ts'
import { redisProgram } from '../../stores/servers/redis.ts'
import { faultyStores } from '../support/contract-faults.ts'
import { expect, test } from '../support/fixtures.ts'

/** An export of contract-adapters.ts, and all that its processes run, compiled: one that needs no tsx costs half the CPU. */
async function adapterModule(name: string): Promise<AdapterModule> {
  const program = (file: string) => compile(`packages/store-contract/src/${file}.ts`)
  return {
    url: await compile('e2e/support/contract-adapters.ts'),
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
const noServer = { 'failure.gone': 'not-offered', 'failure.back': 'not-offered' } as const

const stores: readonly StoreUnderTest[] = [
  {
    name: 'the store written out in apps/store-contract',
    adapter: 'mapStore',
    but: {
      ...noFiles,
      ...noServer,
      ...onlyOwn,
      'failure.corrupt-row': 'no', // short to read: the guard of the lab takes care of this
      'process.restart': 'no',
      'process.ends-closed': 'not-offered',
    },
  },
  {
    name: 'memory:',
    adapter: 'memory',
    but: { ...noFiles, ...noServer, ...onlyOwn, 'optional.all': 'no', 'process.restart': 'no' },
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

for (const { name, adapter, needs, but } of stores) {
  // one process for all claims of a store: those that do not wait keep those company that do
  test.describe(`the contract: ${name}`, { tag: '@waits' }, () => {
    test.describe.configure({ mode: 'default', timeout: 120_000 })
    let run: Run
    let remove: () => void

    test.beforeAll(async () => {
      const isMissing = needs !== undefined && !needs.find()
      if (isMissing && process.env['CI'])
        throw new Error(`${needs.name} is not installed, and CI must not skip this`)
      test.skip(isMissing, `${needs?.name} is not installed on this machine`)
      const made = temporaryFolder()
      remove = made.remove
      run = startRun(await adapterModule(adapter), { folder: made.folder })
    })
    test.afterAll(async () => {
      await run?.end()
      remove?.()
    })

    for (const { id, title } of claims) {
      test(title.en, async ({ evidence }) => {
        const found = await run.result(id)
        await evidence.json('what was found', found)
        expect(found.answer, found.instead?.en).toBe(but[id] ?? 'yes')
      })
    }
  })
}

test.describe('the contract notices a store without', () => {
  test.describe.configure({ mode: 'default' }) // those that wait do so together

  /** What a claim comes to with the store that breaks it. */
  async function broken(claim: Claim): Promise<Finding | undefined> {
    const create = faultyStores[claim.id]
    if (!create) return undefined
    const { folder, remove } = temporaryFolder()
    const context = await openContext(await create({ folder }), {
      uncaught: [],
      elsewhere: async () => ({ found: false, hasEnded: false }),
    })
    const found = await runClaim(claim, context)
    await context.close()
    remove()
    return found
  }
  const waiting = new Map<Claim, Promise<Finding | undefined>>()

  for (const claim of claims) {
    test(claim.title.en, claim.waits ? { tag: '@waits' } : {}, async ({ evidence }) => {
      if (claim.waits && waiting.size === 0) {
        for (const each of claims.filter(({ waits }) => waits)) waiting.set(each, broken(each))
      }
      const found = await (waiting.get(claim) ?? broken(claim))
      await evidence.json('what was found', found)
      expect(found?.answer).toBe(claim.id === 'touch.offered' ? 'not-offered' : 'no')
      expect(found?.instead?.ja).toBeTruthy()
    })
  }
})

test.describe('a store that', () => {
  const outcome = async (adapter: string | AdapterModule, id: string) => {
    const { folder, remove } = temporaryFolder()
    const from = typeof adapter === 'string' ? await adapterModule(adapter) : adapter
    const run = startRun(from, { folder })
    const found = [await run.result(id), await run.result('data.unknown')] as const
    await run.end()
    remove()
    return found
  }

  test('is written in TypeScript is taken as it is', async () => {
    const url = new URL('../support/contract-adapters.ts', import.meta.url).href
    const [found, next] = await outcome({ url, export: 'memory' }, 'process.ends-open')
    expect([found.answer, next.answer]).toEqual(['yes', 'yes'])
  })

  test('ends the process is told of, and the next claim is run all the same', async () => {
    const [found, next] = await outcome('endsProcess', 'data.set-get')
    expect(found).toMatchObject({ answer: 'no', instead: { en: expect.stringContaining('ended with 7') } })
    expect(next.answer).toBe('yes')
  })

  test('leaves an error to nobody is told of, with what the error says', async () => {
    const [found, next] = await outcome('leavesError', 'data.set-get')
    expect(found).toMatchObject({ answer: 'no', instead: { en: expect.stringContaining('out of the blue') } })
    expect(next.answer).toBe('yes')
  })

  test('cannot be made is told of in its own words', async () => {
    const [found] = await outcome('cannotBeMade', 'data.set-get')
    expect(found).toMatchObject({
      answer: 'cannot-tell',
      instead: { en: 'it cannot be set up: cannotBeMade threw: no such server' },
    })
  })

  test('does not open is at fault once, and nothing else is said of it', async () => {
    const [found, next] = await outcome('doesNotOpen', 'shape.store')
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
