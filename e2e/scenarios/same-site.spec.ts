import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type NextFunction, type Request, type Response } from 'express'
import session, { type CookieOptions, type SessionOptions } from 'express-session'
import type { APIRequestContext, BrowserContext, Page } from 'playwright/test'
import { type Demo, expect, inlineApp, test } from '../support/fixtures.ts'
import { press } from '../support/press.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, type SetCookie, sidOf } from '../support/wire.ts'

test.use({ app: 'same-site', ignoreHTTPSErrors: true })

const name = 'same-site.sid'

/** The shop with other cookie options, as far as a test of its cookie needs it. */
const shopWith = (what: string, cookie: SessionOptions['cookie']) =>
  inlineApp({
    scenario: 'same-site',
    name: what,
    surroundings: { isBehindTlsProxy: true },
    createApp({ store, secret }) {
      const app = express()
      app.set('trust proxy', 1)
      app.use(
        session({ name, secret, store, resave: false, saveUninitialized: true, ...(cookie && { cookie }) }),
      )
      app.post('/login', (_req, res) => {
        res.send('logged in')
      })
      app.use((_error: unknown, _req: Request, _res: Response, _next: NextFunction) => {}) // the head has left
      return app
    },
  })

/** The cookie that a new visitor gets when logging in; undefined for none. */
async function cookieOf(request: APIRequestContext, url: string): Promise<SetCookie | undefined> {
  const response = await request.post(`${url}login`, { maxRedirects: 0 })
  const [line] = response.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')
  return line && parseSetCookie(line.value)
}

/** `SameSite` of the cookie that a login sets: its value, `none at all` without the attribute. */
const sameSiteOf = (cookie: SetCookie | undefined) =>
  cookie ? (cookie.attributes['SameSite'] ?? 'none at all') : 'no cookie'

for (const [id, what, value, holdsIn, failsIn] of [
  ['cookie.sameSite.lax-value', "'lax'", 'Lax', 'same-site', 'same-site/strict'],
  ['cookie.sameSite.strict-value', "'strict'", 'Strict', 'same-site/strict', 'same-site'],
  ['cookie.sameSite.none-value', "'none'", 'None', 'same-site/none-without-secure', 'same-site'],
  [
    'cookie.sameSite.true-is-strict',
    'true',
    'Strict',
    shopWith('sameSite: true', { sameSite: true }),
    shopWith('sameSite: false', { sameSite: false }),
  ],
  [
    'cookie.sameSite.false-omits-attribute',
    'false',
    'none at all',
    shopWith('sameSite: false', { sameSite: false }),
    shopWith('sameSite: true', { sameSite: true }),
  ],
] as const) {
  prove(
    [id],
    `sameSite: ${what} makes SameSite: ${value}`,
    { holdsIn, failsIn },
    async ({ request, demo, evidence }) => {
      const cookie = await cookieOf(request, demo.url)
      await evidence.setCookie('Set-Cookie', cookie)
      expect(sameSiteOf(cookie)).toBe(value)
    },
  )
}

prove(
  ['cookie.sameSite.false-by-default'],
  'without sameSite there is no attribute; what is read is undefined, not false',
  { holdsIn: 'same-site/unset', failsIn: 'same-site', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const cookie = await cookieOf(request, demo.url)
    const row = await demo.row(sidOf(cookie?.value ?? ''))
    await evidence.setCookie('Set-Cookie', cookie)
    await evidence.row('row', row)
    expect(sameSiteOf(cookie)).toBe('none at all')
    expect(JSON.parse(row?.data ?? '{}').cookie).not.toHaveProperty('sameSite')
    expect(new session.Cookie().sameSite).toBeUndefined()
  },
)

/** 127.0.0.1 is the same computer as localhost, and another site. */
const onOtherSite = (url: string) => url.replace('localhost', '127.0.0.1')

/** Logs in at the shop, as a visitor of its own pages does. */
async function logIn(page: Page, shop: string) {
  await page.goto(shop)
  await press(page, 'login')
}

interface Arrivals {
  embed: boolean
  link: boolean
  post: boolean
}

/** Goes from the other site to the shop in three ways, and tells which requests the cookie came with. */
async function comeFrom(other: string, page: Page, context: BrowserContext, demo: Demo): Promise<Arrivals> {
  const cameWithCookie = () => demo.wire().at(-1)?.cookie?.includes(`${name}=`) ?? false
  await page.goto(other)
  const embed = cameWithCookie()
  const follow = async (role: 'link' | 'button', title: string) => {
    const opened = context.waitForEvent('page')
    await page.getByRole(role, { name: title }).click()
    const arrived = await opened
    await arrived.waitForLoadState()
    await arrived.close()
    return cameWithCookie()
  }
  return { embed, link: await follow('link', 'link to the shop'), post: await follow('button', 'order') }
}

