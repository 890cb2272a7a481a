import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { get as getSecurely } from 'node:https'
import express, { type Request } from 'express'
import session, { type SessionOptions } from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { listen } from '../../lab/http/listen.ts'
import { certificate, startTlsProxy } from '../../lab/http/tls-proxy.ts'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { withNginx } from '../support/nginx.ts'
import { urlOf } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, setCookieOf, sidOf } from '../support/wire.ts'

test.use({ app: 'secure-proxy', ignoreHTTPSErrors: true })

const name = 'secure-proxy.sid'

/** The `Set-Cookie` lines that a visitor gets who sends these headers and nothing else. */
const visit = (url: string, headers: Record<string, string> = {}): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const options = { headers, agent: false as const, rejectUnauthorized: false }
    const request = url.startsWith('https:') ? getSecurely(url, options) : get(url, options)
    request.on('error', reject)
    request.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.headers['set-cookie'] ?? []))
    })
  })

/** Whether each line has the attribute `Secure`; empty for a response without `Set-Cookie`. */
const secureIn = (lines: readonly string[]) =>
  lines.map((line) => parseSetCookie(line).attributes['Secure'] === true)

/** The documented app with other options; `trust proxy` as there unless switched off. */
const appWith =
  (options: Partial<SessionOptions>, { trustProxy = true } = {}): CreateApp =>
  ({ store, secret }) => {
    const app = express()
    if (trustProxy) app.set('trust proxy', 1)
    app.use(session({ name, secret, store, resave: false, saveUninitialized: true, ...options }))
    app.get('/', (req: Request & { session: { views?: number } }, res) => {
      req.session.views = (req.session.views ?? 0) + 1
      res.send(`<p>views: ${req.session.views}</p>`)
    })
    return app
  }

const inline = (what: string, createApp: CreateApp, createSecondApp?: CreateApp) =>
  inlineApp({
    scenario: 'secure-proxy',
    name: what,
    surroundings: { isBehindTlsProxy: true },
    createApp,
    ...(createSecondApp && { createSecondApp }),
  })

const withSecure = appWith({ cookie: { secure: true } })
const withoutSecure = appWith({ cookie: { secure: false } })
const withoutSecureEverywhere = inline('secure: false', withoutSecure)

/** The same port under a host name that is no loopback name, as for a site on the network. */
const onNetwork = (url: string) => url.replace('localhost', 'app.test')

prove(
  ['cookie.secure.boolean-controls-attribute'],
  'over HTTPS, secure: true sends Secure and secure: false does not',
  {
    holdsIn: inline('secure: true, then false', withSecure, withoutSecure),
    failsIn: inline('secure: false, then true', withoutSecure, withSecure),
  },
  async ({ demo, evidence }) => {
    const [truthy, falsy] = [await visit(demo.secureUrl), await visit(demo.secureSecondUrl)]
    await evidence.setCookie('Set-Cookie with secure: true', truthy)
    await evidence.setCookie('Set-Cookie with secure: false', falsy)
    expect(secureIn(truthy)).toEqual([true])
    expect(secureIn(falsy)).toEqual([false])
  },
)

prove(
  ['cookie.secure.unset-by-default'],
  'without a cookie option there is no Secure, not even over HTTPS',
  { holdsIn: inline('no cookie option', appWith({})), failsIn: 'secure-proxy' },
  async ({ demo, evidence }) => {
    const lines = await visit(demo.secureUrl)
    await evidence.setCookie('Set-Cookie', lines)
    expect(secureIn(lines)).toEqual([false])
  },
)

prove(
  ['cookie.secure.not-sent-back-without-https'],
  'the Secure cookie stays at home over http://app.test, and goes out over http://localhost',
  { holdsIn: 'secure-proxy', failsIn: withoutSecureEverywhere, verdict: 'condition' },
  async ({ page, demo, context, evidence }) => {
    const sent: Record<string, boolean> = {}
    for (const at of [String, onNetwork]) {
      await page.goto(at(demo.secureUrl))
      await page.goto(at(demo.url))
      const last = demo.wire().at(-1)
      sent[`${last?.scheme}://${last?.client.host}`] = last?.cookie !== null
    }
    await evidence.json('was the cookie sent?', sent)
    await evidence.json(
      'jar',
      (await context.cookies()).map(({ name, domain, secure }) => ({ name, domain, secure })),
    )
    expect(sent).toEqual({ 'http://localhost': true, 'http://app.test': false })
  },
)

