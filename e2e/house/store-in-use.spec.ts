import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { listen } from '../../lab/http/listen.ts'
import { openStore } from '../../stores/open.ts'
import { openPostgres } from '../../stores/postgres.ts'
import { openRedis } from '../../stores/redis.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { setCookieOf } from '../support/wire.ts'

const name = 'in-use.sid'
const life = 3_000 // ms without a tap

type Visit = Request & { session: { count?: number } }

/** The counter with less time, and what an app of one's own can do about a store whose touch extends the row only. */
const counter =
  ({ touchesFirst = false } = {}): CreateApp =>
  ({ store, secret }) => {
    const app = express()
    app.use(
      session({ name, secret, store, resave: false, saveUninitialized: false, cookie: { maxAge: life } }),
    )
    app.get('/', (req: Visit, res) => void res.send(String(req.session.count ?? 0)))
    app.get('/tap', (req: Visit, res, next) => {
      req.session.count = (req.session.count ?? 0) + 1
      if (touchesFirst) req.session.touch()
      req.session.save((err) => (err ? next(err) : res.redirect('/')))
    })
    return app
  }

/** One visitor taps 7 times in 5.6 s; gives what the page has shown after each tap. */
async function tap(url: string): Promise<number[]> {
  const counts = []
  let cookie = ''
  for (let taps = 0; taps < 7; taps++) {
    const tapped = await fetch(`${url}tap`, { headers: { cookie }, redirect: 'manual' })
    const set = setCookieOf(tapped.headers.getSetCookie(), name)
    if (set) cookie = `${name}=${set.value}`
    await tapped.text() // express-session's own touch comes after the save, and before the end of the response
    counts.push(Number(await (await fetch(url, { headers: { cookie } })).text()))
    await pause(800) // a part of the expiry under test
  }
  return counts
}
const all = [1, 2, 3, 4, 5, 6, 7]

for (const storeUrl of ['memory:', 'sqlite:', 'redis:', 'postgres:'] as const) {
  test.describe(storeUrl, () => {
    test.use({
      storeUrl,
      app: inlineApp({
        scenario: 'counter',
        name: 'a counter of 3 seconds',
        createApp: counter(),
      }),
    })

    test('a counter that saves and then redirects counts on as long as it is tapped', {
      tag: '@waits',
    }, async ({ demo, evidence }) => {
      const counts = await tap(demo.url)
      await evidence.json('count after each tap, one every 0.8 s', counts)
      expect(counts).toEqual(all)
    })
  })
}

for (const storeUrl of ['redis:', 'postgres:'] as const) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })

    test('touch writes the new cookie into the row, and every other value comes back as it was', async ({
      server,
      evidence,
    }) => {
      const { store, peek, close } = await openStore(server?.url ?? '', '', 'touched')
      const cookieOf = (maxAge: number | null) => {
        const cookie = new session.Cookie()
        cookie.maxAge = maxAge as number
        return cookie
      }
      const data = {
        list: [],
        empty: {},
        nul: 'a\0b',
        half: '\ud83d',
        long: 9_007_199_254_740_991,
        7: 'first',
      }
      const call = (method: 'set' | 'touch', cookie: session.Cookie, more = {}) =>
        new Promise<unknown>((resolve) => store[method]?.('sid', { cookie, ...more } as never, resolve))
      expect(await call('set', cookieOf(10_000), data)).toBeNull()
      const before = await peek('sid')
      for (const maxAge of [60_000, null]) {
        const cookie = cookieOf(maxAge)
        expect(await call('touch', cookie, { list: ['old'] })).toBeNull()
        const row = await peek('sid')
        await evidence.row(`the row after a touch with maxAge ${maxAge}`, row)
        expect(JSON.parse(row?.data ?? '')).toEqual({ ...data, cookie: JSON.parse(JSON.stringify(cookie)) })
        expect(row?.expires).toBeGreaterThan((before?.expires ?? 0) + 40_000)
      }
      await close()
    })
  })
}

for (const [library, storeUrl, open, losesTap] of [
  [
    'connect-sqlite3',
    'sqlite:',
    (_url: string, folder: string) => openSqlite(join(folder, 'a.sqlite')),
    true,
  ],
  ['connect-redis', 'redis:', (url: string) => openRedis(url, 'as-it-comes'), true],
  ['connect-pg-simple', 'postgres:', (url: string) => openPostgres(url, 'as-it-comes'), false],
] as const) {
  test.describe(`${library} as it comes, without the touch of the lab`, () => {
    test.use({ storeUrl })

    const title = losesTap
      ? 'loses the tap after the first expiry, unless the app calls req.session.touch() before save()'
      : 'keeps every tap, as its touch brings back a row that has just been written with an expiry in the past'
    test(title, { tag: '@waits' }, async ({ server, evidence }, testInfo) => {
      const { store, close } = await open(server?.url ?? '', testInfo.outputPath())
      delete store.touch
      expect(typeof store.touch).toBe('function') // its own
      const counts = async (createApp: CreateApp) => {
        const listening = await listen(createApp({ store, secret, otherUrl: () => '' }), 0)
        const seen = await tap(`http://localhost:${listening?.port}/`)
        await listening?.close()
        return seen
      }
      const [alone, touched] = await Promise.all([counts(counter()), counts(counter({ touchesFirst: true }))])
      await close()
      await evidence.json('count after each tap', { 'save()': alone, 'touch() and save()': touched })
      if (losesTap) expect(alone).toContain(0)
      else expect(alone).toEqual(all)
      expect(touched).toEqual(all)
    })
  })
}
