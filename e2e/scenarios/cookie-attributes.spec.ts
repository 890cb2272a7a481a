import express, { type ErrorRequestHandler } from 'express'
import session, { type CookieOptions } from 'express-session'
import type { APIRequestContext, BrowserContext, Page } from 'playwright/test'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, setCookieLines, sidOf } from '../support/wire.ts'

const name = 'cookie-attributes.sid'

test.use({ app: 'cookie-attributes' })

/** The attributes of the only cookie that a path sets; undefined when it sets none. */
async function attributesAt(request: APIRequestContext, path: string, headers = {}) {
  const [line] = setCookieLines(await request.get(path, { headers }))
  return line === undefined ? undefined : parseSetCookie(line).attributes
}

/** What JavaScript lets an app pass as `cookie`, whatever the types say. */
type AnyCookie = Record<string, unknown> | ((req: express.Request) => unknown)

/** One `session()` for each of these settings, at a path of the same name: they differ in nothing but `cookie`. */
const eachOf = (what: string, settings: Record<string, AnyCookie>) =>
  inlineApp({
    scenario: 'cookie-attributes',
    name: what,
    createApp: ({ secret }) => {
      const app = express()
      const late: string[] = [] // errors that came when the answer had already left
      for (const [path, cookie] of Object.entries(settings)) {
        const store = new session.MemoryStore() // a store serves one session() at a time
        const options = { name: path, secret, store, resave: false, saveUninitialized: true }
        app.use(`/${path}`, session({ ...options, cookie: cookie as CookieOptions }), (_req, res) => {
          res.send('an answer')
        })
      }
      app.get('/late', (_req, res) => {
        res.json(late)
      })
      const onError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
        if (res.headersSent) late.push(error.message)
        else res.status(500).send(error.message)
      }
      app.use(onError)
      return app
    },
  })

/** Asks every path once. */
async function attributesOfEach(request: APIRequestContext, paths: readonly string[]) {
  const found: Record<string, Record<string, string | true> | undefined> = {}
  for (const path of paths) found[path] = await attributesAt(request, path)
  return found
}

/** The documented app with other cookie settings. */
const withCookie = (what: string, cookie: CookieOptions | undefined) =>
  inlineApp({
    scenario: 'cookie-attributes',
    name: what,
    createApp: ({ store, secret }) => {
      const app = express()
      const options = { name, secret, store, resave: false, saveUninitialized: true }
      app.use(session(cookie ? { ...options, cookie } : options))
      app.get('/', (_req, res) => {
        res.send('an answer')
      })
      return app
    },
  })

/** The browser's own record of the cookie: it tells priorities, which Playwright's list leaves out. */
async function recordOf(context: BrowserContext, page: Page) {
  const devtools = await context.newCDPSession(page)
  const { cookies } = await devtools.send('Network.getCookies')
  return cookies.find((cookie) => cookie.name === name)
}

/** Why the browser refused the cookies of a response, as it tells its developer tools. */
async function refusals(context: BrowserContext, page: Page, url: string) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  const reasons: string[] = []
  const isTold = new Promise<void>((resolve) => {
    devtools.on('Network.responseReceivedExtraInfo', ({ blockedCookies, headers }) => {
      if (!Object.keys(headers).some((header) => header.toLowerCase() === 'set-cookie')) return
      reasons.push(...blockedCookies.flatMap(({ blockedReasons }) => blockedReasons))
      resolve()
    })
  })
  await page.goto(url)
  await isTold
  return reasons
}

