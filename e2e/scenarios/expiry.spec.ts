import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request } from 'express'
import session, { type SessionOptions } from 'express-session'
import type { APIResponse } from 'playwright/test'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { runScript } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, setCookieLines, setCookieOf, sidOf } from '../support/wire.ts'

const name = 'expiry.sid'
const maxAge = 5_000
const day = 86_400_000
const inSeconds = (at: number) => Math.floor(at / 1000) // Expires has whole seconds

/** Two pages under the given options: / reads, everything else writes. */
const appWith = (title: string, options: Partial<SessionOptions>) =>
  inlineApp({
    scenario: 'expiry',
    name: title,
    createApp({ store, secret }) {
      const app = express()
      app.use(express.static('public'))
      app.use(session({ name, secret, store, resave: false, saveUninitialized: false, ...options }))
      app.get('/', (req, res) => {
        res.send(JSON.stringify(req.session))
      })
      app.use((req: Request & { session: { writes?: number } }, res) => {
        req.session.writes = (req.session.writes ?? 0) + 1
        res.send(JSON.stringify(req.session))
      })
      return app
    },
  })

const cookieOf = (response: APIResponse) => setCookieOf(setCookieLines(response), name)
/** The Expires of the session cookie that a response sets, in ms; NaN without one. */
const expiresOf = (response: APIResponse) => Date.parse(String(cookieOf(response)?.attributes['Expires']))
const dateOf = (response: APIResponse) => Date.parse(response.headers()['date'] ?? '')

test.use({ app: 'expiry' })

// --- cookie.maxAge ---

prove(
  ['cookie.maxAge.expires-is-server-time-plus-maxAge'],
  "Expires is the server's time plus maxAge, cut to whole seconds; no Max-Age is sent",
  { holdsIn: 'expiry', failsIn: 'expiry/no-expiry' },
  async ({ request, demo, evidence }) => {
    const response = await request.get('/write')
    const [exchange] = demo.wire()
    const earliest = inSeconds((exchange?.at ?? 0) + maxAge) * 1000
    const latest = (exchange?.at ?? 0) + (exchange?.duration ?? 0) + maxAge
    await evidence.setCookie('Set-Cookie', setCookieLines(response))
    await evidence.json('Expires, and the moments between which it has to lie', {
      expires: new Date(expiresOf(response) || 0),
      earliest: new Date(earliest),
      latest: new Date(latest),
    })
    expect(expiresOf(response)).toBeGreaterThanOrEqual(earliest)
    expect(expiresOf(response)).toBeLessThanOrEqual(latest)
    expect(Object.keys(cookieOf(response)?.attributes ?? {})).not.toContain('Max-Age')
  },
)

prove(
  ['cookie.maxAge.unset-by-default', 'cookie.expires.unset-by-default'],
  'without maxAge and expires, Set-Cookie has neither Expires nor Max-Age, and the row knows no end either',
  { holdsIn: 'expiry/no-expiry', failsIn: 'expiry' },
  async ({ request, demo, evidence }) => {
    const given = cookieOf(await request.get('/write'))
    const row = await demo.row(sidOf(given?.value ?? ''))
    const { cookie } = JSON.parse(row?.data ?? '{}')
    await evidence.setCookie('Set-Cookie', demo.wire()[0]?.setCookie)
    await evidence.row('row', row)
    expect(given?.attributes).toEqual({ Path: '/', HttpOnly: true })
    expect(cookie).toMatchObject({ originalMaxAge: null, expires: null })
    expect(new session.Cookie().maxAge).toBeNull()
  },
)

test.describe('maxAge: 0', () => {
  test.use({ app: appWith('maxAge: 0', { cookie: { maxAge: 0 } }) })

  test('is no "session cookie": it ends at once, and every request starts a new session', async ({
    page,
    demo,
    cookie,
    evidence,
  }) => {
    await page.goto('/write')
    await page.goto('/write')
    const [first, second] = demo.wire()
    await evidence.setCookie(
      'Set-Cookie',
      [first, second].flatMap((each) => each?.setCookie),
    )
    expect(setCookieOf(first?.setCookie ?? [], name)?.attributes['Expires']).toBeDefined()
    expect(await cookie(name)).toBeUndefined()
    expect(second?.cookie).toBeNull()
    expect(await page.textContent('body')).toContain('"writes":1')
  })
})

