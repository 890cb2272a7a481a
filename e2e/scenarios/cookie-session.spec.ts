import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookieSession from 'cookie-session'
import express, { type Express, type RequestHandler } from 'express'
import session from 'express-session'
import type { BrowserContext, Page } from 'playwright/test'
import { createApp, createSecondApp } from '../../apps/cookie-session/app.ts'
import type { CreateApp } from '../../apps/create-app.ts'
import { root } from '../../common/places.ts'
import { type Demo, expect, type InlineApp, inlineApp, secret, test } from '../support/fixtures.ts'
import { press, textOf } from '../support/press.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const marker = 'marker-4242'
const idName = 'cookie-session.sid'
const dataName = 'cookie-session.data'
const scenario = 'cookie-session'

/** Each of the two where the other one should be: what is claimed of one of them is not so for the other. */
const swapped = inlineApp({
  scenario,
  name: 'the two swapped',
  createApp: createSecondApp,
  createSecondApp: createApp,
})

const fromBase64 = (text: string) => Buffer.from(text, 'base64').toString()

/** Everything that a cookie's value says, as it stands and decoded. */
const readings = (value: string) =>
  [value, decodeURIComponent(value), fromBase64(decodeURIComponent(value))].join('\n')

/** Keeps a note in one of the two apps, without a browser: the `Set-Cookie` lines of the answer. */
async function keep(demo: Demo, url: string, note: string): Promise<readonly string[]> {
  const body = new URLSearchParams({ note, times: '1' })
  await fetch(`${url}note`, { method: 'POST', body, redirect: 'manual' })
  return demo.exchanges().findLast(({ url }) => url === '/note')?.setCookie ?? []
}

/** Keeps a note by the form of the page. */
async function keepOnPage(page: Page, url: string, note: string, times = 1): Promise<void> {
  await page.goto(url)
  await press(page, 'Keep', { note, times: String(times) })
}

/** How many characters the app says it keeps. */
async function kept(page: Page, url: string): Promise<number> {
  await page.goto(url)
  return Number(/characters kept:\D*(\d+)/.exec(await textOf(page))?.[1])
}

test.use({ app: scenario })

prove(
  ['session.cookie-holds-only-id'],
  'after a note is kept, the browser holds one cookie with a signed id, and nothing of the note',
  { holdsIn: scenario, failsIn: swapped },
  async ({ page, demo, context, evidence }) => {
    await keepOnPage(page, demo.url, marker)
    const jar = await context.cookies()
    await evidence.cookie('jar', jar)
    expect(jar.map(({ name }) => name)).toEqual([idName])
    expect(jar[0]?.value).toMatch(/^s%3A[\w-]{32}\.[\w%]+$/)
    expect(readings(jar[0]?.value ?? '')).not.toContain(marker)
  },
)

prove(
  ['session.data-stays-on-server'],
  'the note is in the row that the cookie’s id names, and is read from there',
  { holdsIn: scenario, failsIn: swapped },
  async ({ demo, evidence }) => {
    const value = setCookieOf(await keep(demo, demo.url, marker), idName)?.value ?? ''
    const row = await demo.row(sidOf(value))
    await evidence.row('row', row ?? null)
    expect(JSON.parse(row?.data ?? '{}')).toMatchObject({ note: marker })
    const text = await (await fetch(demo.url, { headers: { cookie: `${idName}=${value}` } })).text()
    expect(text).toContain(marker)
    expect(demo.wire().at(-1)?.calls[0]).toMatchObject({ method: 'get', sid: sidOf(value) })
  },
)

prove(
  ['compare.cookie-session-keeps-whole-session-in-cookie'],
  'cookie-session’s cookie is the session as JSON in base64, with a second cookie that signs it; there is no row',
  { holdsIn: scenario, failsIn: swapped },
  async ({ demo, evidence }) => {
    const lines = await keep(demo, demo.secondUrl, marker)
    const value = setCookieOf(lines, dataName)?.value ?? ''
    const sig = setCookieOf(lines, `${dataName}.sig`)?.value
    const rows = await demo.lab.sites[1]?.store.rows(10)
    await evidence.setCookie('Set-Cookie', lines)
    await evidence.json('the value, decoded from base64', fromBase64(value))
    expect(fromBase64(value)).toBe(JSON.stringify({ note: marker }))
    // SHA-1, and over the name too: not what express-session signs with
    expect(sig).toBe(createHmac('sha1', secret).update(`${dataName}=${value}`).digest('base64url'))
    expect(rows).toEqual([])
  },
)

