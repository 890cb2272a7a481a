import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request } from 'express'
import session from 'express-session'
import type { BrowserContext } from 'playwright/test'
import { alterSignature } from '../../packages/inspector/src/model/cookie-value.ts'
import type { CookieState, RowState } from '../../packages/inspector/src/model/states.ts'
import { verdictOf } from '../../packages/inspector/src/words/outlook.ts'
import { type Demo, expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { signed } from '../support/wire.ts'

type Visit = Request & { session: { started?: boolean } }

const name = 'table.sid'

/** One app that can be brought into every state: the query chooses the cookie's options for that request. */
const app = inlineApp({
  scenario: 'counter',
  name: 'every state of cookie and row',
  createApp({ store, secret }) {
    const app = express()
    app.get('/style.css', (_req, res) => void res.status(404).end())
    app.get('/favicon.ico', (_req, res) => void res.status(404).end())
    app.use(
      session({
        name,
        secret,
        store,
        resave: false,
        saveUninitialized: false,
        cookie: (req) => {
          const { max, path, samesite } = (req as Request).query
          return {
            path: String(path ?? '/'),
            ...(max !== undefined && { maxAge: Number(max) }),
            ...(samesite === 'none' && { sameSite: 'none' as const }), // without Secure: browsers refuse it
          }
        },
      }),
    )
    const routes = express.Router()
    routes.get('/start', (req: Visit, res) => {
      req.session.started = true
      res.send('started')
    })
    routes.get('/unsaved', (req: Visit, res) => {
      req.session.started = true
      Object.assign(req.session, { save: (done: () => void) => done() }) // a cookie, and no row
      res.send('not saved')
    })
    routes.get('/look', (_req, res) => void res.send('looked'))
    routes.get('/row-lasts', (req, res) => {
      req.session.cookie.maxAge = Number(req.query['ms']) // touches the row; no Set-Cookie, nothing was modified
      res.send('changed')
    })
    routes.get('/destroy', (req, res, next) => {
      req.session.destroy((error) => (error ? next(error) : res.send('destroyed')))
    })
    app.use('/sub', routes)
    app.use(routes)
    return app
  },
})

test.use({ app })

/** How each pair is reached, in steps: a path to open, or something done outside of the app. */
type Step = string | number | 'clear jar' | 'clear store' | 'clear record' | 'alter signature' | 'forge'
const lasting = '/start?max=60000'
const ways: readonly (readonly [cookie: CookieState, row: RowState, ...Step[]])[] = [
  ['none', 'none', '/look'],
  ['none', 'present', '/start', '/look', 'clear jar'],
  ['none', 'gone', '/start', '/destroy', 'clear jar'],
  ['none', 'expired', '/start', '/row-lasts?ms=700', 'clear jar', 800],
  ['until-close', 'none', '/unsaved'],
  ['until-close', 'present', '/start'],
  ['until-close', 'gone', '/start', '/destroy'],
  ['until-close', 'expired', '/start', '/row-lasts?ms=700', 800],
  ['remaining', 'none', '/unsaved?max=60000'],
  ['remaining', 'present', lasting],
  ['remaining', 'gone', lasting, '/destroy'],
  ['remaining', 'expired', lasting, '/row-lasts?ms=700', 800],
  ['held', 'none', 'forge', '/look'],
  ['held', 'present', lasting, 'clear record', '/row-lasts?ms=60000'],
  ['held', 'gone', lasting, 'clear record', '/destroy'],
  ['held', 'expired', lasting, 'clear record', '/row-lasts?ms=700', 800],
  ['expired', 'none', '/unsaved?max=1500', 1600],
  ['expired', 'present', '/start?max=1500', '/row-lasts?ms=60000', 1600],
  ['expired', 'gone', '/start?max=1500', 'clear store', 1600],
  ['expired', 'expired', '/start?max=1500', 1600],
  ['refused', 'none', '/unsaved?samesite=none'],
  ['refused', 'present', '/start?samesite=none'],
  ['refused', 'gone', '/start?samesite=none', 'clear store'],
  ['refused', 'expired', '/start?samesite=none&max=700', 800],
  ['wrong', 'none', '/unsaved', 'alter signature'],
  ['wrong', 'present', '/start', 'alter signature'],
  ['wrong', 'gone', '/start', 'alter signature', 'clear store'],
  ['wrong', 'expired', '/start', '/row-lasts?ms=700', 'alter signature', 800],
  ['doubled', 'none', '/sub/unsaved?path=/sub', '/start', '/sub/style.css'],
  ['doubled', 'present', '/sub/start?path=/sub', '/start', '/sub/look'],
  ['doubled', 'gone', '/sub/start?path=/sub', '/start', '/sub/destroy'],
  ['doubled', 'expired', '/sub/start?path=/sub', '/start', '/sub/row-lasts?ms=700', 800],
]

type Open = (path: string) => Promise<unknown>

/** Goes through the steps; `open` is how this visitor gets a path. */
async function walk(steps: readonly Step[], open: Open, context: BrowserContext, demo: Demo) {
  const origin = new URL(demo.url).origin
  for (const step of steps) {
    if (typeof step === 'number') await pause(step)
    else if (step === 'clear jar') await context.clearCookies()
    else if (step === 'clear store') await demo.lab.sites[0]?.store.clear()
    else if (step === 'clear record')
      await context.request.post('/__lab/inspector/clear', { headers: { origin } })
    else if (step === 'forge')
      await context.addCookies([{ name, value: signed('a-sid', secret), url: origin }])
    else if (step === 'alter signature') {
      const [held] = await context.cookies()
      if (held) await context.addCookies([{ ...held, value: alterSignature(held.value) }])
    } else await open(step)
  }
}

const panel = '/__lab/inspector/?lang=en'
const inHtml = (html: string, id: string, name: string) =>
  new RegExp(`<[^>]* id="${id}"[^>]* ${name}="([^"]*)"`).exec(html)?.[1]

for (const storeUrl of ['sqlite:', 'memory:']) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })
    // where a row that is over goes on lying differs from store to store; the rest does not
    for (const [cookie, row, ...steps] of ways.filter(
      ([, row]) => storeUrl === 'sqlite:' || row === 'expired',
    )) {
      test(`cookie ${cookie}, row ${row}`, { tag: '@waits' }, async ({ context, demo }) => {
        // the jar is Chromium's, and no page is opened
        await walk(steps, (path) => context.request.get(path), context, demo)
        let html = ''
        const pair = async () => {
          html = await (await context.request.get(panel)).text()
          return inHtml(html, 'inspector-verdict', 'data-pair')
        }
        await expect.poll(pair).toBe(`${cookie} × ${row}`)
        expect(html).toContain(verdictOf(cookie, row).en)
        expect(inHtml(html, 'inspector-jar', 'data-state')).toBe(cookie)
        expect(inHtml(html, 'inspector-row', 'data-state')).toBe(row)
      })
    }
  })
}

