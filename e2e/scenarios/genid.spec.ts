import crypto from 'node:crypto'
import express from 'express'
import session from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { type Demo, expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'genid.sid'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
type Genid = NonNullable<session.SessionOptions['genid']>

/** One visit with this cookie value, or none: the page, and the id in the cookie that it was given. */
async function visit(demo: Demo, { value = '', path = '', url = demo.url } = {}) {
  const headers = value === '' ? {} : { cookie: `${name}=${value}` }
  const text = await (await fetch(url + path, { headers, redirect: 'manual' })).text()
  const cookie = setCookieOf(demo.wire().at(-1)?.setCookie ?? [], name)?.value
  const visits = /visits: (\d+)/.exec(text)?.[1]
  return {
    visits: visits === undefined ? null : Number(visits),
    value: cookie ?? '',
    sid: cookie === undefined ? null : sidOf(cookie),
  }
}

const withGenid = (what: string, genid: Genid) =>
  inlineApp({
    scenario: 'genid',
    name: what,
    createApp: (({ store }) => {
      const app = express()
      app.use(session({ name, secret, genid, store, resave: false, saveUninitialized: false }))
      app.get('/', (req, res) => {
        const { session } = req as { session: { visits?: number } }
        session.visits = (session.visits ?? 0) + 1
        res.send(`visits: ${session.visits}`)
      })
      app.get('/quiet', (_req, res) => void res.send('nothing is written'))
      app.get('/renew', (req, res, next) => {
        req.session.regenerate((error) => (error ? next(error) : res.send('renewed')))
      })
      return app
    }) satisfies CreateApp,
  })

test.use({ app: 'genid' })

prove(
  ['genid.function-supplies-session-id'],
  'what genid returns is req.sessionID, the id in the cookie and the key of the row; a promise is none of them',
  { holdsIn: 'genid', failsIn: 'genid/async' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/')
    const shown = await page.getByRole('code').textContent()
    const inCookie = await sid(name)
    const row = await demo.row(inCookie ?? '')
    await evidence.json('id on the page, in the cookie and of the row', {
      shown,
      inCookie,
      row: row?.sid ?? null,
    })
    expect(inCookie).toBe(shown)
    expect(row?.sid).toBe(shown)
    await page.reload()
    expect(await page.getByText('visits:').textContent()).toBe('visits: 2')
  },
)

test.describe('an asynchronous genid', () => {
  test.use({ app: 'genid/async' })

  test('answers as if all were well, and keeps nothing: only the debug lines tell why', async ({
    demo,
    evidence,
  }) => {
    expect(await visit(demo)).toMatchObject({ visits: 1, sid: null })
    expect(await visit(demo)).toMatchObject({ visits: 1, sid: null })
    await evidence.json('debug lines', demo.wire().at(-1)?.debug)
    expect(demo.wire().at(-1)?.debug.join('\n')).toContain('session ignored because of bogus req.sessionID')
    expect(await demo.rows()).toEqual([])
  })
})

const odd = ['with.dots.in.it', 'a;b, c="d"', '日本語のID', 'a b%20+/=', "it's"]
test.describe('odd ids', () => {
  let next = 0
  test.use({ app: withGenid('ids with odd characters', () => odd[next++] ?? '') })

  test('dots, semicolons, quotes and Japanese survive: the value is encoded', async ({ demo, evidence }) => {
    next = 0
    const seen = []
    for (const id of odd) {
      const { value, sid } = await visit(demo)
      const again = await visit(demo, { value })
      seen.push({ id, value, sid, again: again.visits })
    }
    await evidence.json('ids and cookies', seen)
    expect(seen.map(({ id, again }) => [id, again])).toEqual(odd.map((id) => [id, 2]))
    expect(seen.map(({ sid }) => sid)).toEqual(odd)
  })
})

test.describe('an empty id', () => {
  test.use({ app: withGenid('the empty string', () => '') })

  test('is signed and sent, and not found again', async ({ demo }) => {
    const first = await visit(demo)
    expect(first.sid).toBe('')
    expect(await visit(demo, { value: first.value })).toMatchObject({ visits: 1 })
  })
})

prove(
  ['genid.receives-req'],
  'genid sees the request: the id begins with the host name that the visitor used',
  { holdsIn: 'genid/with-req', failsIn: 'genid' },
  async ({ demo, evidence }) => {
    const ids = []
    for (const host of ['localhost', '127.0.0.1']) {
      ids.push((await visit(demo, { url: demo.url.replace('localhost', host) })).sid)
    }
    await evidence.json('ids on localhost and on 127.0.0.1', ids)
    expect(ids).toEqual([
      expect.stringMatching(/^localhost\.[0-9a-f-]{36}$/),
      expect.stringMatching(/^127\.0\.0\.1\.[0-9a-f-]{36}$/),
    ])
  },
)

test.describe('what req holds when genid is called', () => {
  const calls: { url: string | undefined; sid: string | undefined; visits: unknown }[] = []
  const noting: Genid = (req) => {
    const { session } = req as { session?: { visits?: number } }
    calls.push({ url: req.url, sid: req.sessionID, visits: session?.visits })
    return crypto.randomUUID()
  }
  test.use({ app: withGenid('genid that notes what it sees', noting) })

  test('no id at first; the old id and the old session in regenerate; a signed id without a row is there too', async ({
    demo,
    evidence,
  }) => {
    calls.length = 0
    const { sid, value } = await visit(demo)
    await visit(demo, { value }) // a known session: genid is not called
    await visit(demo, { value, path: 'renew' })
    await visit(demo, { value: signed('no-such-row', secret) })
    await visit(demo, { value: 'not-signed' })
    await evidence.json('calls of genid', calls)
    expect(calls).toEqual([
      { url: '/', sid: undefined, visits: undefined },
      { url: '/renew', sid, visits: 2 },
      { url: '/', sid: 'no-such-row', visits: undefined },
      { url: '/', sid: undefined, visits: undefined },
    ])
  })

  test('it is called for every request without a session, even if nothing is ever stored', async ({
    demo,
  }) => {
    calls.length = 0
    for (let n = 0; n < 3; n++) await visit(demo, { path: 'quiet' })
    expect(calls).toHaveLength(3)
    expect(await demo.rows()).toEqual([])
    expect(demo.wire().flatMap(({ setCookie }) => setCookie)).toEqual([])
  })
})

for (const [app, changes] of [
  ['genid', true],
  ['genid/same-id', false],
] as const) {
  test.describe(`regenerate in ${app}`, () => {
    test.use({ app })
    test(
      changes ? 'gives a new id' : 'keeps the id: genid returned the one that req had',
      async ({ demo, evidence }) => {
        const { value, sid } = await visit(demo)
        await visit(demo, { value, path: 'renew' })
        const calls =
          demo
            .wire()
            .at(-1)
            ?.calls.map(({ method, sid }) => ({ method, sid })) ?? []
        await evidence.json('store calls of regenerate', calls)
        expect(calls[1]).toEqual({ method: 'destroy', sid })
        const renewed = sidOf(setCookieOf(demo.wire().at(-1)?.setCookie ?? [], name)?.value ?? value)
        if (changes) expect(renewed).not.toBe(sid)
        else expect(renewed).toBe(sid)
      },
    )
  })
}

prove(
  ['genid.default-uses-uid-safe'],
  '50 ids, all different, are 32 characters of base64url: 24 bytes that were asked of crypto.randomBytes',
  { holdsIn: 'genid/default', failsIn: 'genid' },
  async ({ demo, evidence }) => {
    const { randomBytes } = crypto
    const drawn: string[] = []
    // uid-safe asks crypto.randomBytes each time: listening there shows what an id is made of
    const listening = (size: number, callback?: (error: Error | null, bytes: Buffer) => void) => {
      if (callback) return randomBytes(size, callback)
      const bytes = randomBytes(size)
      if (size === 24) drawn.push(bytes.toString('base64url'))
      return bytes
    }
    const ids = []
    Object.assign(crypto, { randomBytes: listening })
    try {
      for (let n = 0; n < 50; n++) ids.push((await visit(demo)).sid ?? '')
    } finally {
      Object.assign(crypto, { randomBytes })
    }
    await evidence.json('the first three ids, and the bytes drawn for them', [
      ids.slice(0, 3),
      drawn.slice(0, 3),
    ])
    expect(ids.filter((id) => !/^[\w-]{32}$/.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(50)
    expect(ids.filter((id) => !drawn.includes(id))).toEqual([])
  },
)

prove(
  ['genid.ids-must-be-unique'],
  'two visitors with the same kind of browser: each keeps a row and a count of their own',
  { holdsIn: 'genid', failsIn: 'genid/per-browser' },
  async ({ page, browser, demo, evidence }) => {
    const other = await browser.newPage({ baseURL: demo.url })
    const seen = []
    for (const [who, visitor] of [
      ['first', page],
      ['first', page],
      ['second', other],
      ['first', page],
    ] as const) {
      await visitor.goto('/')
      seen.push(`${who}: ${await visitor.getByText('visits:').textContent()}`)
    }
    const rows = await demo.rows()
    await other.context().close()
    await evidence.json('what the two see', seen)
    await evidence.row('rows', rows)
    expect(seen).toEqual(['first: visits: 1', 'first: visits: 2', 'second: visits: 1', 'first: visits: 3'])
    expect(rows).toHaveLength(2)
  },
)

prove(
  ['genid.example-uuid'],
  'the id in the cookie is a random UUID of 36 characters',
  { holdsIn: 'genid', failsIn: 'genid/default' },
  async ({ demo, evidence }) => {
    const { value, sid } = await visit(demo)
    await evidence.json('cookie', { value, sid })
    expect(sid).toMatch(uuid)
    expect(await visit(demo, { value })).toMatchObject({ visits: 2, sid: null })
  },
)
