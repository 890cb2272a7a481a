import type { APIRequestContext } from 'playwright/test'
import * as documented from '../../apps/broken-store/app.ts'
import * as bare from '../../apps/broken-store/bare.ts'
import { BrokenStore } from '../../apps/broken-store/store/broken-store.ts'
import type { CreateApp } from '../../apps/create-app.ts'
import { type Demo, expect, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf } from '../support/wire.ts'

const name = 'broken-store.sid'

test.use({ app: 'broken-store' })

/** What a visitor sees: the status, and the count where there is one. A request that is not answered has neither. */
async function see(request: APIRequestContext, path: string, timeout?: number) {
  const response = await request.get(path, { ...(timeout && { timeout }) }).catch(() => undefined)
  const [, count] = /aria-label="count">(\d+)</.exec((await response?.text()) ?? '') ?? []
  return { status: response?.status(), ...(count && { count: Number(count) }) }
}

/** Counts once; then once more, with a call that goes wrong; then looks. */
async function addThrice(request: APIRequestContext, fault: string, timeout?: number) {
  const before = await see(request, '/add')
  const broken = await see(request, `/break/${fault}`, timeout)
  return { before, broken, after: await see(request, '/', timeout) }
}

const adds = ({ wire }: Demo) => wire().filter(({ url }) => url === '/add')

for (const [failsIn, what] of [
  ['broken-store/bare', 'is a 503 that says so'],
  ['broken-store/as-nobody', 'takes nobody’s session away'],
] as const) {
  prove(
    ['finding.failed-get-is-no-new-visitor'],
    `a get that fails ${what}: cookie and row stay, and the next page goes on`,
    { holdsIn: 'broken-store', failsIn },
    async ({ request, demo, evidence }) => {
      const seen = await addThrice(request, 'get/fails')
      await evidence.json('seen', seen)
      await evidence.exchange('the request whose get failed', adds(demo).at(-1))
      expect(seen).toEqual({
        before: { status: 200, count: 1 },
        broken: { status: 503 },
        after: { status: 200, count: 1 },
      })
      expect(adds(demo).at(-1)?.setCookie).toEqual([])
      expect(await demo.rows()).toHaveLength(1)
    },
  )
}

prove(
  ['finding.save-before-saying-it-is-done'],
  'a set that fails is told: what looks done is done',
  { holdsIn: 'broken-store', failsIn: 'broken-store/answers-first' },
  async ({ request, demo, evidence }) => {
    const seen = await addThrice(request, 'set/fails')
    await evidence.json('seen', seen)
    await evidence.exchange('the request whose set failed', adds(demo).at(-1))
    expect(seen).toEqual({
      before: { status: 200, count: 1 },
      broken: { status: 503 },
      after: { status: 200, count: 1 },
    })
  },
)

test.describe('answers-first', () => {
  test.use({ app: 'broken-store/answers-first' })

  test('the redirect has left before the set fails: a success on the wire, and the row is as before', async ({
    request,
    demo,
  }) => {
    await addThrice(request, 'set/fails')
    expect(adds(demo).at(-1)).toMatchObject({ status: 302, location: '/' })
    expect(
      adds(demo)
        .at(-1)
        ?.calls.map(({ method, error }) => [method, error !== null]),
    ).toEqual([
      ['get', false],
      ['set', true],
    ])
  })
})

prove(
  ['finding.hanging-store-hangs-the-request'],
  'a store that hangs is waited for a second, in get and in set: then the answer is 503, and the next page comes',
  { holdsIn: 'broken-store', failsIn: 'broken-store/bare' },
  async ({ playwright, demo, evidence }) => {
    const ask = async (fault: string) => {
      const visitor = await playwright.request.newContext({ baseURL: demo.url })
      const seen = await addThrice(visitor, fault, 2_000)
      await visitor.dispose()
      return seen
    }
    const [get, set] = await Promise.all([ask('get/hangs'), ask('set/hangs')])
    await evidence.json('seen where get hangs, and where set does', [get, set])
    for (const seen of [get, set])
      expect(seen).toMatchObject({ broken: { status: 503 }, after: { status: 200, count: 1 } })
  },
)

/** The store of the app that is running. */
let store: BrokenStore
const watched = (what: string, createApp: CreateApp) =>
  inlineApp({
    scenario: 'broken-store',
    name: what,
    surroundings: documented.surroundings,
    createApp,
    createStore(rows) {
      store = new BrokenStore(rows)
      return store
    },
  })

for (const [fault, what] of [
  ['get/twice', 'a get that answers twice does not send the visitor behind the route, to a 404'],
  ['set/twice', 'a set that answers twice does not make the app answer twice'],
] as const) {
  prove(
    ['finding.second-callback-goes-on-behind-the-route'],
    what,
    { holdsIn: watched('patient', documented.createApp), failsIn: watched('bare', bare.createApp) },
    async ({ request, evidence }) => {
      const seen = await addThrice(request, fault)
      await evidence.json('seen', seen)
      await evidence.json('what the callbacks have thrown', store.thrown.map(String))
      expect(store.thrown).toEqual([])
      expect(seen).toMatchObject({ broken: { status: 200, count: 2 }, after: { count: 2 } })
    },
  )
}

test.describe('bare', () => {
  test.use({ app: watched('bare', bare.createApp) })

  test('what a second answer throws is ERR_HTTP_HEADERS_SENT, where nobody catches it', async ({
    request,
  }) => {
    const get = await addThrice(request, 'get/twice')
    const set = await addThrice(request, 'set/twice')
    expect([get.broken, set.broken]).toEqual([{ status: 404 }, { status: 200, count: 4 }])
    expect(store.thrown.map((error) => (error as { code?: string }).code)).toEqual(
      Array(2).fill('ERR_HTTP_HEADERS_SENT'),
    )
  })
})

test('a first set that fails: the cookie leaves with the 503, no row answers to it, and the next visit begins anew', async ({
  request,
  demo,
}) => {
  const response = await request.get('/break/set/fails')
  expect([response.status(), response.headers()['retry-after']]).toEqual([503, '5'])
  expect(setCookieOf(adds(demo)[0]?.setCookie ?? [], name)).toBeDefined()
  expect(await demo.rows()).toEqual([])
  expect(await see(request, '/add')).toEqual({ status: 200, count: 1 })
})