prove(
  ['cookie.defaults'],
  'without cookie settings there are Path=/ and HttpOnly, and nothing else; the row keeps no expiry either',
  {
    holdsIn: withCookie('without the cookie option', undefined),
    failsIn: 'cookie-attributes/httponly-undefined',
  },
  async ({ request, demo, evidence }) => {
    const [line = ''] = setCookieLines(await request.get('/'))
    await evidence.setCookie('Set-Cookie', line)
    const { value, attributes } = parseSetCookie(line)
    expect(attributes).toEqual({ Path: '/', HttpOnly: true })
    const row = await demo.row(sidOf(value))
    await evidence.row('row', row)
    expect(JSON.parse(row?.data ?? '{}').cookie).toEqual({
      originalMaxAge: null,
      expires: null,
      httpOnly: true,
      path: '/',
    })
  },
)

test('the app writes the defaults out, and they make the same Set-Cookie', async ({ request, evidence }) => {
  const [line = ''] = setCookieLines(await request.get('/'))
  await evidence.setCookie('Set-Cookie', line)
  expect(parseSetCookie(line).attributes).toEqual({ Path: '/', HttpOnly: true })
})

// Domain

prove(
  ['cookie.domain.sets-attribute'],
  'the domain that is set is the Domain attribute',
  { holdsIn: 'cookie-attributes/subdomains', failsIn: 'cookie-attributes' },
  async ({ request, evidence }) => {
    const attributes = await attributesAt(request, '/')
    await evidence.json('attributes', attributes)
    expect(attributes?.['Domain']).toBe('wide.localhost')
  },
)

prove(
  ['cookie.domain.unset-by-default'],
  'without a domain there is no Domain attribute',
  { holdsIn: 'cookie-attributes', failsIn: 'cookie-attributes/subdomains' },
  async ({ request, evidence }) => {
    const attributes = await attributesAt(request, '/')
    await evidence.json('attributes', attributes)
    expect(attributes).not.toHaveProperty('Domain')
  },
)

prove(
  ['cookie.domain.default-applies-to-current-host-only'],
  'the cookie of app.localhost is sent to app.localhost, and not to the host below it',
  {
    holdsIn: 'cookie-attributes',
    failsIn: withCookie('domain: app.localhost', { domain: 'app.localhost' }),
  },
  async ({ page, demo, context, evidence }) => {
    const at = (host: string) => demo.url.replace('localhost', host)
    for (const host of ['app.localhost', 'app.localhost', 'sub.app.localhost']) await page.goto(at(host))
    const sent = demo.wire().map(({ client, cookie }) => [client.host, cookie !== null])
    await evidence.json('host, and whether the cookie came along', sent)
    const domains = (await context.cookies()).map(({ domain }) => domain)
    await evidence.json('domains in the jar', domains)
    expect(sent).toEqual([
      ['app.localhost', false],
      ['app.localhost', true],
      ['sub.app.localhost', false],
    ])
    expect(domains).toEqual(['app.localhost', 'sub.app.localhost']) // a cookie each, none of them shared
  },
)

test.describe('a domain', () => {
  test.use({ app: 'cookie-attributes/subdomains' })

  test('makes the host and those below it share one session', async ({ page, demo }) => {
    const at = (host: string) => demo.url.replace('localhost', host)
    await page.goto(at('wide.localhost'))
    await page.goto(at('sub.wide.localhost'))
    await expect(page.getByText('visits: 2')).toBeVisible()
  })

  test('that is neither the host nor above it is refused without a word: every visit is the first', async ({
    page,
    context,
    demo,
    evidence,
  }) => {
    const reasons = await refusals(context, page, demo.url)
    await evidence.json('why the browser refused', reasons)
    expect(reasons).toEqual(['InvalidDomain'])
    await page.reload()
    await expect(page.getByText('visits: 1')).toBeVisible()
    expect(await context.cookies()).toEqual([])
    expect(await demo.rows()).toHaveLength(2)
  })
})

// HttpOnly

const truthy = { yes: true, one: 1, 'the-text-false': 'false' }
const falsy = { no: false, zero: 0, empty: '', nothing: null, missing: undefined }
const asHttpOnly = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([path, httpOnly]) => [path, { httpOnly }]))