prove(
  ['cookie.secure.recommended-but-needs-https'],
  'the id never goes over the network in clear, and without HTTPS there is no session at all',
  { holdsIn: 'secure-proxy', failsIn: withoutSecureEverywhere },
  async ({ page, demo, evidence }) => {
    await page.goto(onNetwork(demo.secureUrl))
    await page.goto(onNetwork(demo.url))
    const [secure, clear] = demo.wire()
    await evidence.exchange('over HTTPS', secure)
    await evidence.exchange('over HTTP', clear)
    expect(secureIn(secure?.setCookie ?? [])).toEqual([true])
    expect(clear).toMatchObject({ scheme: 'http', cookie: null, setCookie: [] })
  },
)

prove(
  ['cookie.secure.no-cookie-set-over-http'],
  'over HTTP no Set-Cookie leaves, the jar stays empty, and every visit leaves one more row behind',
  { holdsIn: 'secure-proxy', failsIn: 'secure-proxy/auto' },
  async ({ page, demo, cookie, evidence }) => {
    const seen = []
    for (let round = 0; round < 3; round++) {
      await page.goto('/')
      seen.push(await page.getByText(/^views: /).textContent())
    }
    await evidence.exchange('exchange', demo.wire()[0])
    const rows = await demo.rows()
    await evidence.row('rows', rows)
    expect(demo.wire().flatMap(({ setCookie }) => setCookie)).toEqual([])
    expect(demo.wire()[0]?.debug.join('\n')).toContain('not secured')
    expect(await cookie(name)).toBeUndefined()
    expect(seen).toEqual(['views: 1', 'views: 1', 'views: 1'])
    expect(rows).toHaveLength(3)
  },
)

prove(
  ['cookie.secure.behind-proxy-needs-trust-proxy'],
  'behind the proxy: no cookie without trust proxy, a cookie with it, and one with proxy: true instead',
  { holdsIn: 'secure-proxy/no-trust-proxy', failsIn: 'secure-proxy', verdict: 'condition' },
  async ({ demo, evidence }) => {
    const withNeither = await visit(demo.secureUrl)
    await demo.lab.setVariant('proxy-true')
    const withProxyTrue = await visit(demo.secureUrl)
    await evidence.setCookie('Set-Cookie without trust proxy', withNeither)
    await evidence.setCookie('Set-Cookie with proxy: true', withProxyTrue)
    expect(withNeither).toEqual([])
    expect(secureIn(withProxyTrue)).toEqual([true])
    await demo.lab.setVariant('app')
    expect(secureIn(await visit(demo.secureUrl))).toEqual([true])
  },
)

prove(
  ['cookie.secure.example-trust-proxy-1'],
  'through the proxy three visits count three, with a Secure cookie',
  { holdsIn: 'secure-proxy', failsIn: 'secure-proxy/no-trust-proxy' },
  async ({ page, demo, cookie, evidence }) => {
    const seen = []
    for (let round = 0; round < 3; round++) {
      await page.goto(demo.secureUrl)
      seen.push(await page.getByText(/^views: /).textContent())
    }
    await evidence.json('views', seen)
    await evidence.cookie('jar', (await cookie(name)) ?? null)
    expect(seen).toEqual(['views: 1', 'views: 2', 'views: 3'])
    expect(await cookie(name)).toMatchObject({ secure: true })
  },
)

prove(
  ['cookie.secure.example-node-env-development'],
  'outside production plain HTTP gets a cookie without Secure',
  { holdsIn: 'secure-proxy/node-env', failsIn: 'secure-proxy' },
  async ({ demo, evidence }) => {
    const lines = await visit(demo.url)
    await evidence.setCookie(`Set-Cookie over HTTP, NODE_ENV=${process.env['NODE_ENV'] ?? ''}`, lines)
    expect(process.env['NODE_ENV']).not.toBe('production')
    expect(secureIn(lines)).toEqual([false])
  },
)

prove(
  ['cookie.secure.example-node-env-production'],
  'with NODE_ENV=production the proxy is trusted, the cookie is Secure, and plain HTTP gets none',
  { holdsIn: 'secure-proxy/node-env', failsIn: 'secure-proxy/no-trust-proxy' },
  async ({ startDemo, evidence }) => {
    const production = { SESSION_SECRET: 'x'.repeat(40), NODE_ENV: 'production' }
    const started = await startDemo(production)
    const [http, https] = [await visit(urlOf(started)), await visit(urlOf(started, 'https'))]
    await evidence.setCookie('Set-Cookie over HTTP, NODE_ENV=production', http)
    await evidence.setCookie('Set-Cookie over HTTPS, NODE_ENV=production', https)
    expect(secureIn(https)).toEqual([true])
    expect(http).toEqual([])
  },
)

