import { createRequire } from 'node:module'
import express, { type Request } from 'express'
import session, { type Session, type SessionOptions } from 'express-session'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf, signed } from '../support/wire.ts'

const require = createRequire(import.meta.url)
const name = 'save-uninitialized.sid'
type Data = Session & Record<string, unknown>
const dataOf = (req: Request) => req.session as unknown as Data

/** An app that does `work` with the session and answers with what is in it. */
const doing = (title: string, work: (session: Data) => void, options: Partial<SessionOptions> = {}) =>
  inlineApp({
    scenario: 'save-uninitialized',
    name: title,
    createApp({ store, secret: keys }) {
      const app = express()
      app.use(express.static('public'))
      app.use(session({ name, secret: keys, store, resave: false, saveUninitialized: false, ...options }))
      app.use((req, res) => {
        work(dataOf(req))
        res.send(JSON.stringify(req.session))
      })
      return app
    },
  })

test.use({ app: 'save-uninitialized' })

prove(
  ['saveUninitialized.true-saves-new-unmodified'],
  'with true, a visitor who changes nothing gets a cookie, and a row with no data',
  { holdsIn: 'save-uninitialized/save-all', failsIn: 'save-uninitialized' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    const [exchange] = demo.wire()
    const rows = await demo.rows()
    await evidence.exchange('exchange', exchange)
    await evidence.row('rows', rows)
    expect(rows).toHaveLength(1)
    expect(Object.keys(JSON.parse(rows[0]?.data ?? ''))).toEqual(['cookie'])
    expect(sidOf(setCookieOf(exchange?.setCookie ?? [], name)?.value ?? '')).toBe(rows[0]?.sid)
  },
)

prove(
  ['saveUninitialized.uninitialized-means-new-and-unmodified'],
  'new and unmodified: nothing; new and modified: saved; loaded and unmodified: its row is used',
  { holdsIn: 'save-uninitialized', failsIn: 'save-uninitialized/save-all' },
  async ({ request, demo, evidence }) => {
    const last = () => {
      const { calls = [], setCookie } = demo.wire().at(-1) ?? {}
      return { calls: calls.map(({ method }) => method), setCookie: setCookie?.length }
    }
    await request.get('/')
    const fresh = last()
    await request.post('/agree', { form: { user: 'hanako' }, maxRedirects: 0 })
    const modified = last()
    await request.get('/')
    const steps = { fresh, modified, loaded: last() }
    await evidence.json('store calls and number of Set-Cookie lines', steps)
    expect(steps).toEqual({
      fresh: { calls: [], setCookie: 0 },
      modified: { calls: ['set'], setCookie: 1 },
      loaded: { calls: ['get', 'touch'], setCookie: 0 },
    })
  },
)

for (const [what, work] of [
  [
    'writing a value and taking it back',
    (s) => {
      s['a'] = 1
      delete s['a']
    },
  ],
  [
    'writing undefined, which JSON leaves out',
    (s) => {
      s['a'] = undefined
    },
  ],
  [
    'changing only the cookie of the session',
    (s) => {
      s.cookie.maxAge = 60_000
    },
  ],
] as const satisfies [string, (session: Data) => void][]) {
  test.describe(what, () => {
    test.use({ app: doing(what, work) })

    test('is no modification: what counts is the JSON at the end', async ({ request, demo, evidence }) => {
      await request.get('/')
      await evidence.exchange('exchange', demo.wire()[0])
      expect(demo.wire()[0]).toMatchObject({ setCookie: [], calls: [] })
    })
  })
}

test.describe('save() in a session that nobody has changed', () => {
  test.use({ app: doing('saves by itself', (s) => s.save()) })

  test('makes a row in spite of false, and no cookie that points to it', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/')
    await request.get('/')
    const rows = await demo.rows()
    await evidence.row('rows', rows)
    await evidence.setCookie(
      'Set-Cookie',
      demo.wire().flatMap(({ setCookie }) => setCookie),
    )
    expect(demo.wire().map(({ setCookie }) => setCookie)).toEqual([[], []])
    expect(rows).toHaveLength(2)
  })
})

