import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import session, { type SessionData, type Store } from 'express-session'
import type { APIRequestContext, Page, PlaywrightWorkerArgs } from 'playwright/test'
import { createDeviceIndex } from '../../apps/other-devices/devices/device-index.ts'
import { sessionsOf } from '../../apps/other-devices/devices/scan.ts'
import { createApp as noCheckApp } from '../../apps/other-devices/no-check.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import { type Demo, expect, inlineApp } from '../support/fixtures.ts'
import { overflow, show, test, violations } from '../support/look.ts'
import { press } from '../support/press.ts'
import { prove } from '../support/prove.ts'

const nobody = 'nobody is logged in'

const devicesOn = (page: Page) => page.getByRole('list', { name: 'devices' }).getByRole('listitem')

/** Another browser of the same visitor, or of somebody else. */
const device = ({ playwright, demo }: { playwright: PlaywrightWorkerArgs['playwright']; demo: Demo }) =>
  playwright.request.newContext({ baseURL: demo.url })
const loggedIn = async (request: APIRequestContext) =>
  !(await (await request.get('/')).text()).includes(nobody)
const usersIn = async ({ rows }: Demo) => (await rows()).map(({ data }) => JSON.parse(data).user).sort()

test.use({ app: 'other-devices' })

test('logging out my other devices ends them, keeps this one, and touches nobody else', async ({
  page,
  browser,
  demo,
  evidence,
}) => {
  const other = await (await browser.newContext({ baseURL: demo.url })).newPage()
  const hers = await (await browser.newContext({ baseURL: demo.url })).newPage()
  for (const [browserPage, user] of [
    [other, 'taro'],
    [hers, 'hanako'],
    [page, 'taro'],
  ] as const) {
    await browserPage.goto(demo.url)
    await press(browserPage, `log in as ${user}`)
  }
  await expect(devicesOn(page)).toHaveCount(2)
  await expect(devicesOn(page).filter({ hasText: 'this one' })).toHaveCount(1)
  await evidence.json('what the page tells of the devices', await devicesOn(page).allTextContents())
  const html = await page.content()
  for (const { sid } of await demo.rows()) expect(html).not.toContain(sid)

  await press(page, 'log out my other devices')
  await expect(devicesOn(page)).toHaveCount(1)
  await other.reload()
  await expect(other.getByText(nobody)).toBeVisible()
  await hers.reload()
  await expect(hers.getByText('hello, hanako')).toBeVisible()
  expect(await usersIn(demo)).toEqual(['hanako', 'taro'])
})

/** The other device is logged out while a request of it is under way, which writes at its end. */
async function logOutMeanwhile(mine: APIRequestContext, other: APIRequestContext, demo: Demo) {
  await other.post('/log-in/taro')
  await mine.post('/log-in/taro')
  const slow = other.get('/slow')
  await expect
    .poll(() => demo.wire().find(({ url }) => url === '/slow')?.calls[0]?.duration)
    .toEqual(expect.any(Number))
  await mine.post('/log-out-others')
  const between = await usersIn(demo)
  await slow
  return { between, after: await usersIn(demo), isLoggedIn: await loggedIn(other) }
}

for (const [app, isLoggedIn, title] of [
  [
    'other-devices',
    false,
    'a request under way writes the removed row back; the next one finds its sid out of the index, and logs out',
  ],
  [
    'other-devices/generation',
    false,
    'a request under way writes into the row of an old generation; the next one is refused',
  ],
  [
    'other-devices/no-check',
    true,
    'a request under way writes the removed row back, and where nobody looks into the index, it is logged in as before',
  ],
  [
    'other-devices/scan',
    true,
    'a request under way writes the removed row back: what reading all rows has found is logged in as before',
  ],
] as const) {
  test.describe(app, () => {
    test.use({ app })

    test(title, { tag: '@waits' }, async ({ request, playwright, demo, evidence }) => {
      const other = await device({ playwright, demo })
      const seen = await logOutMeanwhile(request, other, demo)
      await other.dispose()
      await evidence.json('users in the rows after logging out, and after the slow request', seen)
      expect(seen.after).toEqual(['taro', 'taro'])
      expect(seen.isLoggedIn).toBe(isLoggedIn)
      expect(await loggedIn(request)).toBe(true)
      if (app === 'other-devices') expect(await usersIn(demo)).toEqual(['taro'])
    })
  })
}