test.describe('maxAge of two years', () => {
  test.use({ app: appWith('maxAge of two years', { cookie: { maxAge: 730 * day } }) })

  test('is cut to 400 days by the browser; Set-Cookie and row say two years', async ({
    page,
    demo,
    cookie,
    sid,
    evidence,
  }) => {
    await page.goto('/write')
    const held = ((await cookie(name))?.expires ?? 0) * 1000
    const row = (await demo.row((await sid(name)) ?? ''))?.expires ?? 0
    const days = { jar: (held - Date.now()) / day, row: (row - Date.now()) / day }
    await evidence.setCookie('Set-Cookie', demo.wire()[0]?.setCookie)
    await evidence.json('days left', days)
    expect(days.jar).toBeCloseTo(400, 1)
    expect(days.row).toBeCloseTo(730, 1)
  })
})

/** A whole server with the given maxAge, which asks itself for one page. */
const serverWith = (maxAge: string) => `
  import express from 'express'
  import session from 'express-session'
  const app = express()
  app.use(session({ secret: 'x', resave: false, saveUninitialized: false, cookie: { maxAge: ${maxAge} } }))
  app.get('/', (req, res) => res.send('hello'))
  const server = app.listen(0, async () => {
    const response = await fetch('http://localhost:' + server.address().port)
    console.log("status " + response.status)
    process.exit()
  })
`

test('maxAge as text, as it comes from process.env, is no error at the start: the first request ends the process', async ({
  evidence,
}) => {
  const run = async (maxAge: string) => {
    const server = await runScript(serverWith(maxAge))
    return { code: await server.ended, printed: server.output() }
  }
  expect(await run('5000')).toEqual({ code: 0, printed: 'status 200\n' })
  const { code, printed } = await run("'5000'")
  await evidence.json('what the process printed at its end', printed)
  expect(code).toBe(1)
  expect(printed).toContain("TypeError: Cannot read properties of undefined (reading 'originalMaxAge')")
})

// --- cookie.expires ---

const date = new Date(Date.now() + 86_400_000)

prove(
  ['cookie.expires.date-sets-attribute'],
  'the first response has the Date, cut to whole seconds; one 2 s later is 2 s beyond it',
  {
    holdsIn: appWith('expires is a Date', { cookie: { expires: date } }),
    failsIn: appWith('maxAge instead', { cookie: { maxAge: 60_000 } }),
    verdict: 'condition',
    tag: '@waits',
  },
  async ({ request, demo, evidence }) => {
    const first = await request.get('/write')
    await evidence.json('the Date', date)
    await evidence.setCookie('Set-Cookie of the first response', setCookieLines(first))
    const off = expiresOf(first) - Math.floor(date.getTime() / 1000) * 1000
    expect(off).toBeGreaterThanOrEqual(0)
    expect(off).toBeLessThanOrEqual(1000)

    // the row keeps how long it was until then, and every later response counts from that anew
    const row = await demo.row(sidOf(cookieOf(first)?.value ?? ''))
    await evidence.row('row', row)
    await pause(2_000)
    const second = await request.get('/write')
    await evidence.setCookie('Set-Cookie 2 s later', setCookieLines(second))
    expect(expiresOf(second) - date.getTime()).toBeGreaterThan(900)
    expect(Math.abs(expiresOf(second) - expiresOf(first) - 2000)).toBeLessThanOrEqual(1000)
  },
)