prove(
  ['saveUninitialized.false-suits-login-sessions'],
  'row and cookie begin with the login: nothing for anonymous pages, one row that holds the user after it',
  { holdsIn: 'save-uninitialized', failsIn: 'save-uninitialized/save-all' },
  async ({ page, demo, cookie, sid, evidence }) => {
    await page.goto('/')
    await page.reload()
    await evidence.row('rows before', await demo.rows())
    await evidence.cookie('cookie before', await cookie(name))
    expect(await demo.rows()).toEqual([])
    expect(await cookie(name)).toBeUndefined()

    await page.getByLabel('Name').fill('はなこ')
    await page.getByRole('button').click()
    await expect(page.getByText('hello, はなこ!')).toBeVisible()
    const rows = await demo.rows()
    await evidence.row('rows after', rows)
    expect(rows.map((row) => row.sid)).toEqual([await sid(name)])
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ user: 'はなこ' })
  },
)

prove(
  ['saveUninitialized.false-reduces-storage'],
  'twenty clients that keep no cookies leave no row',
  { holdsIn: 'save-uninitialized', failsIn: 'save-uninitialized/save-all' },
  async ({ demo, evidence }) => {
    for (let client = 0; client < 20; client++) await (await fetch(demo.url)).text()
    const rows = await demo.rows()
    await evidence.json('rows, and characters in them', [
      rows.length,
      rows.map(({ data }) => data).join('').length,
    ])
    expect(demo.wire()).toHaveLength(20)
    expect(rows).toHaveLength(0)
  },
)

prove(
  ['saveUninitialized.false-no-cookie-before-permission'],
  'no cookie until the visitor presses the button, as long as nothing writes to the session before',
  { holdsIn: 'save-uninitialized', failsIn: 'save-uninitialized/passport-0.2', verdict: 'condition' },
  async ({ page, context, demo, cookie, evidence }) => {
    await page.goto('/')
    await page.reload()
    const before = await context.cookies()
    await evidence.cookie('jar before', before)
    expect(before).toEqual([])
    expect(demo.wire().flatMap(({ setCookie }) => setCookie)).toEqual([])

    await page.getByLabel('Name').fill('hanako')
    await page.getByRole('button').click()
    await expect(page.getByText('hello, hanako!')).toBeVisible()
    await evidence.cookie('cookie after', await cookie(name))
    expect(await cookie(name)).toBeDefined()
  },
)

prove(
  ['saveUninitialized.false-helps-parallel-first-requests'],
  'six pictures at once, of which one writes: one row, one cookie, and what was written is found again',
  { holdsIn: 'save-uninitialized', failsIn: 'save-uninitialized/save-all', verdict: 'condition' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/gallery')
    const exchanges = demo.wire()
    const rows = await demo.rows()
    const given = exchanges.map(({ url, cookie, setCookie }) => ({
      url,
      cookie,
      sid: sidOf(setCookieOf(setCookie, name)?.value ?? ''),
    }))
    await evidence.json('pictures: cookie sent, sid given', given)
    await evidence.row('rows', rows)
    await evidence.json('sid in the jar', await sid(name))
    expect(exchanges.map(({ cookie }) => cookie)).toEqual(Array(6).fill(null)) // really at once
    await page.getByRole('link', { name: 'home' }).click()
    const answer = await page.getByRole('main').textContent()
    await evidence.json('what the next page knows', answer)
    expect(answer).toContain('gallery: seen')
    expect(rows).toHaveLength(1)
  },
)

test.describe('six rows for one visitor', () => {
  test.use({ app: 'save-uninitialized/save-all' })

  test('with true each picture makes its own row, and the browser keeps the id that came last', async ({
    page,
    demo,
    sid,
    evidence,
  }) => {
    await page.goto('/gallery')
    const given = demo
      .wire()
      .map(({ url, setCookie }) => [url, sidOf(setCookieOf(setCookie, name)?.value ?? '')])
    await evidence.json('sid given with each picture', given)
    expect(await demo.rows()).toHaveLength(6)
    expect(await sid(name)).toBe(new Map(given as [string, string][]).get('/picture/6'))
  })
})