prove(
  ['compare.cookie-session-keeps-whole-session-in-cookie'],
  'a copy of cookie-session’s cookies still opens the note after logout; a copy of express-session’s does not',
  { holdsIn: scenario, failsIn: swapped },
  async ({ page, demo, context, evidence }) => {
    const seen: Record<string, boolean> = {}
    for (const [app, url] of [
      ['express-session', demo.url],
      ['cookie-session', demo.secondUrl],
    ] as const) {
      await keepOnPage(page, url, marker)
      const copy = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      await press(page, 'Logout')
      expect(await kept(page, url)).toBe(0)
      const replay = await (await fetch(url, { headers: { cookie: copy } })).text()
      seen[app] = replay.includes(marker)
    }
    await evidence.json('does the copy still open the note?', seen)
    expect(seen).toEqual({ 'express-session': false, 'cookie-session': true })
  },
)

prove(
  ['compare.cookie-session-data-visible-to-client'],
  'whoever has the browser reads the note in its jar, without any key; a script on the page does not (HttpOnly)',
  { holdsIn: scenario, failsIn: swapped },
  async ({ page, demo, context, evidence }) => {
    await keepOnPage(page, demo.secondUrl, marker)
    const held = (await context.cookies()).find(({ name }) => name === dataName)
    const script = await page.evaluate(() => document.cookie)
    await evidence.cookie('cookie', held)
    await evidence.json('its value decoded, and document.cookie', [fromBase64(held?.value ?? ''), script])
    expect(fromBase64(held?.value ?? '')).toContain(marker)
    expect(script).toBe('')
  },
)

for (const [app, isRefused] of [
  [scenario, true],
  [`${scenario}/unsigned`, false],
] as const) {
  test.describe(`a changed value in ${app}`, () => {
    test.use({ app })
    test(isRefused ? 'is refused' : 'is taken as it is', async ({ demo, evidence }) => {
      const lines = await keep(demo, demo.secondUrl, marker)
      const sig = setCookieOf(lines, `${dataName}.sig`)?.value ?? ''
      const changed = Buffer.from(JSON.stringify({ note: 'made up' })).toString('base64')
      const cookie = `${dataName}=${changed}; ${dataName}.sig=${sig}`
      const text = await (await fetch(demo.secondUrl, { headers: { cookie } })).text()
      await evidence.json('answer', text)
      expect(text.includes('made up')).toBe(!isRefused)
    })
  })
}

for (const app of [scenario, `${scenario}/unsigned`]) {
  test.describe(`a note that cannot be kept in ${app}`, () => {
    test.use({ app })
    test('is a 400 in words, and what was kept stays', async ({ request, demo }) => {
      for (const url of [demo.url, demo.secondUrl]) {
        await request.post(`${url}note`, { form: { note: marker, times: '' } })
        for (const [note, times] of [
          ['a', '-1'],
          ['a', '0.5'],
          ['a', 'many'],
          ['', '1e9'],
          ['a', '20001'],
          ['a'.repeat(50_000), '20000'],
        ] as const) {
          const answer = await request.post(`${url}note`, { form: { note, times }, maxRedirects: 0 })
          expect(answer.status(), times).toBe(400)
          expect(await answer.text()).toMatch(/[ぁ-ん].*1 to 20000/s)
        }
        expect(await (await request.get(url)).text()).toContain(marker)
      }
    })
  })
}

/** An app that keeps values of several kinds, and tells as JSON what it finds again. */
function kinds(middleware: (parts: Parameters<CreateApp>[0]) => RequestHandler): CreateApp {
  return (parts) => {
    const app = express()
    app.use(middleware(parts))
    app.get('/keep', (req, res) => {
      const { session } = req as { session: object }
      Object.assign(session, {
        text: 'a',
        nested: { list: [1, 2] },
        date: new Date(0),
        map: new Map([['a', 1]]),
        none: undefined,
        long: 'x'.repeat(Number(req.query['long'] ?? 0)),
      })
      res.send('kept')
    })
    app.get('/', (req, res) => {
      const { cookie: _, long, ...found } = (req as unknown as { session: Record<string, unknown> }).session
      res.json({ ...found, long: String(long ?? '').length })
    })
    return app
  }
}
const inStore = kinds(({ store }) =>
  session({ name: idName, secret, store, resave: false, saveUninitialized: false }),
)
const inCookie = kinds(() => cookieSession({ name: dataName, keys: [secret] }))

