import express, { type Request } from 'express'
import session, { type SessionOptions } from 'express-session'
import type { APIRequestContext } from 'playwright/test'
import type { Handler } from '#inspector'
import { listen } from '../../lab/http/listen.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const name = 'unset.sid'
const ways = ['delete', 'null', 'undefined'] as const
const noteIn = (html: string) => /note: <b>(\w+)</.exec(html)?.[1]
const read = async (request: APIRequestContext) => noteIn(await (await request.get('/read')).text())

/** Begins a session with a note. */
async function begin(request: APIRequestContext): Promise<string> {
  const line = (await request.get('/write')).headers()['set-cookie'] ?? ''
  return sidOf(setCookieOf([line], name)?.value ?? '')
}

/** /write begins a session, everything else does `work`. */
const doing = (
  title: string,
  work: express.RequestHandler,
  options: Partial<SessionOptions> = { unset: 'destroy' },
) =>
  inlineApp({
    scenario: 'unset',
    name: title,
    createApp({ store, secret }) {
      const app = express()
      app.use(express.static('public'))
      app.use(session({ name, secret, store, resave: false, saveUninitialized: false, ...options }))
      app.get('/write', (req: Request & { session: { note?: string } }, res) => {
        req.session.note = 'written'
        res.send('written')
      })
      app.get('/read', (req: Request & { session: { note?: string } }, res) => {
        res.send(`note: <b>${req.session.note ?? 'none'}</b>`)
      })
      app.use(work)
      return app
    },
  })

test.use({ app: 'unset' })

prove(
  ['unset.controls-delete-or-null'],
  "with 'destroy', delete, null and undefined all remove the row",
  { holdsIn: 'unset', failsIn: 'unset/keep' },
  async ({ request, demo, evidence }) => {
    for (const way of ways) {
      const sid = await begin(request)
      await request.get(`/${way}`)
      const { calls = [] } = demo.wire().at(-1) ?? {}
      const row = await demo.row(sid)
      await evidence.exchange(way, demo.wire().at(-1))
      await evidence.row('row after it', row)
      expect(calls.map(({ method }) => method)).toEqual(['get', 'destroy'])
      expect(row).toBeUndefined()
    }
  },
)

prove(
  ['unset.controls-delete-or-null', 'unset.keep-retains-store-row'],
  "with 'keep', delete, null and undefined all leave the row alone: it is not even touched, and the next request finds it",
  { holdsIn: 'unset/keep', failsIn: 'unset' },
  async ({ request, demo, evidence }) => {
    const sid = await begin(request)
    const before = await demo.row(sid)
    for (const way of ways) {
      await request.get(`/${way}`)
      const { calls = [] } = demo.wire().at(-1) ?? {}
      await evidence.exchange(way, demo.wire().at(-1))
      await evidence.row('row after it', await demo.row(sid))
      expect(calls.map(({ method }) => method)).toEqual(['get'])
      expect(await demo.row(sid)).toEqual(before)
    }
    expect(await read(request)).toBe('written')
  },
)

prove(
  ['unset.default-keep'],
  'left out, the row stays and the next request is back in the session',
  { holdsIn: 'unset/left-out', failsIn: 'unset' },
  async ({ request, demo, evidence }) => {
    const sid = await begin(request)
    await request.get('/null')
    await evidence.row('row after req.session = null', (await demo.row(sid)) ?? null)
    expect(await demo.row(sid)).toBeDefined()
    expect(await read(request)).toBe('written')
  },
)

prove(
  ['unset.destroy-deletes-when-response-ends'],
  'with a store that writes 400 ms late, the row is there when the headers arrive and gone when the body ends',
  { holdsIn: 'unset', failsIn: 'unset/keep' },
  async ({ request, demo, evidence }) => {
    const begun = await request.get('/write')
    const cookie = begun.headers()['set-cookie']?.split(';')[0] ?? ''
    const sid = sidOf(cookie.slice(name.length + 1))
    demo.lab.setDelay(400)
    const response = await fetch(`${demo.url}null`, { headers: { cookie } })
    const atHeaders = await demo.row(sid)
    await response.text()
    const atEnd = await demo.row(sid)
    await evidence.row('row at the headers, and at the end of the body', [atHeaders ?? null, atEnd ?? null])
    await evidence.calls('store calls', demo.wire().at(-1)?.calls)
    expect(response.headers.getSetCookie()).toEqual([])
    expect(atHeaders).toBeDefined()
    expect(atEnd).toBeUndefined()
  },
)

