import type { APIRequestContext } from 'playwright/test'
import * as rowFirst from '../../apps/two-clocks/app.ts'
import * as cookieFirst from '../../apps/two-clocks/cookie-first.ts'
import * as endsForGood from '../../apps/two-clocks/ends-for-good.ts'
import * as staleSave from '../../apps/two-clocks/stale-save.ts'
import { type Rows, ShortStore } from '../../apps/two-clocks/store/short-store.ts'
import * as touchBeforeSave from '../../apps/two-clocks/touch-before-save.ts'
import * as touchSkips from '../../apps/two-clocks/touch-skips.ts'
import type { AppModule } from '../../lab/scenarios/scenarios.ts'
import { type Demo, expect, type InlineApp, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const name = 'two-clocks.sid'
const nobody = 'nobody is logged in'

/** The rows of the test that is running. */
let rows: Rows

/** A variant over rows that the test can let grow older. */
const aging = (what: string, { createApp }: AppModule) =>
  inlineApp({
    scenario: 'two-clocks',
    name: what,
    createApp,
    createStore(given) {
      rows = given
      return new ShortStore(rows)
    },
  })
const [app, first, forGood, skips, stale, touched] = [
  aging('no maxAge', rowFirst),
  aging('cookie-first', cookieFirst),
  aging('ends-for-good', endsForGood),
  aging('touch-skips', touchSkips),
  aging('stale-save', staleSave),
  aging('touch-before-save', touchBeforeSave),
]

/** As if every row had been written so many ms earlier. */
function age(ms: number) {
  for (const row of rows.values()) {
    row.expires -= ms
    const { cookie, until, ...data } = JSON.parse(row.data)
    if (cookie.expires) cookie.expires = new Date(Date.parse(cookie.expires) - ms)
    row.data = JSON.stringify({ cookie, ...data, ...(until && { until: until - ms }) })
  }
}

const greeting = async (request: APIRequestContext, headers = {}) =>
  (await request.get('/greeting', { headers })).text()
const lastSetCookie = ({ wire }: Demo) => setCookieOf(wire().at(-1)?.setCookie ?? [], name)

test.describe('without maxAge', () => {
  test.use({ app })

  test('the row ends first: the cookie is still sent and finds nothing, and no new one is given for looking', async ({
    page,
    demo,
    cookie,
    sid,
    evidence,
  }) => {
    await page.goto('/log-in')
    const before = await sid(name)
    age(11_000)
    await page.goto('/')
    await expect(page.getByText(nobody)).toBeVisible()
    const look = demo.wire().at(-1)
    await evidence.exchange('what the look sent, called and set', look)
    expect(look?.cookie).toContain(name)
    expect(look?.setCookie).toEqual([])
    expect(await sid(name)).toBe(before)
    expect((await cookie(name))?.expires).toBe(-1) // until the browser is closed

    await page.goto('/log-in')
    await evidence.json('sid before and after logging in again', [before, await sid(name)])
    expect(await sid(name)).not.toBe(before)
  })
})

prove(
  ['store.touch.resets-idle-timer'],
  'a session without expiry goes on while it is used: touch gives its row the idle time anew',
  { holdsIn: app, failsIn: skips },
  async ({ request, demo, evidence }) => {
    await request.get('/log-in')
    const seen = []
    for (let look = 0; look < 3; look++) {
      age(6_000)
      seen.push(await greeting(request))
    }
    await evidence.json('looks after 6, 12 and 18 s', seen)
    await evidence.json(
      'store calls',
      demo.wire().map(({ calls }) => calls.map(({ method }) => method)),
    )
    expect(seen).toEqual(Array(3).fill('hello, taro'))
  },
)

prove(
  ['session.touch.updates-maxAge'],
  'req.session.touch() before save() gives a session in use its full maxAge: where the touch of the store extends the row only, it goes on past its first expiry',
  { holdsIn: touched, failsIn: stale },
  async ({ request, demo, evidence }) => {
    await request.get('/log-in')
    const seen = []
    for (let look = 0; look < 2; look++) {
      age(6_000)
      seen.push(await greeting(request))
    }
    await request.get('/save')
    seen.push(await greeting(request))
    await evidence.json('looks after 6 and 12 s, and after a save', seen)
    await evidence.calls(
      'store calls',
      demo.wire().flatMap(({ calls }) => calls),
    )
    for (const text of seen) expect(text).toContain('hello, taro')
    expect(seen[1]).toMatch(/expires in -\d+ s/) // what get hands out is past its end
    expect(seen[2]).not.toContain('-')
  },
)

test.describe('with a touch that extends the row only', () => {
  test.use({ app: stale })

  test('to look goes on for ever; the first save after the first expiry ends the row, and the cookie stays', async ({
    page,
    demo,
    sid,
    evidence,
  }) => {
    await page.goto('/log-in')
    const given = (await sid(name)) ?? ''
    for (const left of [/in \d+ s/, /in -\d+ s/, /in -\d+ s/]) {
      age(6_000)
      await page.getByRole('link', { name: 'look', exact: true }).click()
      await expect(page.getByText(nobody)).toBeHidden()
      await expect(page.getByText(left)).toBeVisible()
    }
    const before = await demo.row(given)
    await page.getByRole('link', { name: 'save' }).click()
    await expect(page.getByText(nobody)).toBeVisible()
    const after = await demo.row(given)
    await evidence.row('the row 18 s after logging in, before and after the save', [before, after])
    expect(before?.expires).toBeGreaterThan(Date.now())
    expect(after?.expires).toBe(Date.parse(JSON.parse(before?.data ?? '').cookie.expires))
    expect(after?.expires).toBeLessThan(Date.now())
    expect(await sid(name)).toBe(given)
  })
})

test.describe('in real time', () => {
  const life = 2_000
  test.use({
    app: {
      ...app,
      name: 'no maxAge, rows of 2 seconds',
      createStore(given: Rows) {
        const store = new ShortStore(given)
        const { set } = ShortStore.prototype
        store.set = (sid, session, callback) =>
          set.call(store, sid, session, () => {
            const row = given.get(sid)
            if (row) row.expires = Date.now() + life
            callback?.(null)
          })
        return store
      },
    } satisfies InlineApp,
  })

  test('the row has ended and still lies there, and the cookie that points to it is in the jar', {
    tag: '@waits',
  }, async ({ page, demo, sid }) => {
    await page.goto('/log-in')
    const given = (await sid(name)) ?? ''
    await page.waitForTimeout(life + 200) // the expiry under test
    await page.goto('/')
    await expect(page.getByText(nobody)).toBeVisible()
    expect(await sid(name)).toBe(given)
    expect((await demo.row(given))?.expires).toBeLessThan(Date.now())
  })
})

/** Logs in, looks once more 6 s later, and loses the cookie 10 s after it was given; gives its value. */
async function outliveTheCookie(request: APIRequestContext, demo: Demo) {
  await request.get('/log-in')
  const given = lastSetCookie(demo)
  age(6_000)
  expect(await greeting(request)).toBe('hello, taro')
  age(5_000)
  return { given, kept: { cookie: `${name}=${given?.value}` } }
}

for (const [variant, seen, title] of [
  [
    first,
    'hello, taro',
    'the end of the cookie is no logout: with a copy of it the session goes on, without end',
  ],
  [forGood, nobody, 'an end that is noted in the row is the end for whoever has a copy, too'],
] as const) {
  test.describe(variant.name, () => {
    test.use({ app: variant })

    test(title, async ({ request, playwright, demo, evidence }) => {
      const { given, kept } = await outliveTheCookie(request, demo)
      const elsewhere = await playwright.request.newContext({ baseURL: demo.url })
      const answers = []
      for (let look = 0; look < 3; look++) {
        answers.push(await greeting(elsewhere, kept))
        age(6_000)
      }
      await elsewhere.dispose()
      await evidence.json('what the copy gets, 11, 17 and 23 s after logging in', answers)
      expect(answers).toEqual([seen, seen, seen])
      expect(rows.has(sidOf(given?.value ?? ''))).toBe(seen !== nobody)
    })
  })
}

test.describe('with rolling: false', () => {
  test.use({ app: first })

  test('a look extends the row and not the cookie: from then on the row is the later one', async ({
    page,
    demo,
    cookie,
    sid,
    evidence,
  }) => {
    await page.goto('/log-in')
    const held = await cookie(name)
    const inJar = held?.expires
    age(3_000)
    await page.goto('/')
    const row = await demo.row((await sid(name)) ?? '')
    await evidence.cookie('cookie in the jar', held)
    await evidence.row('row', row)
    expect(demo.wire().at(-1)?.setCookie).toEqual([])
    expect((await cookie(name))?.expires).toBe(inJar)
    expect(row?.expires).toBeGreaterThan((inJar ?? 0) * 1000)
  })

  test('the page can look with the copy when the browser has lost the cookie', async ({ page, context }) => {
    await page.goto('/log-in')
    await page.goto('/')
    await context.clearCookies()
    await page.goto('/')
    await expect(page.getByText(nobody)).toBeVisible()
    await page.getByRole('link', { name: 'look with a copy of the cookie' }).click()
    await expect(page.getByText('hello, taro')).toBeVisible()
    expect(await context.cookies()).toEqual([])
  })
})

test.use({ app: 'two-clocks' })

test('a copy is kept of the session cookie only, whatever other cookies the host has', async ({
  page,
  context,
  demo,
}) => {
  await page.goto('/log-in')
  await page.goto('/')
  await context.clearCookies()
  await context.addCookies([{ name: 'theme', value: 'dark', url: demo.url }])
  await page.goto('/')
  await page.goto('/copy')
  await expect(page.getByText('hello, taro')).toBeVisible()
})
