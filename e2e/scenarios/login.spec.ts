import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'
import { createApp } from '../../apps/login/app.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { runNode } from '../support/own-process.ts'
import { press, textOf } from '../support/press.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'login.sid'
const form = (page: Page) => page.getByLabel('Username')
const cookieFor = (sid: string | undefined) => ({ cookie: `${name}=${signed(sid ?? '', secret)}` })

async function logIn(page: Page, user: string) {
  await page.goto('/')
  await press(page, 'Login', { user, pass: 'anything' })
}
const main = (page: Page) => textOf(page, 'main')

test.use({ app: 'login' })

prove(
  ['example.login.anonymous-sees-form', 'example.login.next-route-falls-through'],
  'an anonymous visitor gets the form: isAuthenticated falls through to the next route',
  { holdsIn: 'login', failsIn: 'login/no-next-route' },
  async ({ page, demo, evidence }) => {
    const response = await page.goto('/')
    await evidence.exchange('GET / of an anonymous visitor', demo.wire()[0])
    await evidence.json('what the page said', await main(page))
    expect(response?.status()).toBe(200)
    await expect(form(page)).toBeVisible()
  },
)

prove(
  ['example.login.authenticated-greeting-and-logout-link'],
  'after a login / greets and offers a link to log out',
  { holdsIn: 'login', failsIn: 'login/forgets-user' },
  async ({ page, demo, sid, evidence }) => {
    await logIn(page, 'たろう')
    expect(await main(page)).toContain('hello, たろう!')
    await expect(page.getByRole('link', { name: 'Logout' })).toBeVisible()
    const row = await demo.row((await sid(name)) ?? '')
    await evidence.row('row', row)
    expect(JSON.parse(row?.data ?? '')).toMatchObject({ user: 'たろう' })
  },
)

prove(
  ['example.login.any-credentials-work'],
  'any name with any password logs in, but for the empty name: that is the form again',
  { holdsIn: 'login', failsIn: 'login/forgets-user', verdict: 'condition' },
  async ({ page, evidence }) => {
    await logIn(page, '')
    const nameless = await main(page)
    await logIn(page, 'whoever')
    const named = await main(page)
    await evidence.json('after logging in without and with a name', [nameless, named])
    expect([nameless, named].map((text) => text.includes('hello'))).toEqual([false, true])
  },
)

prove(
  ['example.login.user-name-is-escaped'],
  'a <script> as user name is shown, not run',
  { holdsIn: 'login', failsIn: 'login/no-escape' },
  async ({ page, evidence }) => {
    const user = '<script>document.title = "run"</script>'
    await logIn(page, user)
    const title = await page.title()
    await evidence.json('title of the page', title)
    expect(title).not.toBe('run')
    await expect(page.getByText(`hello, ${user}!`)).toBeVisible()
  },
)

prove(
  ['example.login.regenerates-session-id'],
  'the id changes at login, and the row of the old id is gone',
  { holdsIn: 'login', failsIn: 'login/no-regenerate' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/')
    const before = (await sid(name)) ?? ''
    await logIn(page, 'hanako')
    const after = await sid(name)
    await evidence.json('sid before and after login', [before, after])
    expect(after).not.toBe(before)
    expect(await demo.row(before)).toBeUndefined()
  },
)

prove(
  ['example.login.regenerates-session-id'],
  'session fixation fails: the cookie that an attacker planted is not logged in afterwards',
  { holdsIn: 'login', failsIn: 'login/no-regenerate' },
  async ({ page: victim, context, browser, demo, sid, evidence }) => {
    const attacker = await browser.newPage({ baseURL: demo.url })
    await attacker.goto('/')
    const planted = (await attacker.context().cookies()).find((cookie) => cookie.name === name)
    if (!planted) throw new Error('no cookie to plant')
    await context.addCookies([planted])
    await logIn(victim, 'hanako')
    await attacker.reload()
    const seen = await main(attacker)
    await evidence.json('what the attacker sees', seen)
    await evidence.json('sid of attacker and victim', [sidOf(planted.value), await sid(name)])
    expect(seen).not.toContain('hello, hanako!')
    await attacker.context().close()
  },
)

prove(
  ['example.login.saves-before-redirect'],
  'with a store that writes 400 ms late, the page after the login is logged in',
  { holdsIn: 'login', failsIn: 'login/no-save' },
  async ({ page, demo, evidence }) => {
    demo.lab.setDelay(400)
    await logIn(page, 'hanako')
    const [posted] = demo.wire().filter(({ url }) => url === '/login')
    await evidence.calls('store calls of POST /login', posted?.calls)
    expect(await main(page)).toContain('hello, hanako!')
  },
)

