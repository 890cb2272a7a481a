import express, { type Request } from 'express'
import session from 'express-session'
import passport from 'passport-0.3'
import type { APIRequestContext } from 'playwright/test'
import type { CreateApp } from '../../apps/create-app.ts'
import { type Demo, expect, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const name = 'order.sid'

test.use({ app: 'order' })

/** What a page says of its visitor; of one that failed, its status alone. */
async function look(request: APIRequestContext, path: string) {
  const response = await request.get(path)
  const text = await response.text()
  const [, user] = /hello, (\w+)!/.exec(text) ?? []
  const [, views] = /aria-label="views">(\d+)</.exec(text) ?? []
  return user === undefined ? { status: response.status() } : { user, views: Number(views) }
}

const logIn = (request: APIRequestContext) => request.post('/login', { maxRedirects: 0 })
const calls = ({ exchanges }: Demo, path: string) =>
  exchanges()
    .filter(({ url }) => url === path)
    .map((exchange) => exchange.calls.map(({ method }) => method))

for (const [what, failsIn] of [
  ['before the route', 'order/after-route'],
  ['for all paths, and not on one router', 'order/one-router'],
] as const) {
  prove(
    ['finding.session-before-what-reads-it'],
    `session() ${what}: all pages count in one session`,
    { holdsIn: 'order', failsIn },
    async ({ request, demo, evidence }) => {
      const seen = [await look(request, '/admin'), await look(request, '/')]
      await evidence.json('/admin, and then /', seen)
      await evidence.json('store calls of /', calls(demo, '/'))
      expect(seen).toEqual([
        { user: 'stranger', views: 1 },
        { user: 'stranger', views: 2 },
      ])
    },
  )
}

test.describe('after-route', () => {
  test.use({ app: 'order/after-route' })

  test('the route before session() fails, and nothing of a session is recorded for it', async ({
    request,
    demo,
  }) => {
    expect(await look(request, '/')).toEqual({ status: 500 })
    expect(demo.exchanges().at(-1)).toMatchObject({ debug: [], calls: [], setCookie: [] })
  })
})

prove(
  ['finding.login-check-before-session-sees-nobody'],
  'whoever has logged in is called by name: what reads the session comes after it',
  { holdsIn: 'order', failsIn: 'order/after-passport' },
  async ({ request, demo, evidence }) => {
    expect((await logIn(request)).status()).toBe(302)
    const [row] = await demo.rows()
    await evidence.row('row', row)
    const seen = await look(request, '/')
    await evidence.json('the next page', seen)
    expect(JSON.parse(row?.data ?? '')).toMatchObject({ user: 'hanako' })
    expect(seen).toEqual({ user: 'hanako', views: 1 })
  },
)

passport.deserializeUser((kept, done) => done(null, kept))

/** Says who is logged in, as Passport itself reads it out of the session. */
const withPassport =
  (isBefore: boolean): CreateApp =>
  ({ store, secret }) => {
    const app = express()
    const ofPassport = [passport.initialize(), passport.session()]
    if (isBefore) app.use(ofPassport)
    app.use(session({ name, secret, store, resave: false, saveUninitialized: false }))
    if (!isBefore) app.use(ofPassport)
    app.get('/', (req: Request & { user?: string }, res) => {
      res.send(`hello, ${req.user ?? 'stranger'}!`)
    })
    app.post('/login', (req: Request & { session: { passport?: object } }, res) => {
      req.session.passport = { user: 'hanako' }
      res.send('logged in')
    })
    return app
  }

prove(
  ['finding.login-check-before-session-sees-nobody'],
  'Passport before session() does not fail either: it never sees who has logged in',
  {
    holdsIn: inlineApp({ scenario: 'order', name: 'Passport after', createApp: withPassport(false) }),
    failsIn: inlineApp({ scenario: 'order', name: 'Passport before', createApp: withPassport(true) }),
  },
  async ({ request }) => {
    await logIn(request)
    const response = await request.get('/')
    expect([response.status(), await response.text()]).toEqual([200, 'hello, hanako!'])
  },
)

prove(
  ['finding.static-before-session-costs-nothing'],
  'a static file that is answered before the session reads no row and extends none',
  { holdsIn: 'order', failsIn: 'order/static-last' },
  async ({ request, demo, evidence }) => {
    await look(request, '/')
    expect((await request.get('/style.css')).status()).toBe(200)
    const seen = { '/': calls(demo, '/'), '/style.css': calls(demo, '/style.css') }
    await evidence.json('store calls', seen)
    expect(seen).toEqual({ '/': [['set']], '/style.css': [[]] })
  },
)

prove(
  ['finding.the-session-made-last-says-how-cookies-begin'],
  'one session() alone says what a new cookie is like',
  { holdsIn: 'order', failsIn: 'order/twice' },
  async ({ request, demo, evidence }) => {
    await look(request, '/')
    const [first] = demo.wire()
    await evidence.setCookie('Set-Cookie of a new session', first?.setCookie)
    expect(setCookieOf(first?.setCookie ?? [], name)?.attributes).toEqual({ Path: '/', HttpOnly: true })
  },
)

test.describe('twice', () => {
  test.use({ app: 'order/twice' })

  test('on one store the second session() steps aside, with its rolling; how new cookies begin is said by the one made last', async ({
    request,
    demo,
  }) => {
    const seen = [await look(request, '/'), await look(request, '/')]
    expect(seen.map(({ views }) => views)).toEqual([1, 2]) // once each, not twice
    expect((await request.post('/nowhere')).status()).toBe(404)
    const [first, , third] = demo.wire()
    const expires = setCookieOf(first?.setCookie ?? [], name)?.attributes['Expires']
    expect(Date.parse(String(expires)) - Date.now()).toBeGreaterThan(50_000)
    expect(third?.setCookie).toEqual([]) // with rolling each response would have one
    expect(third?.calls.map(({ method }) => method)).toEqual(['get', 'touch'])
  })
})

prove(
  ['finding.narrower-session-first'],
  'two sessions in one app: the narrower path first, or its session() is never used',
  { holdsIn: 'order/admin-first', failsIn: 'order/two-in-one' },
  async ({ request, demo, evidence }) => {
    await logIn(request)
    const seen = [await look(request, '/'), await look(request, '/admin'), await look(request, '/admin')]
    await evidence.json('/, and /admin twice', seen)
    expect(seen).toEqual([
      { user: 'hanako', views: 1 },
      { user: 'stranger', views: 1 },
      { user: 'stranger', views: 2 },
    ])
    const lines = demo.wire().flatMap(({ setCookie }) => setCookie)
    const sids = [name, 'order.admin'].map((each) => sidOf(setCookieOf(lines, each)?.value ?? ''))
    expect((await demo.rows()).map(({ sid }) => sid).sort()).toEqual(sids.sort())
  },
)