/** Requests that write under their own name and are answered 300 ms later. */
const parallel = (title: string, writes: (url: string) => boolean) =>
  inlineApp({
    scenario: 'save-uninitialized',
    name: title,
    createApp({ store, secret: keys }) {
      const app = express()
      app.use(express.static('public'))
      app.get('/page', (_req, res) => {
        res.send('<!doctype html><img src="/a" alt=""><img src="/b" alt="">')
      })
      app.use(session({ name, secret: keys, store, resave: false, saveUninitialized: false }))
      app.get('/data', (req, res) => {
        res.send(JSON.stringify(req.session))
      })
      app.use((req, res) => {
        if (writes(req.url)) dataOf(req)[req.url.slice(1)] = true
        setTimeout(() => res.send(''), req.url === '/a' ? 300 : 400)
      })
      return app
    },
  })

prove(
  ['saveUninitialized.false-helps-parallel-first-requests'],
  'two parallel first requests that both write still make two rows, and one of the writes is lost',
  {
    holdsIn: parallel('both write', () => true),
    failsIn: parallel('one writes', (url) => url === '/a'),
    verdict: 'condition',
  },
  async ({ page, demo, evidence }) => {
    await page.goto('/page')
    await page.goto('/data')
    const known = JSON.parse((await page.textContent('body')) ?? '{}')
    await evidence.row('rows', await demo.rows())
    await evidence.json('what the next request knows', known)
    expect(await demo.rows()).toHaveLength(2)
    expect(known).toMatchObject({ b: true })
    expect(known).not.toHaveProperty('a')
  },
)

prove(
  ['saveUninitialized.default-true'],
  'left out, it works as true: cookie and row for a visitor who changes nothing',
  { holdsIn: 'save-uninitialized/left-out', failsIn: 'save-uninitialized' },
  async ({ request, demo, evidence }) => {
    const line = (await request.get('/')).headers()['set-cookie']
    await evidence.setCookie('Set-Cookie', line ?? null)
    await evidence.row('rows', await demo.rows())
    expect(line).toMatch(new RegExp(`^${name}=`))
    expect(await demo.rows()).toHaveLength(1)
  },
)

prove(
  ['saveUninitialized.default-is-deprecated'],
  'a process that leaves it out prints the deprecation when it starts',
  { holdsIn: 'save-uninitialized/left-out', failsIn: 'save-uninitialized' },
  async ({ startDemo, evidence }) => {
    const started = await startDemo()
    await started.kill()
    await evidence.json('standard error', started.stderr())
    expect(started.stderr()).toContain('express-session deprecated undefined saveUninitialized option')
  },
)

prove(
  ['saveUninitialized.passport-empty-object-counts-as-modification'],
  'Passport 0.2 leaves an empty object in the session of a visitor who changes nothing: row and cookie',
  { holdsIn: 'save-uninitialized/passport-0.2', failsIn: 'save-uninitialized/passport-0.3' },
  async ({ request, demo, evidence }) => {
    const line = (await request.get('/')).headers()['set-cookie'] ?? null
    const rows = await demo.rows()
    await evidence.setCookie('Set-Cookie', line)
    await evidence.row('rows', rows)
    expect(line).not.toBeNull()
    expect(rows.map(({ data }) => JSON.parse(data))).toEqual([{ cookie: expect.anything(), passport: {} }])
  },
)

prove(
  ['saveUninitialized.passport-fixed-since-0.3.0'],
  'Passport 0.3 leaves the session alone: no row and no cookie',
  { holdsIn: 'save-uninitialized/passport-0.3', failsIn: 'save-uninitialized/passport-0.2' },
  async ({ request, demo, evidence }) => {
    const line = (await request.get('/')).headers()['set-cookie'] ?? null
    const installed = ['passport-0.2', 'passport-0.3'].map(
      (alias) => require(`${alias}/package.json`).version,
    )
    await evidence.json('installed versions', installed)
    await evidence.setCookie('Set-Cookie', line)
    expect(installed).toEqual([expect.stringMatching(/^0\.2\./), expect.stringMatching(/^0\.3\./)])
    expect(line).toBeNull()
    expect(await demo.rows()).toEqual([])
  },
)

test('a cookie whose row is gone stays in the jar, and no new one replaces it until something is written', async ({
  request,
  demo,
  evidence,
}) => {
  const cookie = `${name}=${signed('there-is-no-such-row', secret)}`
  await request.get('/', { headers: { cookie } })
  await evidence.exchange('exchange', demo.wire()[0])
  expect(demo.wire()[0]).toMatchObject({ setCookie: [], calls: [{ method: 'get', data: null }] })
})