prove(
  ['cookie.httpOnly.boolean-controls-attribute'],
  'everything truthy emits HttpOnly, the text "false" too; everything falsy omits it',
  {
    holdsIn: eachOf('values of httpOnly', asHttpOnly({ ...truthy, ...falsy })),
    failsIn: eachOf('httpOnly: true whatever was asked for', {
      ...asHttpOnly({ ...truthy, ...falsy }),
      no: { httpOnly: true },
    }),
  },
  async ({ request, evidence }) => {
    const found = await attributesOfEach(request, Object.keys({ ...truthy, ...falsy }))
    await evidence.json('attributes for each value of httpOnly', found)
    for (const path of Object.keys(truthy)) expect(found[path]).toEqual({ Path: '/', HttpOnly: true })
    for (const path of Object.keys(falsy)) expect(found[path]).toEqual({ Path: '/' })
  },
)

prove(
  ['cookie.httpOnly.on-by-default'],
  'left out, httpOnly is on; written with the value undefined, it is off',
  {
    verdict: 'condition',
    holdsIn: eachOf('httpOnly left out, and undefined', { out: {}, undefined: { httpOnly: undefined } }),
    failsIn: eachOf('httpOnly: false, and undefined', {
      out: { httpOnly: false },
      undefined: { httpOnly: undefined },
    }),
  },
  async ({ request, evidence }) => {
    const found = await attributesOfEach(request, ['out', 'undefined'])
    await evidence.json('attributes', found)
    expect(found['out']).toHaveProperty('HttpOnly')
    expect(found['undefined']).not.toHaveProperty('HttpOnly')
  },
)

prove(
  ['cookie.httpOnly.hidden-from-document.cookie'],
  'the page script sees nothing in document.cookie, while the browser holds the cookie and sends it',
  { holdsIn: 'cookie-attributes', failsIn: 'cookie-attributes/httponly-undefined' },
  async ({ page, demo, cookie, evidence }) => {
    await page.goto('/')
    await page.reload()
    expect(demo.wire().at(-1)?.cookie).toContain(name)
    expect(await cookie(name)).toBeDefined()
    const seen = await page.locator('#seen').textContent()
    await evidence.json('what the page script reads in document.cookie', seen)
    expect(seen).toBe('(nothing)')
  },
)

test('a script cannot read the HttpOnly cookie, but its fetch() sends it all the same', async ({
  page,
  demo,
}) => {
  await page.goto('/')
  await page.evaluate(() => fetch('/admin'))
  expect(demo.wire().at(-1)).toMatchObject({ url: '/admin', cookie: expect.stringContaining(name) })
})

// Path

prove(
  ['cookie.path.sets-attribute'],
  "path: '/admin' makes Path=/admin under /admin; elsewhere there is no session and no cookie at all",
  { verdict: 'condition', holdsIn: 'cookie-attributes/admin-only', failsIn: 'cookie-attributes' },
  async ({ request, demo, evidence }) => {
    const attributes = await attributesAt(request, '/admin')
    const outside = await request.get('/')
    const seen = await outside.text()
    await evidence.json('attributes at /admin', attributes)
    await evidence.json(
      'debug lines of /admin and of /',
      demo.wire().map(({ debug }) => debug),
    )
    expect(attributes?.['Path']).toBe('/admin')
    expect(setCookieLines(outside)).toEqual([])
    expect(seen).toContain('req.session is undefined')
    expect(demo.wire().at(-1)?.debug.join()).toContain('pathname mismatch')
  },
)

prove(
  ['cookie.path.root-by-default'],
  'left out, the path is /; written with the value undefined, there is no Path attribute',
  {
    verdict: 'condition',
    holdsIn: eachOf('path left out, and undefined', { out: {}, undefined: { path: undefined } }),
    failsIn: eachOf('path: /out, and undefined', { out: { path: '/out' }, undefined: { path: undefined } }),
  },
  async ({ request, evidence }) => {
    const found = await attributesOfEach(request, ['out', 'undefined'])
    await evidence.json('attributes', found)
    expect(found['out']?.['Path']).toBe('/')
    expect(found['undefined']).toEqual({ HttpOnly: true })
  },
)