test('a new ID is in the index at once: the page lists it, and it can be logged out from elsewhere', async ({
  request,
  playwright,
  demo,
}) => {
  const other = await device({ playwright, demo })
  await other.post('/log-in/taro')
  const [before] = await demo.rows()
  await other.post('/renew')
  const [after] = await demo.rows()
  expect(after?.sid).not.toBe(before?.sid)
  expect(await loggedIn(other)).toBe(true)
  await request.post('/log-in/taro')
  await request.post('/log-out-others')
  expect(await loggedIn(other)).toBe(false)
  await other.dispose()
})

test.describe('an index that is forgotten when the ID changes', () => {
  test.use({ app: 'other-devices/forgets-renew' })

  test('logs out whoever asked for the new ID', async ({ request }) => {
    await request.post('/log-in/taro')
    expect(await loggedIn(request)).toBe(true)
    await request.post('/renew')
    expect(await loggedIn(request)).toBe(false)
  })
})

test('logging out here leaves the other devices alone', async ({ request, playwright, demo }) => {
  const other = await device({ playwright, demo })
  await other.post('/log-in/taro')
  await request.post('/log-in/taro')
  await request.post('/log-out')
  expect([await loggedIn(request), await loggedIn(other)]).toEqual([false, true])
  await other.dispose()
})

test('whoever is not logged in can log nobody out, and gets no row', async ({
  request,
  playwright,
  demo,
}) => {
  const other = await device({ playwright, demo })
  await other.post('/log-in/taro')
  for (const path of ['/log-out-others', '/renew', '/log-out']) {
    expect(await (await request.post(path)).text()).toContain(nobody)
    expect(await demo.rows()).toHaveLength(1)
  }
  expect(await loggedIn(other)).toBe(true)
  await other.dispose()
})

test('the name of a device comes from its headers and is shown as text', async ({ playwright, demo }) => {
  const headers = { 'user-agent': '<b>Chrome/1', host: '<i>.test' }
  const request = await playwright.request.newContext({ baseURL: demo.url, extraHTTPHeaders: headers })
  const html = await (await request.post('/log-in/<u>hanako')).text()
  expect(html).toContain('hello, &lt;u&gt;hanako!')
  expect(html).not.toMatch(/<[biu]>/)
  await request.dispose()
})

test('axe finds nothing on the page with the devices, and it fits into 320 px', async ({
  warmPage,
  request,
}) => {
  const answer = await request.post('/log-in/taro')
  await show(warmPage, await answer.text(), answer.url())
  await expect(devicesOn(warmPage)).toHaveCount(1)
  expect(await violations(warmPage)).toEqual([])
  expect(await overflow(warmPage)).toBe(0)
})

/* ── the index by itself ─────────────────────────────────────────────────────────────────────────── */

const sessionOf = (data: object, maxAge = 60_000) => {
  const cookie = new session.Cookie()
  cookie.maxAge = maxAge
  return { cookie, ...data } as unknown as SessionData
}
const put = (store: Store, sid: string, data: SessionData) =>
  new Promise<void>((resolve) => store.set(sid, data, () => resolve()))
const allOf = (store?: Store) =>
  new Promise((resolve) => store?.all?.((_error, sessions) => resolve(sessions)))
const sidsOf = async (list: Promise<[string, unknown][]>) => (await list).map(([sid]) => sid)