prove(
  ['compare.cookie-session-only-for-small-primitive-data'],
  'only the size tells the two apart: dates and maps come back as JSON makes them, in both',
  {
    holdsIn: inlineApp({
      scenario,
      name: 'values of several kinds',
      createApp: inStore,
      createSecondApp: inCookie,
    }),
    failsIn: inlineApp({
      scenario,
      name: 'values of several kinds, swapped',
      createApp: inCookie,
      createSecondApp: inStore,
    }),
    verdict: 'condition',
  },
  async ({ page, demo, evidence }) => {
    const find = async (url: string, long: number) => {
      await page.goto(`${url}keep?long=${long}`)
      await page.goto(url)
      return JSON.parse((await page.locator('body').textContent()) ?? '')
    }
    const asJson = { text: 'a', nested: { list: [1, 2] }, date: '1970-01-01T00:00:00.000Z', map: {} }
    const seen = []
    for (const long of [100, 5000])
      seen.push({ inStore: await find(demo.url, long), inCookie: await find(demo.secondUrl, long) })
    await evidence.json('what is found again: 100 characters more, then 5000', seen)
    expect(seen[0]).toEqual({ inStore: { ...asJson, long: 100 }, inCookie: { ...asJson, long: 100 } })
    expect(seen[1]).toEqual({ inStore: { ...asJson, long: 5000 }, inCookie: { long: 0 } })
  },
)

/** Sets cookies of an exact size; `counted` tells how much of it the name is thought to take. */
function sizes(name: string, counted: (cookie: string) => number): InlineApp {
  return inlineApp({
    scenario,
    name,
    createApp: () => {
      const app: Express = express()
      app.get('/set/:bytes', (req, res) => {
        const path = `/${'p'.repeat(Number(req.query['path'] ?? 0))}`
        for (const cookie of String(req.query['names']).split(','))
          res.append(
            'Set-Cookie',
            `${cookie}=${'x'.repeat(Number(req.params.bytes) - counted(cookie))}; Path=${path}`,
          )
        res.send('set')
      })
      app.get('/{*path}', (req, res) => void res.send(`Cookie: ${req.headers.cookie?.length ?? 0} bytes`))
      return app
    },
    createSecondApp,
  })
}
const byNameAndValue = sizes('name and value counted', (name) => name.length)
const byValueOnly = sizes('only the value counted', () => 0)

const heldSizes = async (context: BrowserContext) =>
  Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, name.length + value.length]))

prove(
  ['compare.cookie-size-4096-supported'],
  'name and value of 4096 bytes are kept and sent, of 4097 dropped; attributes do not count',
  { holdsIn: byNameAndValue, failsIn: byValueOnly },
  async ({ page, context, evidence }) => {
    await page.goto('/set/4096?names=fits')
    await page.goto('/set/4097?names=toobig')
    await page.goto('/set/4096?names=long-path&path=1000')
    const held = await heldSizes(context)
    await evidence.json('bytes of name and value in the jar', held)
    expect(held).toEqual({ fits: 4096, 'long-path': 4096 })
    await page.goto('/')
    const sent = await page.locator('body').textContent()
    await evidence.json('what the server got', sent)
    expect(sent).toBe('Cookie: 4097 bytes') // with the = between the two
  },
)

test.describe('why a cookie was dropped', () => {
  test.use({ app: byNameAndValue })
  test('the browser itself says so: NameValuePairExceedsMaxSize', async ({ page, context, evidence }) => {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    const reasons: string[] = []
    devtools.on('Network.responseReceivedExtraInfo', ({ blockedCookies }) => {
      reasons.push(...blockedCookies.flatMap(({ blockedReasons }) => blockedReasons))
    })
    await page.goto('/set/4097?names=toobig')
    await expect.poll(() => reasons).toEqual(['NameValuePairExceedsMaxSize'])
    await evidence.json('reasons', reasons)
  })
})