prove(
  ['cookie.secure.auto-matches-connection'],
  'auto follows the connection on which the session began, and not those that follow',
  { holdsIn: 'secure-proxy/auto', failsIn: 'secure-proxy/auto-in-function', verdict: 'condition' },
  async ({ demo, evidence }) => {
    const http = await visit(demo.url)
    const https = await visit(demo.secureUrl)
    await evidence.setCookie('Set-Cookie of a new session over HTTP', http)
    await evidence.setCookie('Set-Cookie of a new session over HTTPS', https)
    expect(secureIn(http)).toEqual([false]) // auto-in-function: no cookie at all
    expect(secureIn(https)).toEqual([true])

    const begun = http[0] ?? ''
    const sid = sidOf(parseSetCookie(begun).value)
    const continued = await visit(demo.secureUrl, { cookie: begun.split(';')[0] ?? '' })
    const row = await demo.row(sid)
    await evidence.setCookie('Set-Cookie of what began over HTTP, continued over HTTPS', continued)
    await evidence.row('row of it', row)
    expect(JSON.parse(row?.data ?? '{}')).toMatchObject({ views: 2, cookie: { secure: false } })
    expect(continued).toEqual([])
  },
)

test.describe('auto with rolling', () => {
  test.use({ app: inline('auto, rolling', appWith({ rolling: true, cookie: { secure: 'auto' } })) })

  test('a session begun over HTTP is sent again over HTTPS without Secure', async ({ demo }) => {
    const [begun = ''] = await visit(demo.url)
    const again = await visit(demo.secureUrl, { cookie: begun.split(';')[0] ?? '' })
    expect(secureIn(again)).toEqual([false])
  })
})

prove(
  ['cookie.secure.auto-https-cookie-invisible-over-http'],
  'after HTTPS, http://app.test neither sees the cookie nor can set one; http://localhost sees it',
  { holdsIn: 'secure-proxy/auto', failsIn: withoutSecureEverywhere, verdict: 'condition' },
  async ({ page, demo, evidence }) => {
    const seen: Record<string, string[]> = {}
    for (const address of [onNetwork, String]) {
      const [https, http] = [address(demo.secureUrl), address(demo.url)]
      for (const url of [https, https, http, http, https]) {
        await page.goto(url)
        const { protocol, hostname } = new URL(url)
        const views = ((await page.getByText(/^views: /).textContent()) ?? '').slice('views: '.length)
        seen[hostname] = [...(seen[hostname] ?? []), `${protocol} ${views}`]
      }
    }
    const lost = demo.wire()[3]
    await evidence.json('views', seen)
    await evidence.exchange('the second visit over http://app.test', lost)
    await evidence.row('rows', await demo.rows())
    expect(seen).toEqual({
      'app.test': ['https: 1', 'https: 2', 'http: 1', 'http: 1', 'https: 3'],
      localhost: ['https: 1', 'https: 2', 'http: 3', 'http: 4', 'https: 5'],
    })
    expect(lost?.setCookie).toHaveLength(1) // sent, and refused by the browser
  },
)

prove(
  ['cookie.secure.auto-uses-trust-proxy'],
  'with trust proxy one configuration serves both: Secure through the proxy, none without it',
  {
    holdsIn: 'secure-proxy/auto',
    failsIn: inline(
      'auto without trust proxy',
      appWith({ cookie: { secure: 'auto' } }, { trustProxy: false }),
    ),
  },
  async ({ demo, evidence }) => {
    const [development, production] = [await visit(demo.url), await visit(demo.secureUrl)]
    await evidence.setCookie('Set-Cookie in development, over HTTP', development)
    await evidence.setCookie('Set-Cookie in production, over HTTPS', production)
    expect(secureIn(development)).toEqual([false])
    expect(secureIn(production)).toEqual([true])
  },
)

prove(
  ['proxy.true-uses-x-forwarded-proto'],
  'proxy: true reads the first value of X-Forwarded-Proto, whoever wrote it, and nothing else',
  { holdsIn: 'secure-proxy/proxy-true', failsIn: 'secure-proxy/no-trust-proxy' },
  async ({ demo, evidence }) => {
    const through = await visit(demo.secureUrl)
    await evidence.setCookie('Set-Cookie through the proxy', through)
    expect(secureIn(through)).toEqual([true])
    const cookies: Record<string, number> = {}
    for (const proto of ['https', 'HTTPS , http', 'http, https', 'http', ''])
      cookies[proto] = (await visit(demo.url, proto ? { 'x-forwarded-proto': proto } : {})).length
    await evidence.json('cookies set over plain HTTP, by X-Forwarded-Proto', cookies)
    expect(cookies).toEqual({ https: 1, 'HTTPS , http': 1, 'http, https': 0, http: 0, '': 0 })
  },
)