test('the index lists only what has a row of this user, and drops what has had none for some time', async () => {
  const store = new session.MemoryStore()
  const young = createDeviceIndex(store)
  const old = createDeviceIndex(store, 0)
  await put(store, 'there', sessionOf({ user: 'taro' }))
  await put(store, 'expired', sessionOf({ user: 'taro' }, 10))
  await put(store, 'of-hanako', sessionOf({ user: 'hanako' }))
  for (const index of [young, old])
    for (const sid of ['there', 'expired', 'of-hanako', 'never']) index.add('taro', sid, 'a device')
  await pause(20) // the expiry under test
  for (const index of [young, old]) expect(await sidsOf(index.list('taro'))).toEqual(['there'])
  const kept = (index: typeof old) =>
    ['there', 'expired', 'of-hanako', 'never'].filter((sid) => index.has('taro', sid))
  expect(kept(young)).toEqual(['there', 'expired', 'of-hanako', 'never']) // a row may still be on its way
  expect(kept(old)).toEqual(['there'])
})

test('a new ID that is made while the device is being logged out does not come into the index', async () => {
  const index = createDeviceIndex(new session.MemoryStore())
  for (const sid of ['mine', 'other']) index.add('taro', sid, 'a device')
  await index.keepOnly('taro', 'mine')
  expect(index.move('taro', 'other', 'renewed')).toBe(false)
  expect(['mine', 'other', 'renewed'].filter((sid) => index.has('taro', sid))).toEqual(['mine'])
})

test('when a row cannot be removed that is an error, and the device is out of the index all the same', async () => {
  const store = new session.MemoryStore()
  const index = createDeviceIndex(store)
  for (const sid of ['mine', 'other']) index.add('taro', sid, 'a device')
  store.destroy = (_sid, callback) => callback?.(new Error('the store is away'))
  await expect(index.keepOnly('taro', 'mine')).rejects.toThrow('the store is away')
  expect(index.has('taro', 'other')).toBe(false)
})

/* ── without an index ────────────────────────────────────────────────────────────────────────────── */

for (const storeUrl of ['sqlite:', 'memory:']) {
  test.describe(`reading all rows of ${storeUrl}`, () => {
    test.use({ app: 'other-devices/scan', storeUrl })

    test('finds the other devices, because the app has put the sid into the row', async ({
      request,
      playwright,
      demo,
    }) => {
      const other = await device({ playwright, demo })
      await other.post('/log-in/taro')
      await request.post('/log-in/hanako')
      await request.post('/log-in/taro')
      expect((await (await request.get('/')).text()).match(/<li>/g)).toHaveLength(2)
      await request.post('/log-out-others')
      expect([await loggedIn(request), await loggedIn(other)]).toEqual([true, false])
      await other.dispose()
    })
  })
}

prove(
  ['store.all.returns-array-via-callback'],
  'all of connect-sqlite3 gives an array without the sids: nothing in it tells which session to end',
  {
    holdsIn: 'other-devices/no-check',
    failsIn: inlineApp({
      scenario: 'other-devices',
      name: 'over a MemoryStore, which gives an object by sid',
      createApp: noCheckApp,
      createStore: () => new session.MemoryStore(),
    }),
    verdict: 'condition',
  },
  async ({ request, demo, evidence }) => {
    await request.post('/log-in/taro')
    const all = await allOf(demo.lab.sites[0]?.store.store)
    await evidence.json('all', all)
    expect(all).toEqual([{ user: 'taro', cookie: expect.anything() }])
  },
)

test('all of connect-sqlite3 gives expired sessions, too', async ({ evidence }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-devices-'))
  const { store, close } = openSqlite(join(folder, 'sessions.sqlite'))
  await put(store, 'expired', sessionOf({ user: 'taro' }, 10))
  await pause(20) // the expiry under test
  const all = await allOf(store)
  await evidence.json('all', all)
  expect(all).toHaveLength(1)
  expect(await sidsOf(sessionsOf(store, 'taro'))).toEqual([''])
  await close()
  await rm(folder, { recursive: true })
})

test('a store without all cannot be searched, and says so', async () => {
  const store: Store = Object.assign(new session.MemoryStore(), { all: undefined })
  await expect(sessionsOf(store, 'taro')).rejects.toThrow('no `all`')
})
