import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright/test'
import type { Exchange } from '#inspector'
import { MapStore, type Rows } from '../../apps/store-contract/store/map-store.ts'
import * as touch from '../../apps/touch/app.ts'
import * as noTouch from '../../apps/touch/no-touch.ts'
import * as resaveTrue from '../../apps/touch/resave-true.ts'
import type { AppModule } from '../../lab/scenarios/scenarios.ts'
import { type Demo, expect, inlineApp } from '../support/fixtures.ts'
import { overflow, show, test, violations } from '../support/look.ts'
import { prove } from '../support/prove.ts'

const name = 'touch.sid'
const methods = (exchange: Exchange | undefined) => exchange?.calls.map(({ method }) => method)
const countIn = async (answer: { text(): Promise<string> }) =>
  Number(/aria-label="count">(\d+)</.exec(await answer.text())?.[1])

/** A row without its expiry: what the app has put into it. */
async function dataOf({ rows }: Demo) {
  const [row] = await rows()
  const { cookie, ...data } = JSON.parse(row?.data ?? '{}')
  return data
}
const expiryOf = async ({ rows }: Demo) => (await rows())[0]?.expires ?? 0

/** In this store time runs fast: a row of 10 seconds ends after 3. */
class FastStore extends MapStore {
  readonly #shorten = (sid: string, before: number | undefined) => {
    const row = this.rows.get(sid)
    if (row && row.expires !== before) row.expires = Date.now() + 0.3 * (row.expires - Date.now())
  }
  override set(...[sid, session, callback]: Parameters<MapStore['set']>) {
    super.set(sid, session)
    this.#shorten(sid, undefined)
    callback?.(null)
  }
  override touch(...[sid, session, callback]: Parameters<MapStore['touch']>) {
    const before = this.rows.get(sid)?.expires
    super.touch(sid, session)
    this.#shorten(sid, before)
    callback?.(null)
  }
}
const fast = (what: string, { createApp }: AppModule) =>
  inlineApp({
    scenario: 'touch',
    name: `${what}, rows of 3 seconds`,
    createApp,
    createStore: (rows: Rows) => new FastStore(rows),
  })

test.use({ app: 'touch' })

prove(
  ['store.touch.recommended'],
  'a request that changes nothing ends with touch: the expiry of the row moves later, and its data is what it was',
  { holdsIn: 'touch', failsIn: 'touch/no-touch' },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const [[before], data] = [await demo.rows(), await dataOf(demo)]
    await request.get('/')
    const [after] = await demo.rows()
    await evidence.row('row before and after a look', [before, after])
    await evidence.json('store calls', methods(demo.wire().at(-1)))
    expect(methods(demo.wire().at(-1))).toEqual(['get', 'touch'])
    expect(after?.expires ?? 0).toBeGreaterThan(before?.expires ?? 0)
    expect(await dataOf(demo)).toEqual(data)
  },
)

prove(
  ['store.touch.resets-idle-timer'],
  'looked at every 2 seconds, a session whose row ends after 3 goes on through touch alone',
  { holdsIn: fast('touch', touch), failsIn: fast('no touch', noTouch), tag: '@waits' },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const seen = []
    for (let look = 0; look < 2; look++) {
      await pause(2_000) // the expiry under test
      seen.push(await countIn(await request.get('/')))
    }
    await evidence.json('count after 2 s and after 4 s', seen)
    expect(seen).toEqual([1, 1])
    expect(demo.wire().slice(1).map(methods)).toEqual([
      ['get', 'touch'],
      ['get', 'touch'],
    ])
  },
)

prove(
  ['resave.ttl-store-without-touch-needs-true'],
  'without touch, resave: true lets the same session go on: every look writes the whole row',
  { holdsIn: fast('resave: true', resaveTrue), failsIn: fast('no touch', noTouch), tag: '@waits' },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const seen = []
    for (let look = 0; look < 2; look++) {
      await pause(2_000) // the expiry under test
      seen.push(await countIn(await request.get('/')))
    }
    await evidence.json('count after 2 s and after 4 s', seen)
    expect(seen).toEqual([1, 1])
    expect(demo.wire().slice(1).map(methods)).toEqual([
      ['get', 'set'],
      ['get', 'set'],
    ])
  },
)

prove(
  ['resave.true-can-overwrite-parallel-change'],
  'the price of resave: true: a slow look writes back what it has read before, and the 1 added meanwhile is gone',
  { holdsIn: 'touch/resave-true', failsIn: 'touch' },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    await Promise.all([request.get('/slow'), request.get('/add')])
    const count = await countIn(await request.get('/'))
    await evidence.exchange('all requests', demo.wire())
    await evidence.json('count, after 1 and 1', count)
    expect(count).toBe(1)
  },
)

test.describe('a store without touch', () => {
  test.use({ app: 'touch/no-touch' })

  test('extends the cookie with every look, and never the row that it points to', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/add')
    const before = await expiryOf(demo)
    for (let look = 0; look < 3; look++) await request.get('/')
    const looks = demo.wire().slice(1)
    await evidence.setCookie(
      'Set-Cookie of three looks',
      looks.flatMap(({ setCookie }) => setCookie),
    )
    for (const { setCookie } of looks) expect(setCookie).toEqual([expect.stringContaining(name)])
    expect(looks.map(methods)).toEqual([['get'], ['get'], ['get']])
    expect(await expiryOf(demo)).toBe(before)
  })
})

/** Logs out while a slow look is under way; tells what is there when that look has ended. */
async function logOutMeanwhile({ page, demo }: { page: Page; demo: Demo }) {
  await page.goto('/add')
  await page.goto('/slow-and-log-out') // loaded when both frames are
  await expect(page.frameLocator('iframe[src="/slow"]').getByText('saw 1')).toBeVisible()
  const slow = demo.wire().find(({ url }) => url === '/slow')
  const rows = await demo.rows()
  await page.goto('/')
  return {
    calls: methods(slow),
    rows: rows.length,
    count: Number(await page.getByLabel('count').textContent()),
  }
}

test('touch leaves alone what a logout has removed while the request was under way', async ({
  page,
  demo,
  evidence,
}) => {
  const seen = await logOutMeanwhile({ page, demo })
  await evidence.json('calls of the slow look, rows after it, count', seen)
  expect(seen).toEqual({ calls: ['get', 'touch'], rows: 0, count: 0 })
})

test.describe('a store whose touch is a set', () => {
  test.use({ app: 'touch/revives' })

  test('brings the row back: whoever has logged out is logged in again', async ({ page, demo, evidence }) => {
    const seen = await logOutMeanwhile({ page, demo })
    await evidence.json('calls of the slow look, rows after it, count', seen)
    expect(seen).toEqual({ calls: ['get', 'touch'], rows: 1, count: 1 })
  })
})

test('axe finds nothing on the page with two requests at once, and it fits into 320 px', async ({
  warmPage,
  request,
}) => {
  const answer = await request.get('/slow-and-add')
  await show(warmPage, await answer.text(), answer.url())
  expect(await violations(warmPage)).toEqual([])
  expect(await overflow(warmPage)).toBe(0)
})