test.describe('path: /admin', () => {
  test.use({ app: 'cookie-attributes/admin-only' })

  test('counts visits under /admin, for the browser as for express-session', async ({ page }) => {
    await page.goto('/admin')
    await page.goto('/admin/users')
    await expect(page.getByText('visits: 2')).toBeVisible()
  })

  test('/administrator starts with /admin: a session is made, its cookie never comes back, rows pile up', async ({
    page,
    demo,
    cookie,
    evidence,
  }) => {
    for (let visit = 0; visit < 3; visit++) await page.goto('/administrator')
    await expect(page.getByText('visits: 1')).toBeVisible()
    const rows = await demo.rows()
    await evidence.json(
      'Cookie headers at /administrator',
      demo.wire().map((exchange) => exchange.cookie),
    )
    await evidence.row('rows', rows)
    expect(rows).toHaveLength(3)
    expect((await cookie(name))?.path).toBe('/admin') // stored, and sent only under /admin
  })

  test('/Admin reaches the same route in Express, and has no session', async ({ request }) => {
    expect(await (await request.get('/Admin')).text()).toContain('req.session is undefined')
  })
})

// cookie as a function

prove(
  ['cookie.function.dynamic-options'],
  'a new session gets the settings of its request; a later request goes on with those in the row',
  { verdict: 'condition', holdsIn: 'cookie-attributes/per-request', failsIn: 'cookie-attributes' },
  async ({ playwright, demo, evidence }) => {
    const visits = async (...paths: string[]) => {
      const visitor = await playwright.request.newContext({ baseURL: demo.url })
      const found = []
      for (const path of paths) found.push((await attributesAt(visitor, path))?.['Path'])
      await visitor.dispose()
      return found
    }
    const foo = await visits('/foo')
    const rootThenFoo = await visits('/', '/foo')
    await evidence.json('Path of a new visitor at /foo', foo)
    await evidence.json('Path of a visitor who comes to /, then to /foo', rootThenFoo)
    expect(foo).toEqual(['/foo'])
    expect(rootThenFoo).toEqual(['/', '/'])
  },
)

const auto = { secure: 'auto' }
prove(
  ['cookie.function.dynamic-options'],
  "secure: 'auto' in the result of the function is not understood: over HTTP the cookie is not sent at all",
  {
    verdict: 'condition',
    holdsIn: eachOf("secure: 'auto' in an object and from a function", {
      object: auto,
      function: () => auto,
    }),
    failsIn: eachOf("secure: 'auto' in an object, and false from a function", {
      object: auto,
      function: () => ({ secure: false }),
    }),
  },
  async ({ request, demo, evidence }) => {
    const found = await attributesOfEach(request, ['object', 'function'])
    await evidence.json("attributes with secure: 'auto'", { ...found, function: found['function'] ?? null })
    await evidence.json('debug lines of the function', demo.wire().at(-1)?.debug)
    expect(found['object']).toEqual({ Path: '/', HttpOnly: true })
    expect(found['function']).toBeUndefined()
    expect(demo.wire().at(-1)?.debug.join()).toContain('not secured')
  },
)

/** A cookie that is kept for a minute where the request asks for it. */
const remembers = inlineApp({
  scenario: 'cookie-attributes',
  name: 'a cookie function that reads a header',
  createApp: ({ store, secret }) => {
    const app = express()
    let calls = 0
    const cookie = (req: express.Request): CookieOptions => {
      calls++
      return req.get('x-remember') === 'yes' ? { maxAge: 60000 } : {}
    }
    app.use(session({ name, secret, store, resave: false, saveUninitialized: true, cookie }))
    app.get('/', (_req, res) => {
      res.send(`${calls} calls`)
    })
    return app
  },
})

