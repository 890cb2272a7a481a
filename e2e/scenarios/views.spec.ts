import express from 'express'
import session from 'express-session'
import type { Page } from 'playwright/test'
import type { CreateApp } from '../../apps/create-app.ts'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const name = 'views.sid'
const viewed = (times: number) => `you viewed this page ${times} times`
const said = (page: Page) => page.getByText('you viewed').innerText()

prove(
  [
    'example.views.starts-at-1',
    'example.views.keeps-page-views-for-a-user',
    'req.session.stores-and-reads-data',
  ],
  'the first view of /foo says 1, a reload says 2',
  { holdsIn: 'views', failsIn: 'views/not-stored' },
  async ({ page, evidence }) => {
    const seen = []
    for (let view = 0; view < 2; view++) {
      await page.goto('/foo')
      seen.push(await said(page))
    }
    await evidence.json('what /foo said', seen)
    expect(seen).toEqual([viewed(1), viewed(2)])
  },
)

prove(
  ['example.views.counts-each-path-separately'],
  '/foo and /bar are counted separately',
  { holdsIn: 'views', failsIn: 'views/one-count' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/foo')
    await page.goto('/foo')
    await page.goto('/bar')
    await evidence.row('row', await demo.row((await sid(name)) ?? ''))
    expect(await said(page)).toBe(viewed(1))
    await page.goto('/foo')
    expect(await said(page)).toBe(viewed(3))
  },
)

prove(
  ['example.views.separate-per-user'],
  'a second visitor starts at 1',
  { holdsIn: 'views', failsIn: 'views/one-for-all' },
  async ({ page, browser, demo, evidence }) => {
    await page.goto('/foo')
    await page.goto('/foo')
    const other = await browser.newPage({ baseURL: demo.url })
    await other.goto('/foo')
    const second = await said(other)
    await other.context().close()
    await page.goto('/foo')
    const first = await said(page)
    await evidence.json('what /foo said to the second visitor, then to the first', [second, first])
    expect([second, first]).toEqual([viewed(1), viewed(3)])
  },
)

prove(
  ['example.views.uses-pathname-without-query'],
  'the query does not matter: /foo?x=1 counts as /foo',
  { holdsIn: 'views', failsIn: 'views/with-query' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/foo')
    await page.goto('/foo?x=1')
    await evidence.row('row', await demo.row((await sid(name)) ?? ''))
    expect(await said(page)).toBe(viewed(2))
  },
)

prove(
  ['req.session.serialised-as-json-nested-ok'],
  'the row is JSON text with the nested counts in it',
  { holdsIn: 'views', failsIn: 'views/not-stored' },
  async ({ request, demo, evidence }) => {
    await request.get('/foo')
    await request.get('/bar')
    const [row] = await demo.rows()
    await evidence.row('row', row)
    expect(JSON.parse(row?.data ?? '')).toMatchObject({ views: { '/foo': 1, '/bar': 1 } })
  },
)

const tellsOfSession: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(session({ secret, store, resave: false, saveUninitialized: true }))
  app.use((req, res) => void res.json([typeof req.session, req.session.constructor.name]))
  return app
}
const withoutMiddleware: CreateApp = () => {
  const app = express()
  app.use((req, res) => void res.json([typeof req.session]))
  return app
}

prove(
  ['session.returns-middleware'],
  'behind the middleware that session() returns, each request has a Session',
  {
    holdsIn: inlineApp({ scenario: 'views', name: 'with app.use(session(…))', createApp: tellsOfSession }),
    failsIn: inlineApp({ scenario: 'views', name: 'without it', createApp: withoutMiddleware }),
  },
  async ({ request, evidence }) => {
    const seen = await (await request.get('/')).json()
    await evidence.json('typeof req.session, name of its constructor', seen)
    expect(seen).toEqual(['object', 'Session'])
  },
)

test.describe('the icon and the style', () => {
  const counted = async (data: string | undefined) => Object.keys(JSON.parse(data ?? '{}').views ?? {})

  for (const [app, paths] of [
    ['views', ['/foo']],
    ['views/session-first', ['/favicon.ico', '/foo', '/style.css']],
  ] as const) {
    test.describe(app, () => {
      test.use({ app })
      test(`what a visit to /foo counts: ${paths.join(' ')}`, async ({
        playwright,
        wholeBrowser,
        demo,
        evidence,
      }) => {
        const browser = await playwright.chromium.launch(wholeBrowser)
        const page = await browser.newPage()
        await page.goto(`${demo.url}foo`)
        // the browser asks for the icon by itself, and only the server sees it
        await expect
          .poll(() => demo.exchanges().map(({ url, status }) => [url, status]))
          .toContainEqual(['/favicon.ico', 200])
        await browser.close()
        const [row] = await demo.rows()
        await evidence.row('row', row)
        expect((await counted(row?.data)).sort()).toEqual(paths)
      })
    })
  }
})

test('the session cookie has the documented defaults: Path=/, HttpOnly, nothing else', async ({
  request,
  demo,
}) => {
  await request.get('/foo')
  const cookie = setCookieOf(demo.wire()[0]?.setCookie ?? [], name)
  expect(cookie?.attributes).toEqual({ Path: '/', HttpOnly: true })
  expect(sidOf(cookie?.value ?? '')).toMatch(/^[\w-]{32}$/)
})

test.use({ app: 'views' })
