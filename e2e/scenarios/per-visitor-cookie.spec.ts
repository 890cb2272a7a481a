import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request, type Response } from 'express'
import session from 'express-session'
import type { APIRequestContext, APIResponse } from 'playwright/test'
import { type Demo, expect, type InlineApp, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, setCookieLines, setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'per-visitor-cookie.sid'
const minute = 60_000
const hour = 3_600_000

test.use({ app: 'per-visitor-cookie' })

interface Seen {
  maxAge: number | null
  originalMaxAge: number | null
  expires: string | false | null
  id: string
  sessionID: string
}

/** What the page shows of req.session.cookie and of the ids. */
function seenIn(html: string): Seen {
  const entries = [...html.matchAll(/<dt>(\w+)<\/dt><dd>(.*?)<\/dd>/g)]
  return Object.fromEntries(entries.map(([, key, value]) => [key, JSON.parse(value ?? 'null')])) as Seen
}
const look = async (request: APIRequestContext): Promise<Seen> =>
  seenIn(await (await request.get('/')).text())

/** Presses a button, and gives the answer before its redirect. */
const press = (request: APIRequestContext, path: string): Promise<APIResponse> =>
  request.post(path, { maxRedirects: 0 })

const cookieOf = (response: APIResponse) => setCookieOf(setCookieLines(response), name)
/** ms from the response's Date to the end of the cookie that it sets; both are whole seconds. */
const lifetimeOf = (response: APIResponse) =>
  Date.parse(String(cookieOf(response)?.attributes['Expires'])) - Date.parse(response.headers()['date'] ?? '')

/** The cookie that lies inside the row. */
async function cookieInRow(demo: Demo, sid: string): Promise<Record<string, unknown>> {
  return JSON.parse((await demo.row(sid))?.data ?? '{}').cookie ?? {}
}

type Handle = (req: Request & { session: { n?: number } }, res: Response) => void

/** A page that answers whatever the handler makes of req.session. */
const answering = (what: string, handle: Handle, options: Partial<session.SessionOptions> = {}) =>
  inlineApp({
    scenario: 'per-visitor-cookie',
    name: what,
    createApp: ({ store, secret }) => {
      const app = express()
      const cookie = { maxAge: minute }
      app.use(session({ name, secret, store, resave: false, saveUninitialized: true, cookie, ...options }))
      app.all('/{*path}', handle as express.RequestHandler)
      return app
    },
  })

// ids

prove(
  ['session.id.unique-per-session'],
  '100 visitors get 100 ids',
  {
    holdsIn: 'per-visitor-cookie',
    failsIn: answering(
      'a genid that gives one id to all',
      (req, res) => {
        res.send(`<dt>id</dt><dd>"${req.session.id}"</dd>`)
      },
      { genid: () => 'the-same-for-everybody' },
    ),
  },
  async ({ demo, evidence }) => {
    // fetch has no cookie jar: every request is that of a new visitor
    const visits = Array.from({ length: 100 }, async () => seenIn(await (await fetch(demo.url)).text()).id)
    const ids = await Promise.all(visits)
    await evidence.json('the first ids', ids.slice(0, 3))
    expect(new Set(ids).size).toBe(100)
  },
)

/** Reads both ids before and after a write to req.sessionID. */
const idsAroundWrite = (isWriting: boolean) =>
  answering(isWriting ? 'writes to req.sessionID' : 'writes nothing', (req, res) => {
    const before = [req.session.id, req.sessionID]
    if (isWriting) req.sessionID = 'written'
    res.json({ before, after: [req.session.id, req.sessionID] })
  })

prove(
  ['session.id.alias-of-sessionID'],
  'both are the same text, until req.sessionID is written to: req.session.id is a copy',
  { verdict: 'condition', holdsIn: idsAroundWrite(true), failsIn: idsAroundWrite(false) },
  async ({ request, evidence }) => {
    const { before, after } = await (await request.get('/')).json()
    await evidence.json('req.session.id and req.sessionID, before and after the write', { before, after })
    expect(before[0]).toBe(before[1])
    expect(after).toEqual([before[0], 'written'])
  },
)

test('the page shows one id under both names', async ({ request }) => {
  const { id, sessionID } = await look(request)
  expect(id).toMatch(/^[\w-]{32}$/)
  expect(sessionID).toBe(id)
})

prove(
  ['session.id.cannot-be-modified'],
  'writing to req.session.id throws, and the visitor keeps the id',
  { holdsIn: 'per-visitor-cookie', failsIn: 'per-visitor-cookie/write-session-id' },
  async ({ request, evidence }) => {
    const { id } = await look(request)
    const response = await press(request, '/id')
    const answer = await response.text()
    await evidence.json('answer', [response.status(), answer])
    expect(answer).toContain('Cannot assign to read only property')
    expect((await look(request)).id).toBe(id)
  },
)

test.describe('in sloppy mode', () => {
  const write = new Function('session', 'session.id = "mine"')
  test.use({
    app: answering('sloppy mode', (req, res) => {
      write(req.session)
      res.json(req.session.id)
    }),
  })

  test('writing to req.session.id is ignored without a word', async ({ request }) => {
    expect(await (await request.get('/')).json()).toMatch(/^[\w-]{32}$/)
  })
})

prove(
  ['req.sessionID.holds-loaded-id'],
  'req.sessionID is the id in the cookie that was given, and on later requests the one in the cookie that was sent',
  { holdsIn: 'per-visitor-cookie', failsIn: idsAroundWrite(true) },
  async ({ request, evidence }) => {
    const first = await request.get('/')
    const given = sidOf(cookieOf(first)?.value ?? '')
    const created = seenIn(await first.text()).sessionID
    const loaded = (await look(request)).sessionID
    await evidence.json('id in the cookie, req.sessionID when created, when loaded', [given, created, loaded])
    expect(created).toBe(given)
    expect(loaded).toBe(given)
  },
)

prove(
  ['req.sessionID.read-only'],
  'req.sessionID can be written to: the cookie takes the new id, the row keeps the old one, the visitor is lost',
  {
    verdict: 'does-not-hold',
    holdsIn: 'per-visitor-cookie/write-session-id',
    failsIn: 'per-visitor-cookie',
  },
  async ({ request, demo, evidence }) => {
    const { id } = await look(request)
    const response = await press(request, '/id')
    const given = cookieOf(response)
    await evidence.setCookie('Set-Cookie of the response that wrote to req.sessionID', given)
    await evidence.calls('store calls', demo.wire().at(-1)?.calls)
    expect(given?.value).toBe(signed('mine', secret))
    expect((await demo.row(id))?.data).toContain('"changes":1')
    expect(await demo.row('mine')).toBeUndefined()
    const next = await look(request)
    await evidence.json('id before, and on the next request', [id, next.id])
    expect(next.id).not.toBe(id)
  },
)

// a cookie object for each session

prove(
  ['session.cookie.unique-object-per-session'],
  "one visitor's cookie is set to an hour; the next visitor still gets a minute",
  { holdsIn: 'per-visitor-cookie', failsIn: 'per-visitor-cookie/shared-options' },
  async ({ playwright, demo, evidence }) => {
    const [first, second] = [
      await playwright.request.newContext({ baseURL: demo.url }),
      await playwright.request.newContext({ baseURL: demo.url }),
    ]
    await look(first)
    await press(first, '/max-age')
    const other = await look(second)
    await evidence.json('what the second visitor has', other)
    expect(other.originalMaxAge).toBeLessThanOrEqual(minute)
  },
)

prove(
  ['session.cookie.alter-per-visitor'],
  'a change to req.session.cookie is sent when session data changes with it: this visitor has an hour',
  { verdict: 'condition', holdsIn: 'per-visitor-cookie', failsIn: 'per-visitor-cookie/cookie-only' },
  async ({ request, demo, evidence }) => {
    const { id } = await look(request)
    const response = await press(request, '/max-age')
    await evidence.setCookie('Set-Cookie', cookieOf(response))
    await evidence.row('row', await demo.row(id))
    expect(cookieOf(response)).toBeDefined()
    expect(Math.abs(lifetimeOf(response) - hour)).toBeLessThan(5_000)
  },
)

prove(
  ['session.cookie.alter-per-visitor'],
  'without a change of data, the row says an hour and the browser was told nothing',
  { verdict: 'condition', holdsIn: 'per-visitor-cookie/cookie-only', failsIn: 'per-visitor-cookie' },
  async ({ page, demo, cookie, evidence }) => {
    await page.goto('/')
    const { id } = seenIn(await page.content())
    const before = await cookie(name)
    await page.getByRole('button', { name: 'maxAge = 1 h' }).click()
    await page.waitForURL(demo.url)
    const after = await cookie(name)
    const row = await demo.row(id)
    await evidence.cookie("the browser's cookie before and after", [before, after])
    await evidence.row('row', row)
    expect(after?.expires).toBe(before?.expires)
    expect((row?.expires ?? 0) - Date.now()).toBeGreaterThan(hour - minute)
  },
)

prove(
  ['session.cookie.expires-false-makes-user-agent-session'],
  'expires = false makes it a cookie without Expires, for this and for later requests',
  { verdict: 'condition', holdsIn: 'per-visitor-cookie', failsIn: 'per-visitor-cookie/expires-null' },
  async ({ page, demo, cookie, evidence }) => {
    await page.goto('/')
    const { id } = seenIn(await page.content())
    expect((await cookie(name))?.expires).toBeGreaterThan(0)
    await page.getByRole('button', { name: /^expires = (false|null)$/ }).click()
    await page.waitForURL(demo.url)
    const posted = demo.wire().find(({ method }) => method === 'POST')
    await evidence.setCookie('Set-Cookie', posted?.setCookie)
    await evidence.cookie('cookie', await cookie(name))
    await evidence.row('row', await demo.row(id))
    expect(posted?.setCookie.map(parseSetCookie)[0]?.attributes).toEqual({ Path: '/', HttpOnly: true })
    expect((await cookie(name))?.expires).toBe(-1)
    expect(await cookieInRow(demo, id)).toMatchObject({ originalMaxAge: false, expires: false })
    await page.reload()
    expect(seenIn(await page.content())).toMatchObject({ maxAge: false, originalMaxAge: false, id })
  },
)

prove(
  ['session.cookie.expires-false-makes-user-agent-session'],
  'without a change of data, expires = false reaches the row and not the browser, where the minute goes on',
  { verdict: 'condition', holdsIn: 'per-visitor-cookie/cookie-only', failsIn: 'per-visitor-cookie' },
  async ({ request, demo, evidence }) => {
    const { id } = await look(request)
    const response = await press(request, '/browser')
    await evidence.setCookie('Set-Cookie', cookieOf(response))
    await evidence.row('row', await demo.row(id))
    expect(cookieOf(response)).toBeUndefined()
    expect(await cookieInRow(demo, id)).toMatchObject({ expires: false })
  },
)

test('a row without expiry lasts as long as its store says: a day in this SQLite', async ({
  request,
  demo,
}) => {
  const { id } = await look(request)
  await press(request, '/browser')
  const left = ((await demo.row(id))?.expires ?? 0) - Date.now()
  expect(Math.abs(left - 24 * hour)).toBeLessThan(minute)
})

// maxAge, expires, originalMaxAge

prove(
  ['cookie-object.maxAge.returns-remaining-ms'],
  'maxAge counts down what is left of the row, whatever is left of the cookie in the browser',
  {
    verdict: 'condition',
    holdsIn: 'per-visitor-cookie',
    failsIn: 'per-visitor-cookie/streamed',
    tag: '@waits',
  },
  async ({ page, cookie, evidence }) => {
    const seen = async () => {
      await page.reload()
      const { maxAge } = seenIn(await page.content())
      return { maxAge: maxAge ?? 0, inBrowser: ((await cookie(name))?.expires ?? 0) * 1000 - Date.now() }
    }
    await page.goto('/')
    await page.waitForTimeout(2_500)
    const once = await seen() // touches the row, and sends no cookie
    await page.waitForTimeout(2_500)
    const twice = await seen()
    await evidence.json('maxAge, and what is left of the cookie in the browser', [once, twice])
    expect(once.maxAge).toBeGreaterThan(minute / 2)
    expect(once.maxAge).toBeLessThan(minute - 2_400)
    expect(twice.maxAge).toBeLessThan(minute - 2_400)
    expect(twice.maxAge - twice.inBrowser).toBeGreaterThan(1_000)
  },
)

test.describe('without expiry', () => {
  test.use({
    app: answering(
      'no maxAge',
      (req, res) => {
        res.json([req.session.cookie.maxAge, req.session.cookie.originalMaxAge])
      },
      { cookie: {} },
    ),
  })

  test('maxAge and originalMaxAge are null', async ({ request }) => {
    expect(await (await request.get('/')).json()).toEqual([null, null])
  })
})

/** Reads expires and originalMaxAge after assigning maxAge. */
const assigning = (what: string, assign: (req: Request) => void) =>
  answering(what, (req, res) => {
    assign(req)
    const { expires, maxAge, originalMaxAge } = req.session.cookie
    res.json({ left: Number(expires) - Date.now(), maxAge, originalMaxAge })
  })
const assignsAnHour = assigning('maxAge = 1 h', (req) => {
  req.session.cookie.maxAge = hour
})

prove(
  ['cookie-object.maxAge.assignment-adjusts-expires'],
  'after maxAge = 1 h, expires is an hour from now, and so is Expires on the wire',
  {
    holdsIn: assignsAnHour,
    failsIn: assigning('nothing is assigned', () => {}),
  },
  async ({ request, evidence }) => {
    const response = await request.get('/')
    const { left } = await response.json()
    await evidence.json('ms until expires', left)
    await evidence.setCookie('Set-Cookie', cookieOf(response))
    expect(Math.abs(left - hour)).toBeLessThan(5_000)
    expect(Math.abs(lifetimeOf(response) - hour)).toBeLessThan(5_000)
  },
)

prove(
  ['cookie-object.maxAge.equivalent-to-setting-expires'],
  'expires = now + 1 h and maxAge = 1 h make the same Set-Cookie, row and originalMaxAge, now and later',
  { holdsIn: 'per-visitor-cookie', failsIn: 'per-visitor-cookie/in-seconds' },
  async ({ playwright, demo, evidence }) => {
    const outcome = async (path: string) => {
      const request = await playwright.request.newContext({ baseURL: demo.url })
      const { id } = await look(request)
      const lifetime = lifetimeOf(await press(request, path))
      const later = await look(request)
      const row = ((await demo.row(id))?.expires ?? 0) - Date.now()
      await request.dispose()
      return { lifetime, row, originalMaxAge: later.originalMaxAge ?? 0, maxAge: later.maxAge ?? 0 }
    }
    const byExpires = await outcome('/expires')
    const byMaxAge = await outcome('/max-age')
    await evidence.json('by expires, by maxAge', [byExpires, byMaxAge])
    for (const { lifetime, row, originalMaxAge, maxAge } of [byExpires, byMaxAge]) {
      expect(Math.abs(lifetime - hour)).toBeLessThan(5_000)
      expect(Math.abs(row - hour)).toBeLessThan(5_000)
      expect(Math.abs(originalMaxAge - hour)).toBeLessThan(100)
      expect(Math.abs(maxAge - hour)).toBeLessThan(5_000)
    }
  },
)

test.describe('a fixed date', () => {
  const date = Date.now() + hour
  test.use({
    app: answering('expires = a fixed date, once', (req, res) => {
      if (req.path === '/fix') req.session.cookie.expires = new Date(date)
      req.session.n = (req.session.n ?? 0) + 1
      setTimeout(() => res.json(Number(req.session.cookie.expires)), req.path === '/fix' ? 1_500 : 0)
    }),
  })

  test('is not kept: touch makes it slide, with the slow response that sets it, and with each one after', async ({
    request,
    evidence,
  }) => {
    const inHandler = await (await request.get('/fix')).json()
    const later = await (await request.get('/')).json()
    await evidence.json('ms after the date that was set', {
      inHandler: inHandler - date,
      later: later - date,
    })
    expect(inHandler).toBe(date)
    expect(later - date).toBeGreaterThan(1_400)
  })
})

test.describe('maxAge as text', () => {
  test.use({
    app: answering('maxAge = text', (req, res) => {
      try {
        req.session.cookie.maxAge = '60000' as unknown as number
        res.send('accepted')
      } catch (error) {
        res.send(String(error))
      }
    }),
  })

  test('is refused with a TypeError', async ({ request }) => {
    expect(await (await request.get('/')).text()).toBe('TypeError: maxAge must be a number or Date')
  })
})

// when it is put back

/** Lets 300 ms pass in the request, and reads maxAge before, after the head has left, and when all is sent. */
function timed(what: string, modifies: boolean): InlineApp {
  const log: number[] = []
  return answering(what, (req, res) => {
    if (req.path === '/log') return void res.json(log.splice(0))
    if (modifies) req.session.n = (req.session.n ?? 0) + 1
    const read = () => log.push(req.session.cookie.maxAge ?? 0)
    setTimeout(() => {
      read()
      res.write('the head leaves ')
      read()
      res.end('and the rest')
      read()
    }, 300)
  })
}

prove(
  ['cookie-object.maxAge.reset-by-touch-when-request-completes'],
  'without Set-Cookie it stays reduced until the response ends, and is then put back',
  {
    verdict: 'condition',
    holdsIn: timed('streams, changes nothing', false),
    failsIn: timed('streams, changes data', true),
  },
  async ({ request, evidence }) => {
    await request.get('/')
    await request.get('/log')
    await request.get('/')
    const [before, written, ended] = await (await request.get('/log')).json()
    await evidence.json('maxAge before res.write, after it, after res.end', { before, written, ended })
    expect(before).toBeLessThan(minute - 250)
    expect(written).toBeLessThan(minute - 250)
    expect(ended).toBeGreaterThan(minute - 50)
  },
)

prove(
  ['cookie-object.maxAge.reset-by-touch-when-request-completes'],
  'with Set-Cookie it is put back as soon as the head leaves, while the request still goes on',
  {
    verdict: 'condition',
    holdsIn: timed('streams, changes data', true),
    failsIn: timed('streams, changes nothing', false),
  },
  async ({ request, evidence }) => {
    await request.get('/')
    await request.get('/log')
    await request.get('/')
    const [before, written, ended] = await (await request.get('/log')).json()
    await evidence.json('maxAge before res.write, after it, after res.end', { before, written, ended })
    expect(before).toBeLessThan(minute - 250)
    expect(written).toBeGreaterThan(minute - 50)
  },
)

/** originalMaxAge at first, after a shorter maxAge has been assigned, and after many touches. */
const originals = (assigned: number | undefined) =>
  answering(`maxAge = ${assigned ?? 'as configured'}`, (req, res) => {
    const { cookie } = req.session
    const configured = cookie.originalMaxAge
    if (assigned !== undefined) cookie.maxAge = assigned
    res.json({ configured, reassigned: cookie.originalMaxAge })
  })

prove(
  ['cookie-object.originalMaxAge.returns-original-ttl'],
  'it is the time in ms that was configured, until another one is assigned: then it is that one',
  { verdict: 'condition', holdsIn: originals(5_000), failsIn: originals(undefined) },
  async ({ request, evidence }) => {
    const { configured, reassigned } = await (await request.get('/')).json()
    await evidence.json('originalMaxAge as configured, and after maxAge = 5000', { configured, reassigned })
    expect(Math.abs(configured - minute)).toBeLessThan(50)
    expect(Math.abs(reassigned - 5_000)).toBeLessThan(50)
  },
)

test.describe('many touches', () => {
  test.use({
    app: answering('touch for half a second', (req, res) => {
      const end = Date.now() + 500
      while (Date.now() < end) req.session.touch()
      res.json(req.session.cookie.originalMaxAge)
    }),
  })

  test('wear originalMaxAge down: each may lose a millisecond, none gives it back', async ({
    request,
    evidence,
  }) => {
    const left = await (await request.get('/')).json()
    await evidence.json('originalMaxAge after half a second of touch()', left)
    expect(left).toBeLessThan(minute)
  })
})

// touch

/** Reads maxAge before and after touch(), late in the request. */
const touching = (isTouching: boolean) =>
  answering(isTouching ? 'calls touch()' : 'does not call touch()', (req, res) => {
    setTimeout(() => {
      const before = req.session.cookie.maxAge
      if (isTouching) req.session.touch()
      res.json([before, req.session.cookie.maxAge])
    }, 300)
  })

prove(
  ['session.touch.updates-maxAge'],
  'touch() puts the reduced maxAge back to originalMaxAge',
  { holdsIn: touching(true), failsIn: touching(false) },
  async ({ request, demo, evidence }) => {
    const [before, after] = await (await request.get('/')).json()
    await evidence.json('maxAge before and after touch()', [before, after])
    await evidence.calls('store calls: session touch makes none', demo.wire()[0]?.calls)
    expect(before).toBeLessThan(minute - 250)
    expect(after).toBeGreaterThan(minute - 50)
  },
)

prove(
  ['session.touch.called-by-middleware'],
  'an app that never calls touch(): a request that changes nothing extends the row all the same',
  {
    holdsIn: 'per-visitor-cookie',
    failsIn: answering('a touch() that does nothing', (req, res) => {
      Object.defineProperty(req.session, 'touch', { value: () => req.session })
      const { id, cookie } = req.session
      res.send(`<dt>id</dt><dd>"${id}"</dd><dt>maxAge</dt><dd>${cookie.maxAge}</dd>`)
    }),
  },
  async ({ request, demo, evidence }) => {
    const { id } = await look(request)
    const before = await demo.row(id)
    await pause(300) // the two ends have to be told apart
    await look(request)
    const after = await demo.row(id)
    await evidence.row('row before and after', [before, after])
    await evidence.calls('store calls', demo.wire().at(-1)?.calls)
    expect((after?.expires ?? 0) - (before?.expires ?? 0)).toBeGreaterThanOrEqual(250)
  },
)