prove(
  ['cookie.sameSite.strict-enforced'],
  'a Strict cookie comes with no link, no POST and no embed of another site',
  { holdsIn: 'same-site/strict', failsIn: 'same-site' },
  async ({ page, context, demo, evidence }) => {
    await logIn(page, demo.url)
    const arrivals = await comeFrom(onOtherSite(demo.secondUrl), page, context, demo)
    await evidence.json('came with the cookie', arrivals)
    expect(arrivals).toEqual({ embed: false, link: false, post: false })
    await page.goto(demo.url) // it is still there
    expect(await page.getByText('hello').textContent()).toBe('hello, hanako! orders: 0')
  },
)

prove(
  ['cookie.sameSite.lax-enforced'],
  'a Lax cookie comes with the link of another site, and not with its POST or embed',
  { holdsIn: 'same-site', failsIn: 'same-site/unset' },
  async ({ page, context, demo, evidence }) => {
    await logIn(page, demo.url)
    const arrivals = await comeFrom(onOtherSite(demo.secondUrl), page, context, demo)
    await evidence.json('came with the cookie', arrivals)
    expect(arrivals).toEqual({ embed: false, link: true, post: false })
    await page.goto(demo.url)
    expect(await page.getByText('hello').textContent()).toBe('hello, hanako! orders: 0')
  },
)

prove(
  ['cookie.sameSite.none-is-cross-site'],
  'a None cookie comes with links and POSTs of another site; with its embed where third-party cookies are allowed',
  { holdsIn: 'same-site/none', failsIn: 'same-site', verdict: 'condition' },
  async ({ playwright, wholeBrowser, demo, evidence }) => {
    for (const [setting, cookie_controls_mode] of Object.entries({ allowed: 0, blocked: 1 })) {
      const profile = await mkdtemp(join(tmpdir(), 'lab-profile-'))
      await mkdir(join(profile, 'Default'))
      await writeFile(
        join(profile, 'Default', 'Preferences'),
        JSON.stringify({ profile: { cookie_controls_mode } }),
      )
      const context = await playwright.chromium.launchPersistentContext(profile, {
        ...wholeBrowser,
        ignoreHTTPSErrors: true,
      })
      const [page = await context.newPage()] = context.pages()
      await logIn(page, demo.secureUrl)
      const arrivals = await comeFrom(onOtherSite(demo.secureSecondUrl), page, context, demo)
      await context.close()
      await rm(profile, { recursive: true })
      await evidence.json(`came with the cookie, third-party cookies ${setting}`, arrivals)
      expect(arrivals).toEqual({ embed: setting === 'allowed', link: true, post: true })
    }
  },
)

prove(
  ['cookie.sameSite.clients-may-ignore'],
  'Chromium withholds the cookie from another site; a client that knows no sites sends it all the same',
  { holdsIn: 'same-site', failsIn: 'same-site/unset', verdict: 'condition' },
  async ({ page, context, request, demo, evidence }) => {
    await logIn(page, demo.url)
    const chromium = (await comeFrom(onOtherSite(demo.secondUrl), page, context, demo)).post
    await request.post('/login')
    await request.post('/order', { headers: { 'sec-fetch-site': 'cross-site' } })
    const plainClient = demo.wire().at(-1)?.cookie !== null
    await evidence.json('a POST from another site came with the cookie', { chromium, plainClient })
    expect({ chromium, plainClient }).toEqual({ chromium: false, plainClient: true })
  },
)

prove(
  ['cookie.sameSite.none-requires-secure'],
  'None without Secure leaves the server and is refused by Chromium, over HTTP and HTTPS, on loopback too',
  { holdsIn: 'same-site/none-without-secure', failsIn: 'same-site' },
  async ({ page, context, demo, cookie, evidence }) => {
    const reasons: unknown[] = []
    const devtools = await context.newCDPSession(page)
    devtools.on('Network.responseReceivedExtraInfo', ({ blockedCookies }) => {
      reasons.push(...blockedCookies.flatMap(({ blockedReasons }) => blockedReasons))
    })
    await devtools.send('Network.enable')
    for (const url of [demo.url, demo.secureUrl]) {
      await logIn(page, url)
      const given = demo.wire().findLast(({ setCookie }) => setCookie.length > 0)
      await evidence.setCookie('Set-Cookie', given?.setCookie)
      expect(await cookie(name)).toBeUndefined()
      expect(sameSiteOf(parseSetCookie(given?.setCookie[0] ?? ''))).toBe('None')
      expect(await page.getByText('hello').textContent()).toBe('hello, stranger!')
    }
    await evidence.json('why Chromium refused', reasons)
    expect(reasons).toEqual(['SameSiteNoneInsecure', 'SameSiteNoneInsecure'])
    await evidence.row('rows that nobody can reach', await demo.rows())
    expect(await demo.rows()).toHaveLength(2)
  },
)