prove(
  ['unset.keep-ignores-modifications'],
  'what was changed before unsetting is dropped; what was saved before unsetting stays',
  { holdsIn: 'unset/keep', failsIn: 'unset', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const sid = await begin(request)
    await request.get('/null')
    const dropped = await demo.row(sid)
    await evidence.row('row after changing and unsetting', dropped ?? null)
    expect(dropped?.data).toContain('"note":"written"')
    expect(await read(request)).toBe('written')

    await request.get('/save-first')
    const saved = await demo.row(sid)
    await evidence.row('row after changing, saving and unsetting', saved ?? null)
    expect(saved?.data).toContain('"note":"saved"')
    expect(await read(request)).toBe('saved')
  },
)

test("'destroy' leaves the cookie in the browser: it is sent again, finds nothing and is not replaced", async ({
  page,
  demo,
  sid,
  evidence,
}) => {
  await page.goto('/write')
  const before = await sid(name)
  await page.goto('/null')
  expect(await sid(name)).toBe(before)
  await page.goto('/read')
  const after = demo.wire().at(-1)
  await evidence.exchange('the next request', after)
  expect(after?.cookie).toContain(before ?? '?')
  expect(after?.calls).toMatchObject([{ method: 'get', data: null }])
  expect(after?.setCookie).toEqual([])
  expect(await sid(name)).toBe(before)
})

test("'destroy' asks the store to remove the id of a visitor who never had a row", async ({
  request,
  demo,
  evidence,
}) => {
  await request.get('/null')
  await evidence.calls('store calls', demo.wire()[0]?.calls)
  expect(demo.wire()[0]).toMatchObject({ cookie: null, calls: [{ method: 'destroy' }] })
})

test.describe('unset and a redirect', () => {
  test.use({
    app: doing('null, then a redirect', (req, res) => {
      Object.assign(req, { session: null })
      res.redirect('/read')
    }),
  })

  test('the browser follows the redirect before a slow store has removed the row', async ({
    page,
    demo,
    evidence,
  }) => {
    await page.goto('/write')
    demo.lab.setDelay(400)
    await page.goto('/logout')
    const answer = await page.content()
    await evidence.exchange('exchanges', demo.wire().slice(-2))
    expect(noteIn(answer)).toBe('written')
    await page.goto('/read')
    expect(noteIn(await page.content())).toBe('none')
  })
})

test.describe('req.session = false', () => {
  test.use({
    app: doing('false', (req, res) => {
      Object.assign(req, { session: false })
      res.send('done')
    }),
  })

  test("is not unsetting: 'destroy' leaves the row", async ({ request, demo, evidence }) => {
    const sid = await begin(request)
    await request.get('/')
    await evidence.exchange('exchange', demo.wire().at(-1))
    expect(demo.wire().at(-1)?.debug.at(-1)).toContain('no session')
    expect(await demo.row(sid)).toBeDefined()
  })
})

const emptied = doing('{}', (req, res) => {
  Object.assign(req, { session: {} })
  res.send('done')
})

test.describe('req.session = {}', () => {
  test.use({ app: emptied })

  test('is no way to empty a session: there is no touch to be called, and the row stays', async ({
    request,
    demo,
    evidence,
  }) => {
    const sid = await begin(request)
    expect((await request.get('/')).status()).toBe(500)
    const exchange = demo.wire().at(-1)
    await evidence.exchange('exchange', exchange)
    expect(exchange?.calls.map(({ method }) => method)).toEqual(['get'])
    expect(await demo.row(sid)).toBeDefined()
  })

  test('without the frame of the lab, the response never ends', async () => {
    const app = emptied.createApp({ store: new session.MemoryStore(), secret: [secret], otherUrl: () => '' })
    const handle = app as unknown as Handler
    const listening = await listen((req, res) => handle(req, res, () => res.end('an error page')), 0)
    const url = `http://localhost:${listening?.port}/`
    await expect(fetch(url, { signal: AbortSignal.timeout(500) })).rejects.toThrow('timeout')
    await listening?.close()
  })
})

test.describe("req.session.destroy() and unset: 'destroy'", () => {
  test.use({
    app: doing('destroy() too', (req, res, next) => {
      req.session.destroy((err: unknown) => (err ? next(err) : res.send('done')))
    }),
  })

  test('remove the row twice: after destroy() there is no req.session', async ({
    request,
    demo,
    evidence,
  }) => {
    await begin(request)
    await request.get('/')
    const calls = demo.wire().at(-1)?.calls ?? []
    await evidence.calls('store calls', calls)
    expect(calls.map(({ method }) => method)).toEqual(['get', 'destroy', 'destroy'])
  })
})

for (const unset of ['Destroy', 'delete', true]) {
  test(`unset: ${JSON.stringify(unset)} is refused at the start`, () => {
    const options = { secret: 'x', resave: false, saveUninitialized: false, unset } as SessionOptions
    expect(() => session(options)).toThrow('unset option must be "destroy" or "keep"')
  })
}