prove(
  ['cookie.expires.none-means-non-persistent'],
  'the cookie is gone after the browser was closed, unless that browser reopens where it left off',
  {
    holdsIn: 'expiry/no-expiry',
    failsIn: appWith('maxAge of an hour', { cookie: { maxAge: 3_600_000 } }),
    verdict: 'condition',
  },
  async ({ playwright, wholeBrowser, demo, evidence }) => {
    const seen = new Map<string, unknown[]>()
    const inMemory = expect.objectContaining({ expires: -1 })
    for (const restores of [false, true]) {
      const profile = await mkdtemp(join(tmpdir(), 'profile-'))
      await mkdir(join(profile, 'Default'))
      if (restores) {
        const preferences = { session: { restore_on_startup: 1 } } // "Continue where you left off"
        await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
      }
      const flags = restores ? ['--restore-last-session'] : []
      const args = [...(wholeBrowser.args ?? []), ...flags]
      const held = []
      for (const visits of [true, false]) {
        const browser = await playwright.chromium.launchPersistentContext(profile, { ...wholeBrowser, args })
        if (visits) await (await browser.newPage()).goto(`${demo.url}write`)
        const found = (await browser.cookies()).find((cookie) => cookie.name === name)
        held.push(found ? { value: found.value.slice(0, 12), expires: found.expires } : null)
        await browser.close()
      }
      await rm(profile, { recursive: true, force: true })
      seen.set(restores ? 'browser that reopens where it left off' : 'browser as installed', held)
      expect(held).toEqual([inMemory, restores ? inMemory : null])
    }
    await evidence.json('cookie before closing and after opening again', Object.fromEntries(seen))
    await evidence.json('rows in the end', (await demo.rows()).length)
    expect(await demo.rows()).toHaveLength(2) // closing a browser tells the server nothing
  },
)

const inTwoHours = new Date(Date.now() + 7_200_000)
const maxAgeLast = appWith('{ expires, maxAge }', { cookie: { expires: inTwoHours, maxAge: 60_000 } })
const expiresLast = appWith('{ maxAge, expires }', { cookie: { maxAge: 60_000, expires: inTwoHours } })

prove(
  ['cookie.expires.last-of-expires-and-maxAge-wins'],
  '{ maxAge: 5 s, expires: in 1 h } gives an hour',
  { holdsIn: 'expiry/expires-last', failsIn: maxAgeLast },
  async ({ request, evidence }) => {
    const response = await request.get('/write')
    await evidence.setCookie('Set-Cookie', setCookieLines(response))
    expect(Math.abs(expiresOf(response) - dateOf(response) - 3_600_000)).toBeLessThan(30_000)
  },
)

prove(
  ['cookie.expires.last-of-expires-and-maxAge-wins'],
  '{ expires: in 2 h, maxAge: 60 s } gives 60 seconds',
  { holdsIn: maxAgeLast, failsIn: expiresLast },
  async ({ request, evidence }) => {
    const response = await request.get('/write')
    await evidence.setCookie('Set-Cookie', setCookieLines(response))
    expect(Math.abs(expiresOf(response) - dateOf(response) - 60_000)).toBeLessThanOrEqual(1_000)
  },
)

test.describe('the place in the object decides, not the order of writing', () => {
  const defaults = { expires: new Date(0), maxAge: 60_000 }
  test.use({
    app: appWith('{ ...defaults, expires }', { cookie: { ...defaults, expires: inTwoHours } }),
  })

  test('an expires that replaces the one of a spread object keeps its place: maxAge stays in effect', async ({
    request,
    evidence,
  }) => {
    const response = await request.get('/write')
    await evidence.setCookie('Set-Cookie', setCookieLines(response))
    expect(Math.abs(expiresOf(response) - dateOf(response) - 60_000)).toBeLessThanOrEqual(1_000)
  })
})