test('trust proxy, too, believes whoever connects: what speaks to the app directly can pretend HTTPS', async ({
  demo,
}) => {
  expect(secureIn(await visit(demo.url, { 'x-forwarded-proto': 'https' }))).toEqual([true])
})

test('the TLS proxy replaces an X-Forwarded-Proto that a visitor made up', async ({ demo }) => {
  await visit(demo.secureUrl, { 'x-forwarded-proto': 'http' })
  expect(demo.wire()[0]?.scheme).toBe('https')
})

prove(
  ['proxy.false-only-direct-tls'],
  'proxy: false: no cookie through the proxy in spite of trust proxy, a cookie over TLS to the app itself',
  { holdsIn: 'secure-proxy/proxy-false', failsIn: 'secure-proxy' },
  async ({ demo, evidence }) => {
    const handler = demo.lab.handler(demo.lab.sites[0])
    const direct = await listen(handler, 0, undefined, await certificate())
    const [forwarded, overTls] = [
      await visit(demo.secureUrl),
      await visit(`https://localhost:${direct?.port}/`),
    ]
    await direct?.close()
    await evidence.setCookie('Set-Cookie behind the proxy', forwarded)
    await evidence.setCookie('Set-Cookie over TLS of its own', overTls)
    expect(forwarded).toEqual([])
    expect(secureIn(overTls)).toEqual([true])
  },
)

prove(
  ['proxy.undefined-uses-trust-proxy'],
  'without a proxy option trust proxy decides: a cookie with it, none without it',
  { holdsIn: 'secure-proxy', failsIn: 'secure-proxy/proxy-false' },
  async ({ demo, evidence }) => {
    const trusting = await visit(demo.secureUrl)
    await demo.lab.setVariant('no-trust-proxy')
    const distrusting = await visit(demo.secureUrl)
    await evidence.setCookie('Set-Cookie with trust proxy', trusting)
    await evidence.setCookie('Set-Cookie without it', distrusting)
    expect(secureIn(trusting)).toEqual([true])
    expect(distrusting).toEqual([])
  },
)

const site = readFileSync('apps/secure-proxy/nginx/site.conf', 'utf8')
const without = (header: string) => site.replace(new RegExp(`^ *proxy_set_header ${header} .*\n`, 'm'), '')

for (const [what, configuration, isSecure] of [
  ['that says X-Forwarded-Proto: the Secure cookie leaves, and nobody else can say it', site, true],
  ['that does not say X-Forwarded-Proto: no cookie leaves', without('X-Forwarded-Proto'), false],
] as const) {
  test(`nginx ${what}`, async ({ demo, request, evidence }) => {
    await withNginx(configuration, demo.url, async (url) => {
      const lines = await visit(url, { 'x-forwarded-proto': 'http' })
      await evidence.exchange('through nginx', demo.wire()[0])
      expect(secureIn(lines)).toEqual(isSecure ? [true] : [])
      if (!isSecure) return
      for (const views of ['views: 1', 'views: 2'])
        expect(await (await request.get(url)).text()).toContain(views)
      expect(demo.wire().at(-1)).toMatchObject({ scheme: 'https', client: { host: 'localhost' } })
    })
  })
}

test('the lab page works through the proxy: its frame counts, and its buttons are allowed', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.secureUrl}__lab/`)
  await expect(page.frameLocator('iframe').getByText('表示回数: 1')).toBeVisible()
  await page.getByRole('button', { name: 'この版に切り替える: auto', exact: true }).click()
  await expect(page.frameLocator('iframe').getByText('表示回数: 2')).toBeVisible()
  expect(demo.lab.variant().name).toBe('auto')
  expect(setCookieOf(demo.wire()[0]?.setCookie ?? [], name)?.attributes['Secure']).toBe(true)
})

test.describe('starting over', () => {
  test.use({ app: 'secure-proxy/auto' })

  test('expires the Secure cookie over HTTP on localhost, too: the next session begins without Secure', async ({
    page,
    demo,
    cookie,
  }) => {
    await page.goto(demo.secureUrl)
    expect(await cookie(name)).toMatchObject({ secure: true })
    await page.goto('/__lab/')
    await page.getByRole('button', { name: 'やり直す' }).click()
    await expect(page.frameLocator('iframe').getByText('表示回数: 1')).toBeVisible()
    expect(await cookie(name)).toMatchObject({ secure: false })
  })
})

test('the TLS proxy says in words when the app does not answer', async ({ request }) => {
  const proxy = await startTlsProxy({ target: 'http://127.0.0.1:9', port: 0 })
  const response = await request.get(`https://localhost:${proxy.port}/`)
  await proxy.close()
  expect(response.status()).toBe(502)
  expect(response.headers()['content-type']).toContain('text/html')
})