prove(
  ['example.logout.clears-user', 'example.logout.old-sid-has-no-login', 'example.logout.redirects-to-top'],
  'logout leads to the form, and a copy of the old cookie is not logged in either',
  { holdsIn: 'login', failsIn: 'login/clear-cookie' },
  async ({ page, request, demo, sid, evidence }) => {
    await logIn(page, 'hanako')
    const old = await sid(name)
    await press(page, 'Logout')
    await expect(form(page)).toBeVisible()
    const logout = demo.wire().find(({ url }) => url === '/logout')
    await evidence.exchange('GET /logout', logout)
    expect(logout).toMatchObject({ status: 302, location: '/' })
    const replay = await request.get('/', { headers: cookieFor(old) })
    const answer = await replay.text()
    await evidence.json('what a copy of the old cookie gets', answer)
    expect(answer).not.toContain('hello, hanako!')
  },
)

prove(
  ['example.logout.clears-user'],
  'logout first saves the session without its user, then regenerates',
  { holdsIn: 'login', failsIn: 'login/clear-cookie' },
  async ({ page, demo, evidence }) => {
    await logIn(page, 'hanako')
    await press(page, 'Logout')
    const calls = demo.wire().find(({ url }) => url === '/logout')?.calls ?? []
    await evidence.calls('store calls of GET /logout', calls)
    expect(calls.map(({ method }) => method)).toEqual(['get', 'set', 'destroy', 'set'])
    expect(JSON.parse(calls[1]?.data ?? '{}')).toMatchObject({ user: null })
  },
)

prove(
  ['example.logout.regenerates-session-id'],
  'the id changes at logout too',
  { holdsIn: 'login', failsIn: 'login/logout-keeps-id' },
  async ({ page, demo, sid, evidence }) => {
    await logIn(page, 'hanako')
    const old = await sid(name)
    await press(page, 'Logout')
    const logout = demo.wire().find(({ url }) => url === '/logout')
    await evidence.setCookie('Set-Cookie of GET /logout', logout?.setCookie)
    expect(setCookieOf(logout?.setCookie ?? [], name)).toBeDefined()
    expect(await sid(name)).not.toBe(old)
  },
)

const readme = readFileSync(createRequire(import.meta.url).resolve('express-session/README.md'), 'utf8')
const asPrinted =
  [...readme.matchAll(/```js\n(.*?)```/gs)]
    .map(([, code = '']) => code)
    .find((code) => code.includes("'/login'")) ?? ''

// in front of the README's code: a free port instead of 3000
const onFreePort = `
  const { Server } = require('http')
  const { listen } = Server.prototype
  Server.prototype.listen = function () {
    return listen.call(this, 0, '127.0.0.1', function () { console.log('port ' + this.address().port) })
  }
`
const brokenStore = `
  require('express-session').MemoryStore.prototype.destroy = (sid, callback) =>
    setImmediate(callback, new Error('the store is out of order'))
`

/** Runs code in a process of its own, logs in there and tells what came of it. */
async function logInAt(code: string, init: RequestInit) {
  const server = await runNode(['-e', code], { until: 'port ' })
  const port = /port (\d+)/.exec(server.stdout())?.[1]
  if (!port) throw new Error(server.stderr())
  const outcome = await fetch(`http://127.0.0.1:${port}/login`, {
    method: 'POST',
    redirect: 'manual',
    ...init,
  }).then(
    ({ status }) => `answered with ${status}`,
    () => server.ended.then(() => 'the process ended'),
  )
  await server.kill()
  return { outcome, error: /^\w*Error: .*$/m.exec(server.stderr())?.[0] ?? '' }
}

for (const [what, inFront, init, error] of [
  [
    'the store fails',
    brokenStore,
    { body: new URLSearchParams({ user: 'a' }) },
    'ReferenceError: next is not defined',
  ],
  ['no form was sent', '', {}, "TypeError: Cannot read properties of undefined (reading 'user')"],
] as const) {
  prove(
    ['example.login.passes-errors-on'],
    `the README's own login handler, run as it is printed, ends the process when ${what}`,
    {
      holdsIn: {
        app: inlineApp({ scenario: 'login', name: 'the README as printed', createApp }),
        given: asPrinted,
      },
      failsIn: {
        app: inlineApp({
          scenario: 'login',
          name: 'with next declared and req.body read first',
          createApp,
        }),
        given: asPrinted
          .replace(
            'function (req, res) {\n  // login logic to validate req.body.user and req.body.pass',
            'function (req, res, next) {\n  const body = req.body || {}',
          )
          .replace('if (err) next(err)', 'if (err) return next(err)')
          .replace('req.body.user', 'body.user'),
      },
      verdict: 'does-not-hold',
    },
    async ({ given, evidence }) => {
      const seen = await logInAt(onFreePort + inFront + given, init)
      await evidence.json('what came of it', seen)
      expect(seen).toEqual({ outcome: 'the process ended', error })
    },
  )
}