prove(
  ['cookie.expires.should-not-be-set-directly'],
  'who comes 3 s later gets as long a session as who came first; who comes after 16 s gets one at all',
  { holdsIn: 'expiry', failsIn: 'expiry/fixed-date', tag: '@waits' },
  async ({ playwright, demo, evidence }) => {
    const seen: { at: number; lasts: number; writes: string | undefined }[] = []
    const begin = Date.now()
    for (const at of [0, 3_000, 16_000]) {
      await pause(begin + at - Date.now())
      const visitor = await playwright.request.newContext({ baseURL: demo.url })
      const response = await visitor.get('/write')
      const again = await (await visitor.get('/write')).text()
      const lasts = (expiresOf(response) - dateOf(response)) / 1000
      seen.push({ at, lasts, writes: /aria-label="writes">(\d+)/.exec(again)?.[1] })
      await visitor.dispose()
      expect(Math.abs(lasts - (seen[0]?.lasts ?? 0))).toBeLessThanOrEqual(1)
    }
    await evidence.json('new visitors after n ms: seconds given, and writes after two of them', seen)
    expect(seen.map(({ writes }) => writes)).toEqual(['2', '2', '2'])
  },
)

test.describe('a fixed date', () => {
  test.use({ app: 'expiry/fixed-date' })

  test('is past for new visitors after 16 s, while one who kept clicking goes on beyond it', {
    tag: '@waits',
  }, async ({ playwright, request, demo, evidence }) => {
    const begun = await (await request.get('/write')).text()
    const end = Date.parse(/<time>(.*?)</.exec(begun)?.[1] ?? '')
    await pause(7_000)
    await request.get('/')
    await pause(end + 1_000 - Date.now()) // the expiry under test
    const beyond = await request.get('/write')
    await evidence.setCookie('Set-Cookie for the old visitor, 1 s after the date', setCookieLines(beyond))
    expect(await beyond.text()).toContain('aria-label="writes">2<')
    expect(expiresOf(beyond)).toBeGreaterThan(end + 8_000)

    const stranger = await playwright.request.newContext({ baseURL: demo.url })
    const late = await stranger.get('/write')
    await evidence.setCookie('Set-Cookie for a new visitor', setCookieLines(late))
    expect(expiresOf(late)).toBeLessThan(dateOf(late))
    expect(await (await stranger.get('/write')).text()).toContain('aria-label="writes">1<')
    expect(demo.wire().at(-1)?.cookie).toBeNull()
    await stranger.dispose()
    const rows = await demo.rows()
    await evidence.row('rows: one that goes on, two that were over when they were made', rows)
    expect(rows.map(({ expires }) => (expires ?? 0) > Date.now())).toEqual([false, false, true])
  })
})

// --- rolling ---

prove(
  ['rolling.default-false'],
  'without the option, a request that only reads gets no Set-Cookie',
  { holdsIn: 'expiry/not-rolling', failsIn: 'expiry' },
  async ({ request, demo, evidence }) => {
    await request.get('/write')
    const lines = setCookieLines(await request.get('/'))
    await evidence.setCookie('Set-Cookie', lines)
    await evidence.calls('store calls', demo.wire().at(-1)?.calls)
    expect(lines).toEqual([])
    expect(
      demo
        .wire()
        .at(-1)
        ?.calls.map(({ method }) => method),
    ).toEqual(['get', 'touch'])
  },
)

prove(
  ['rolling.true-sets-cookie-on-every-response'],
  'read, write, 304 and 404 all set the cookie again; a response without a session sets none',
  { holdsIn: 'expiry', failsIn: 'expiry/not-rolling', verdict: 'condition' },
  async ({ request, playwright, demo, evidence }) => {
    const started = await request.get('/write')
    const sid = sidOf(cookieOf(started)?.value ?? '')
    const read = await request.get('/')
    const etag = { 'If-None-Match': read.headers()['etag'] ?? '' }
    const responses = [
      read,
      await request.get('/', { headers: etag }),
      await request.get('/write'),
      await request.get('/nothing-here'),
    ]
    const seen = responses.map((response) => ({ status: response.status(), lines: setCookieLines(response) }))
    await evidence.json(
      'statuses',
      seen.map(({ status }) => status),
    )
    await evidence.setCookie(
      'Set-Cookie of each',
      seen.map(({ lines }) => lines[0]),
    )
    expect(seen.map(({ status }) => status)).toEqual([200, 304, 200, 404])
    expect(responses.map((response) => sidOf(cookieOf(response)?.value ?? ''))).toEqual(Array(4).fill(sid))

    const stranger = await playwright.request.newContext({ baseURL: demo.url })
    const without = [await stranger.get('/'), await request.get('/style.css')]
    await evidence.setCookie(
      'for a visitor without a session, and for a static file',
      without.flatMap(setCookieLines),
    )
    expect(without.map(setCookieLines)).toEqual([[], []])
    await stranger.dispose()
  },
)