prove(
  ['cookie.function.receives-req'],
  'the function reads a header of its request, and the object that it returns becomes the attributes',
  { holdsIn: remembers, failsIn: 'cookie-attributes/per-request' },
  async ({ playwright, demo, evidence }) => {
    const [first, second] = await Promise.all(
      [0, 1].map(() => playwright.request.newContext({ baseURL: demo.url })),
    )
    if (!first || !second) throw new Error('no request context')
    const asked = await attributesAt(first, '/', { 'x-remember': 'yes' })
    const notAsked = await attributesAt(second, '/')
    await evidence.json('attributes with and without the header', [asked, notAsked])
    expect(asked).toEqual({ Path: '/', Expires: expect.any(String), HttpOnly: true })
    expect(notAsked).toEqual({ Path: '/', HttpOnly: true })
  },
)

test.describe('a cookie function', () => {
  test.use({ app: remembers })

  test('is called twice for a new session, and once for one that is found', async ({ request }) => {
    expect(await (await request.get('/')).text()).toBe('2 calls')
    expect(await (await request.get('/')).text()).toBe('3 calls')
  })
})

test.describe("the README's cookie function", () => {
  test.use({ app: 'cookie-attributes/per-request' })

  test('takes the query for a part of the path: with one there is no session', async ({
    request,
    demo,
    evidence,
  }) => {
    for (const path of ['/foo?a=1', '/?a=1'])
      expect(await (await request.get(path)).text()).toContain('req.session is undefined')
    expect(await (await request.get('/foo/?a=1')).text()).toContain('visits: 1')
    const debug = demo.wire().map((exchange) => [exchange.url, exchange.debug])
    await evidence.json('debug lines', debug)
  })

  test('leaves two cookies of one name after /foo and then /: which one counts depends on the page', async ({
    page,
    context,
  }) => {
    const visits: string[] = []
    for (const path of ['/foo', '/', '/foo', '/bar']) {
      await page.goto(path)
      visits.push((await page.getByText(/^visits: /).textContent()) ?? '')
    }
    expect(visits).toEqual(['visits: 1', 'visits: 1', 'visits: 2', 'visits: 2'])
    expect((await context.cookies()).map(({ path }) => path).sort()).toEqual(['/', '/foo'])
  })
})

test.describe('a cookie function that returns nothing', () => {
  test.use({ app: eachOf('a cookie function without return', { none: () => undefined }) })

  test('makes every request an error', async ({ request }) => {
    const response = await request.get('/none')
    expect(response.status()).toBe(500)
    expect(await response.text()).toContain("reading 'path'")
  })
})

// Partitioned

const partitions = { yes: { partitioned: true }, one: { partitioned: 1 }, no: { partitioned: false } }
prove(
  ['cookie.partitioned.truthy-sets-attribute'],
  'truthy partitioned emits Partitioned, falsy omits it',
  {
    holdsIn: eachOf('values of partitioned', partitions),
    failsIn: eachOf('partitioned written with a capital', { ...partitions, yes: { Partitioned: true } }),
  },
  async ({ request, evidence }) => {
    const found = await attributesOfEach(request, ['yes', 'one', 'no'])
    await evidence.json('attributes for each value of partitioned', found)
    expect(found['yes']).toHaveProperty('Partitioned', true)
    expect(found['one']).toHaveProperty('Partitioned', true)
    expect(found['no']).not.toHaveProperty('Partitioned')
  },
)

prove(
  ['cookie.partitioned.unset-by-default'],
  'without the option there is no Partitioned',
  { holdsIn: 'cookie-attributes', failsIn: 'cookie-attributes/partitioned' },
  async ({ request, evidence }) => {
    const attributes = await attributesAt(request, '/')
    await evidence.json('attributes', attributes)
    expect(attributes).not.toHaveProperty('Partitioned')
  },
)