for (const [cookie, row, ...steps] of ways.filter(([, row]) => row === 'present')) {
  test(`cookie ${cookie}, in pages of Chromium`, { tag: '@waits' }, async ({ page, context, demo }) => {
    await walk(steps, (path) => page.goto(path), context, demo)
    await page.goto(panel)
    const verdict = page.locator('#inspector-verdict')
    await expect(verdict).toHaveAttribute('data-pair', `${cookie} × ${row}`)
    await expect(verdict).toHaveText(verdictOf(cookie, row).en)
    await expect(page.locator('#inspector-jar')).toHaveAttribute('data-state', cookie)
    await expect(page.locator('#inspector-row')).toHaveAttribute('data-state', row)
  })
}

test('an icon that is fetched late does not decide which cookies are looked at', async ({
  page,
  context,
}) => {
  for (const path of ['/sub/start?path=/sub', '/start', '/sub/look']) await page.goto(path)
  await page.evaluate(() => fetch('/favicon.ico'))
  expect(await context.cookies()).toHaveLength(2)
  await page.goto('/__lab/inspector/?lang=en')
  await expect(page.locator('#inspector-jar')).toHaveAttribute('data-state', 'doubled')
})

test('every pair is reached: there is no combination without its way', () => {
  expect(new Set(ways.map(([cookie, row]) => `${cookie} × ${row}`)).size).toBe(32)
})