prove(
  ['rolling.resets-expiration-to-original-maxAge'],
  'every response, 1.1 s apart, begins the 5 seconds anew',
  { holdsIn: 'expiry', failsIn: 'expiry/not-rolling', tag: '@waits' },
  async ({ request, demo, evidence }) => {
    const first = await request.get('/write')
    const sid = sidOf(cookieOf(first)?.value ?? '')
    const seen = [{ line: setCookieLines(first), left: expiresOf(first) - dateOf(first) }]
    const ends = [expiresOf(first)]
    for (let read = 0; read < 2; read++) {
      await pause(1_100)
      const response = await request.get('/')
      seen.push({ line: setCookieLines(response), left: expiresOf(response) - dateOf(response) })
      ends.push(expiresOf(response))
    }
    const row = await demo.row(sid)
    await evidence.setCookie(
      'Set-Cookie of a write and two reads',
      seen.map(({ line }) => line[0]),
    )
    await evidence.json(
      'ms from Date to Expires',
      seen.map(({ left }) => left),
    )
    await evidence.row('row', row)
    for (const { left } of seen) expect(Math.abs(left - maxAge)).toBeLessThanOrEqual(1_000)
    expect(ends).toEqual([...new Set(ends)].sort())
    expect(Math.abs((row?.expires ?? 0) - Date.now() - maxAge)).toBeLessThan(1_000)
  },
)

prove(
  ['rolling.true-expires-from-last-response', 'rolling.short-maxAge-idle-timeout'],
  'reading every 2.7 s keeps a session of 5 s alive; 5.5 s without a request end it',
  { holdsIn: 'expiry', failsIn: 'expiry/not-rolling', tag: '@waits' },
  async ({ page, demo, cookie, sid, evidence }) => {
    const quick = { waitUntil: 'commit' } as const // loading the style takes of the 5 s too
    await page.goto('/write', quick)
    const begun = await sid(name)
    const start = demo.wire()[0]?.at ?? 0
    const seen = []
    for (const at of [2_700, 5_400]) {
      await page.waitForTimeout(start + at - Date.now())
      await page.goto('/', quick)
      const left = ((await cookie(name))?.expires ?? 0) - Date.now() / 1000
      seen.push({ writes: await page.getByLabel('writes').textContent(), sid: await sid(name), left })
    }
    await evidence.json('reads at 2.7 s and 5.4 s: writes, sid, seconds left in the jar', seen)
    expect(seen.map(({ writes }) => writes)).toEqual(['1', '1'])
    expect(seen.map((read) => read.sid)).toEqual([begun, begun])
    for (const { left } of seen) expect(left).toBeGreaterThan(3.5)

    await page.waitForTimeout(5_500) // the expiry under test
    expect(await cookie(name)).toBeUndefined()
    await page.getByRole('link', { name: 'read' }).click()
    await evidence.exchange('the request after 5.5 s', demo.wire().at(-1))
    expect(demo.wire().at(-1)?.cookie).toBeNull()
    expect(await page.getByLabel('writes').textContent()).toBe('0')
  },
)