prove(
  ['compare.cookie-size-keep-under-4093-per-domain'],
  'three cookies of 4096 bytes are kept for one host, and sent; what ends is the server: four of them are 431',
  { holdsIn: byNameAndValue, failsIn: byValueOnly, verdict: 'does-not-hold' },
  async ({ page, context, evidence }) => {
    await page.goto('/set/4096?names=a,b,c')
    const held = await heldSizes(context)
    const answer = await page.goto('/')
    const sent = await page.locator('body').textContent()
    await evidence.json('jar, status, and what the server got', { held, status: answer?.status(), sent })
    expect(held).toEqual({ a: 4096, b: 4096, c: 4096 })
    expect(answer?.status()).toBe(200)
    expect(sent).toBe('Cookie: 12295 bytes')
    await page.goto('/set/4096?names=d')
    const refused = await page.goto('/')
    await evidence.json('with four', { held: await heldSizes(context), status: refused?.status() })
    expect(refused?.status()).toBe(431) // Node reads 16 KiB of headers, all of them together
  },
)

prove(
  ['compare.express-session-better-for-large-or-secret-data'],
  'a note of 10 000 characters is kept by express-session and shows in no cookie; cookie-session loses even the note before',
  { holdsIn: scenario, failsIn: swapped },
  async ({ page, demo, context, evidence }) => {
    const seen: Record<string, number> = {}
    for (const [app, url] of [
      ['express-session', demo.url],
      ['cookie-session', demo.secondUrl],
    ] as const) {
      await keepOnPage(page, url, marker)
      seen[`${app}, short`] = await kept(page, url)
      await keepOnPage(page, url, '0123456789', 1000)
      seen[`${app}, long`] = await kept(page, url)
    }
    const jar = await context.cookies()
    const id = jar.find(({ name }) => name === idName)
    await evidence.json('characters found again', seen)
    await evidence.cookie(
      'the cookies of cookie-session afterwards',
      jar.filter(({ name }) => name.startsWith(dataName)),
    )
    expect(seen).toEqual({
      'express-session, short': marker.length,
      'express-session, long': 10_000,
      'cookie-session, short': marker.length,
      'cookie-session, long': 0,
    })
    expect(id?.value.length).toBeLessThan(100)
  },
)

for (const [characters, isKept] of [
  [3046, true],
  [3047, false],
] as const) {
  test(`cookie-session ${isKept ? 'keeps' : 'loses'} a note of ${characters} letters`, async ({
    page,
    demo,
  }) => {
    await keepOnPage(page, demo.secondUrl, 'x', characters)
    expect(await kept(page, demo.secondUrl)).toBe(isKept ? characters : 0)
  })
}

const express3: CreateApp = ({ store }) => {
  const app = express()
  const builtIn = express as unknown as Record<string, ((options: object) => RequestHandler) | undefined>
  const options = { name: idName, secret, store, resave: false, saveUninitialized: false }
  for (const middleware of [builtIn['session'], builtIn['cookieSession']])
    if (middleware) app.use(middleware(options))
  app.post('/note', (req, res) => {
    const { session } = req as { session?: { note?: string } }
    if (session) session.note = marker
    res.send('done')
  })
  return app
}

prove(
  ['compare.replaces-express3-builtins'],
  'the installed express has neither session nor cookieSession, and depends on neither package; with the packages both work',
  {
    holdsIn: scenario,
    failsIn: inlineApp({
      scenario,
      name: 'as with Express 3',
      createApp: express3,
      createSecondApp: express3,
    }),
  },
  async ({ demo, evidence }) => {
    const manifest = (name: string): { version: string; dependencies?: Record<string, string> } =>
      JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
    const { version, dependencies = {} } = manifest('express')
    const needed = Object.keys(dependencies).filter((name) => name.includes('session'))
    const builtIn = ['session', 'cookieSession', 'static'].filter((name) => name in express)
    await evidence.json('express', { version, builtIn, needed })
    expect(builtIn).toEqual(['static'])
    expect(needed).toEqual([])
    const lines = [await keep(demo, demo.url, marker), await keep(demo, demo.secondUrl, marker)]
    const packages = ['express-session', 'cookie-session'].map((name) => `${name} ${manifest(name).version}`)
    await evidence.json('with the packages', packages)
    await evidence.setCookie('Set-Cookie with them', lines.flat())
    expect(setCookieOf(lines[0] ?? [], idName)).toBeDefined()
    expect(setCookieOf(lines[1] ?? [], dataName)).toBeDefined()
  },
)
