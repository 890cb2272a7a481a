import express, { type Request } from 'express'
import session from 'express-session'
import { alterSignature } from '../lab/inspector/model/cookie-value.ts'
import { verdictOf } from '../lab/inspector/model/verdict.ts'
import { expect, type InlineApp, test } from './fixtures.ts'

type Visit = Request & { session: { started?: boolean } }

const name = 'table.sid'

/** One app that can be brought into every state: the query chooses the cookie's options for that request. */
const app: InlineApp = {
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
}

test.use({ app })

/** How each pair is reached, in steps: a path to open, or something done outside of the app. */
type Step = string | number | 'clear jar' | 'clear store' | 'alter signature'
const ways: readonly (readonly [
  cookie: Parameters<typeof verdictOf>[0],
  row: Parameters<typeof verdictOf>[1],
  ...Step[],
])[] = [
  ['none', 'none', '/look'],
  ['none', 'present', '/start', '/look', 'clear jar'],
  ['none', 'expired', '/start', '/row-lasts?ms=700', 'clear jar', 800],
  ['until-close', 'none', '/start', '/destroy'],
  ['until-close', 'present', '/start'],
  ['until-close', 'expired', '/start', '/row-lasts?ms=700', 800],
  ['remaining', 'none', '/start?max=60000', '/destroy'],
  ['remaining', 'present', '/start?max=60000'],
  ['remaining', 'expired', '/start?max=60000', '/row-lasts?ms=700', 800],
  ['expired', 'none', '/start?max=1500', 'clear store', 1600],
  ['expired', 'present', '/start?max=1500', '/row-lasts?ms=60000', 1600],
  ['expired', 'expired', '/start?max=1500', 1600],
  ['refused', 'none', '/start?samesite=none', 'clear store'],
  ['refused', 'present', '/start?samesite=none'],
  ['refused', 'expired', '/start?samesite=none&max=700', 800],
  ['wrong', 'none', '/start', 'alter signature', 'clear store'],
  ['wrong', 'present', '/start', 'alter signature'],
  ['wrong', 'expired', '/start', '/row-lasts?ms=700', 'alter signature', 800],
  ['doubled', 'none', '/sub/start?path=/sub', '/start', '/sub/destroy'],
  ['doubled', 'present', '/sub/start?path=/sub', '/start', '/sub/look'],
  ['doubled', 'expired', '/sub/start?path=/sub', '/start', '/sub/row-lasts?ms=700', 800],
]

for (const storeUrl of ['sqlite:', 'memory:']) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })
    // where a row that is over goes on lying differs from store to store; the rest does not
    for (const [cookie, row, ...steps] of ways.filter(
      ([, row]) => storeUrl === 'sqlite:' || row === 'expired',
    )) {
      test(`cookie ${cookie}, row ${row}`, { tag: '@waits' }, async ({ page, context, demo }) => {
        for (const step of steps) {
          if (typeof step === 'number') await page.waitForTimeout(step)
          else if (step === 'clear jar') await context.clearCookies()
          else if (step === 'clear store') await demo.lab.sites[0]?.store.clear()
          else if (step === 'alter signature') {
            const [held] = await context.cookies()
            if (held) await context.addCookies([{ ...held, value: alterSignature(held.value) }])
          } else await page.goto(step)
        }
        await page.goto('/__lab/inspector/?lang=en')
        const verdict = page.locator('#inspector-verdict')
        await expect(verdict).toHaveAttribute('data-pair', `${cookie} × ${row}`)
        await expect(verdict).toHaveText(verdictOf(cookie, row).words.en)
        await expect(page.locator('#inspector-jar')).toHaveAttribute('data-state', cookie)
        await expect(page.locator('#inspector-row')).toHaveAttribute('data-state', row)
      })
    }
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
  expect(new Set(ways.map(([cookie, row]) => `${cookie} × ${row}`)).size).toBe(21)
})