prove(
  ['rolling.no-cookie-for-uninitialized-session'],
  'a visitor who only reads gets no cookie; the first write sets it',
  {
    holdsIn: 'expiry',
    failsIn: appWith('saveUninitialized: true', {
      rolling: true,
      saveUninitialized: true,
      cookie: { maxAge },
    }),
  },
  async ({ request, demo, evidence }) => {
    const reads = [setCookieLines(await request.get('/')), setCookieLines(await request.get('/'))]
    await evidence.setCookie('Set-Cookie of two reads', reads.flat())
    expect(reads).toEqual([[], []])
    expect(await demo.rows()).toEqual([])
    const written = setCookieLines(await request.get('/write'))
    await evidence.setCookie('Set-Cookie of the first write', written)
    expect(written).toHaveLength(1)
  },
)

/** Its ids come from the visitor, so a new session has the id that the cookie already carries. */
const knownIds = (rolling: boolean) =>
  appWith(`ids made of the query, rolling: ${rolling}`, {
    rolling,
    cookie: { maxAge },
    genid: (req) => `visitor-${new URL(req.url, 'http://host').searchParams.get('visitor')}`,
  })

prove(
  ['rolling.only-changes-loaded-sessions'],
  'new sessions are as without rolling, and loaded ones are not; a session that was not loaded but has the id of the cookie counts as loaded',
  { holdsIn: knownIds(true), failsIn: knownIds(false), verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const read = async () => {
      const response = await request.get('/?visitor=1')
      const { calls, debug } = demo.wire().at(-1) ?? {}
      return { setCookie: setCookieLines(response).length, calls: calls?.map(({ method }) => method), debug }
    }
    const fresh = await read()
    await request.get('/write?visitor=1')
    const loaded = await read()
    demo.lab.sites[0]?.store.clear()
    const gone = await read()
    await evidence.json('only reading: a new session, a loaded one, one whose row is gone', {
      fresh,
      loaded,
      gone,
    })
    expect(fresh).toMatchObject({ setCookie: 0, calls: [] })
    expect(loaded).toMatchObject({ setCookie: 1, calls: ['get', 'touch'] })
    // nothing was loaded and nothing modified, and still: a cookie, and a row in spite of saveUninitialized: false
    expect(gone).toMatchObject({ setCookie: 1, calls: ['get', 'set'] })
    expect(gone.debug?.join('\n')).toContain('no session found')
  },
)

prove(
  ['rolling.only-changes-loaded-sessions'],
  'only reading: a cookie for a loaded session, none for a new one and none for one whose row is gone',
  { holdsIn: 'expiry', failsIn: knownIds(true), verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const read = async () => setCookieLines(await request.get('/?visitor=1')).length
    const fresh = await read()
    await request.get('/write?visitor=1')
    const loaded = await read()
    demo.lab.sites[0]?.store.clear()
    const gone = await read()
    await evidence.json('number of Set-Cookie lines', { fresh, loaded, gone })
    expect({ fresh, loaded, gone }).toEqual({ fresh: 0, loaded: 1, gone: 0 })
  },
)

test.describe('rolling without an expiry', () => {
  test.use({ app: appWith('rolling, no expiry', { rolling: true }) })

  test('sends the same cookie again and again, with nothing in it to reset', async ({
    request,
    evidence,
  }) => {
    const lines = [setCookieLines(await request.get('/write')), setCookieLines(await request.get('/'))]
    await evidence.setCookie('Set-Cookie of a write and a read', lines.flat())
    expect(lines[0]).toHaveLength(1)
    expect(lines[1]).toEqual(lines[0])
    expect(parseSetCookie(lines[1]?.[0] ?? '').attributes).toEqual({ Path: '/', HttpOnly: true })
  })
})

test('originalMaxAge shrinks by a millisecond now and then: setting maxAge reads the clock twice', async ({
  evidence,
}) => {
  const cookie = new session.Cookie()
  cookie.maxAge = 3_600_000
  const begin = Date.now()
  const begun = cookie.originalMaxAge
  while (cookie.originalMaxAge === begun && Date.now() - begin < 20_000)
    cookie.maxAge = cookie.originalMaxAge ?? 0
  await evidence.json('originalMaxAge', cookie.originalMaxAge)
  expect(cookie.originalMaxAge).toBeLessThan(begun ?? 0)
})