prove(
  ['cookie.sameSite.auto-matches-connection'],
  'auto: Lax over HTTP, None over HTTPS, as the session begins; usable over HTTPS only with Secure beside it',
  { holdsIn: 'same-site/auto', failsIn: 'same-site', verdict: 'condition' },
  async ({ playwright, page, demo, cookie, evidence }) => {
    const visitor = () => playwright.request.newContext({ ignoreHTTPSErrors: true })
    const [first, second] = [await visitor(), await visitor()]
    const http = await cookieOf(first, demo.url)
    const https = await cookieOf(second, demo.secureUrl)
    await evidence.setCookie('Set-Cookie over HTTP, and over HTTPS', [http, https])
    expect(sameSiteOf(http)).toBe('Lax')
    expect(https?.attributes).toMatchObject({ SameSite: 'None', Secure: true })

    const sid = sidOf(http?.value ?? '')
    await second.get(demo.secureUrl, { headers: { cookie: `${name}=${http?.value}` } })
    const row = await demo.row(sid)
    await evidence.exchange('begun over HTTP, continued over HTTPS', demo.wire().at(-1))
    await evidence.row('row of it', row)
    expect(JSON.parse(row?.data ?? '{}').cookie).toMatchObject({ sameSite: 'lax', secure: false })
    for (const context of [first, second]) await context.dispose()

    await logIn(page, demo.secureUrl)
    expect(await cookie(name)).toMatchObject({ sameSite: 'None' })
    await page.context().clearCookies()
    await demo.lab.setVariant('auto-alone')
    await logIn(page, demo.secureUrl)
    const alone = demo.wire().findLast(({ setCookie }) => setCookie.length > 0)
    await evidence.setCookie('auto without secure', alone?.setCookie)
    expect(await cookie(name)).toBeUndefined()
  },
)

test.describe('auto that a cookie function returns', () => {
  test.use({
    app: shopWith(
      "a function returns sameSite: 'auto'",
      () => ({ sameSite: 'auto' }) as unknown as CookieOptions,
    ),
  })

  test('is not resolved: writing the cookie fails after the row is saved, and the response has none', async ({
    request,
    demo,
    evidence,
  }) => {
    const cookie = await cookieOf(request, demo.url)
    await evidence.exchange('exchange', demo.wire()[0])
    expect(cookie).toBeUndefined()
    expect(demo.wire()[0]).toMatchObject({ status: 200, setCookie: [] })
    expect(await demo.rows()).toHaveLength(1)
  })
})

for (const [app, cameWith] of [
  ['same-site', { evil: 'link', sub: 'link post', otherScheme: 'link' }],
  ['same-site/strict', { evil: '', sub: 'link post', otherScheme: '' }],
] as const) {
  test.describe(app, () => {
    test.use({ app })

    test('a site is the registrable domain with its scheme: a subdomain belongs to it, http does not belong to https', async ({
      page,
      context,
      demo,
      evidence,
    }) => {
      const shop = demo.secureUrl.replace('localhost', 'app.test')
      await logIn(page, shop)
      await context.route(/^https?:\/\/(evil|sub\.app)\.test\//, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<a href="${shop}">link</a><form method="post" action="${shop}order"><button>post</button></form>`,
        }),
      )
      const cameFrom = async (url: string) => {
        const kinds = []
        for (const [kind, role] of [
          ['link', 'link'],
          ['post', 'button'],
        ] as const) {
          await page.goto(url)
          await page.getByRole(role, { name: kind }).click()
          await page.waitForURL(`${shop}**`)
          if (demo.wire().at(-1)?.cookie !== null) kinds.push(kind)
        }
        return kinds.join(' ')
      }
      const seen = {
        evil: await cameFrom('https://evil.test/'),
        sub: await cameFrom('https://sub.app.test/'),
        otherScheme: await cameFrom('http://sub.app.test/'),
      }
      await evidence.json('came with the cookie', seen)
      expect(seen).toEqual(cameWith)
    })
  })
}

test('the lab page opens the other site under the other host name, over HTTP and over HTTPS', async ({
  page,
  demo,
}) => {
  for (const [shop, other] of [
    [demo.url, demo.secondUrl],
    [demo.secureUrl, demo.secureSecondUrl],
  ] as const) {
    await page.goto(`${shop}__lab/`)
    const embedded = page.frameLocator('iframe >> nth=1').frameLocator('iframe')
    await expect(embedded.getByText('こんにちは、ゲストさん')).toBeVisible()
    expect(page.frames().map((frame) => frame.url())).toEqual([
      `${shop}__lab/`,
      shop,
      onOtherSite(other),
      shop,
    ])
  }
})

test.describe('strict', () => {
  test.use({ app: 'same-site/strict' })

  test('whoever came by a link stays a stranger on reload, and is known again by a request of the shop itself', async ({
    page,
    context,
    demo,
  }) => {
    await logIn(page, demo.url)
    await page.goto(onOtherSite(demo.secondUrl))
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: 'link to the shop' }).click()
    const shop = await opened
    await expect(shop.getByText('hello, stranger!')).toBeVisible()
    await shop.reload()
    await expect(shop.getByText('hello, stranger!')).toBeVisible()
    await shop.evaluate(() => {
      location.href = '/'
    })
    await expect(shop.getByText('hello, hanako!')).toBeVisible()
  })
})