test.describe('partitioned without secure', () => {
  test.use({ app: 'cookie-attributes/partitioned' })

  test('is sent, and Chromium keeps nothing', async ({ page, context, evidence }) => {
    const response = await page.goto('/')
    await evidence.setCookie('Set-Cookie', await response?.headerValues('set-cookie'))
    await page.reload()
    await expect(page.getByText('visits: 1')).toBeVisible()
    expect(await context.cookies()).toEqual([])
  })
})

// Priority

const priorities = {
  low: { priority: 'low' },
  medium: { priority: 'medium' },
  high: { priority: 'high' },
  shouted: { priority: 'HIGH' },
}
prove(
  ['cookie.priority.low-medium-high'],
  'low, medium and high become Priority=Low, Medium and High, in whatever case they are written',
  {
    holdsIn: eachOf('values of priority', priorities),
    failsIn: eachOf('priority: medium for all', { ...priorities, low: priorities.medium }),
  },
  async ({ request, evidence }) => {
    const found = await attributesOfEach(request, Object.keys(priorities))
    await evidence.json('attributes for each priority', found)
    const seen = Object.values(found).map((attributes) => attributes?.['Priority'])
    expect(seen).toEqual(['Low', 'Medium', 'High', 'High'])
  },
)

prove(
  ['cookie.priority.medium-is-default-when-unset'],
  'without a priority no attribute is sent, and Chromium keeps the cookie as Medium',
  { holdsIn: 'cookie-attributes', failsIn: withCookie('priority: high', { priority: 'high' }) },
  async ({ page, context, evidence }) => {
    const response = await page.goto('/')
    const lines = (await response?.headerValues('set-cookie')) ?? []
    const record = await recordOf(context, page)
    await evidence.setCookie('Set-Cookie', lines)
    await evidence.cookie("the browser's record of it", record)
    expect(lines.map(parseSetCookie)[0]?.attributes).not.toHaveProperty('Priority')
    expect(record?.priority).toBe('Medium')
  },
)

// values that are no values

const wrong = {
  priority: { priority: 'urgent' },
  domain: { domain: 'localhost:3000' },
  'same-site': () => ({ sameSite: 'auto' }), // understood in an object only
}
test.describe('a value that cannot be written into Set-Cookie', () => {
  test.use({ app: eachOf('impossible values', wrong) })

  for (const path of ['priority', 'domain', 'same-site']) {
    test(`${path}: nothing happens at start; the answer is 200 and has no cookie`, async ({
      request,
      evidence,
    }) => {
      const response = await request.get(path)
      await evidence.json('status and Set-Cookie', [response.status(), setCookieLines(response)])
      expect(response.status()).toBe(200)
      expect(await response.text()).toBe('an answer')
      expect(setCookieLines(response)).toEqual([])
      await expect
        .poll(async () => (await request.get('/late')).json())
        .toEqual([expect.stringMatching(/^option .+ is invalid$/)])
    })
  }
})

// the advice

prove(
  ['security.set-cookie-security-options'],
  'with values chosen, scripts cannot read the cookie, a POST from another site lacks it, and it ends',
  { holdsIn: 'cookie-attributes/protected', failsIn: 'cookie-attributes' },
  async ({ page, demo, cookie, evidence }) => {
    await page.goto('/')
    expect(await page.locator('#seen').textContent()).toBe('(nothing)')

    await page.goto(demo.url.replace('localhost', 'evil.test'))
    await page.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action })
      document.body.append(form)
      form.submit()
    }, demo.url)
    await page.waitForURL(demo.url)
    const posted = demo.wire().find(({ method }) => method === 'POST')
    await evidence.json('Cookie of a POST from a form on evil.test', posted?.cookie ?? null)
    expect(posted).toBeDefined()
    expect(posted?.cookie).toBeNull()

    const held = await cookie(name)
    await evidence.cookie('cookie', held)
    expect(held?.expires).toBeGreaterThan(Date.now() / 1000)
  },
)
