import { setTimeout as pause } from 'node:timers/promises'
import cookieParser from 'cookie-parser'
import type { ErrorRequestHandler, Express, Request } from 'express'
import session, { type Session, type SessionData, type SessionOptions, type Store } from 'express-session'
import type { Exchange, Inspector } from '../../packages/inspector/src/index.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { type Observed, observe } from '../support/observed.ts'
import { signed } from '../support/wire.ts'

/*
 * Apps as people have them who ask for help in public: each suffers from one thing. The panel says what is so of it, and
 * the diagnoses name the cause, and no other.
 */

type Data = Session & { user?: string; n?: number; token?: object }
type Visit = Request & { session: Data }
type Done = (error?: unknown, found?: SessionData | null) => void

/** A store that nobody can look into; `fail` says how a method goes wrong. */
class RemoteStore extends session.Store {
  readonly #rows = new Map<string, string>()
  fail: Partial<Record<'get' | 'set', (done: Done) => void>> = {}
  get(sid: string, done: Done) {
    if (this.fail.get) return this.fail.get(done)
    const text = this.#rows.get(sid)
    setImmediate(done, null, text === undefined ? null : JSON.parse(text))
  }
  set(sid: string, data: SessionData, done: Done = never) {
    if (this.fail.set) return this.fail.set(done)
    this.#rows.set(sid, JSON.stringify(data))
    setImmediate(done)
  }
  destroy(sid: string, done: Done = never) {
    this.#rows.delete(sid)
    setImmediate(done)
  }
}

const never = () => {}
const failing = (error: Error) => (done: Done) => void setImmediate(done, error)

const withSession = (inspector: Inspector, options: Partial<SessionOptions> = {}, store?: Store) =>
  session({
    secret,
    resave: false,
    saveUninitialized: false,
    store: inspector.watchStore(store ?? new session.MemoryStore()),
    ...options,
  })

/** `/login` writes to the session, `/me` reads it. */
function account(app: Express) {
  app.get('/login', (req: Visit, res) => {
    req.session.user = 'ann'
    res.send('hi')
  })
  app.get('/me', (req: Visit, res) => void res.send(String(req.session.user)))
  app.get('/logout', (req, res, next) =>
    req.session.destroy((error) => (error ? next(error) : res.send('bye'))),
  )
}

const opened: Observed[] = []
async function observed(build: (app: Express, inspector: Inspector) => void): Promise<Observed> {
  const one = await observe(build)
  opened.push(one)
  return one
}
test.afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

const nothingYet = 'Nothing has arrived yet'

test.describe('a store that hangs', () => {
  const hanging = (store: RemoteStore) =>
    observed((app, inspector) => {
      app.use(withSession(inspector, {}, store))
      account(app)
    })

  test('the first request ever is listed while it waits, with the call that does not come back', async () => {
    const store = new RemoteStore()
    const app = await hanging(store)
    store.fail = { get: never }
    app.cookies.set('connect.sid', signed('some-sid', secret))
    const waiting = app.get('/me', { giveUpAfter: 1_000 })
    await pause(200)
    const { text, part } = await app.panel()
    expect(text).not.toContain(nothingYet)
    expect(part('inspector-open')).toBe('1 GET /me … get not back yet')
    await waiting
  })

  test('once the visitor has given up: no response was sent, and of the row nothing is known', async () => {
    const store = new RemoteStore()
    const app = await hanging(store)
    await app.get('/login')
    store.fail = { get: never }
    await app.get('/me', { giveUpAfter: 200 })
    await expect.poll(async () => (await app.panel()).pair).toBe('until-close × unknown')
    const { part } = await app.panel()
    expect(part('inspector-wire')).toContain('no response was ever sent')
    expect(part('inspector-row')).toContain('get not back yet')
    expect(part('inspector-verdict')).toContain('The store has not answered; the row may well be there')
  })

  test('an error without a message is called by its name; the next request will probably fail, too', async () => {
    const store = new RemoteStore()
    const app = await hanging(store)
    await app.get('/login')
    store.fail = { get: failing(Object.assign(new Error(''), { name: 'TimeoutError' })) }
    expect((await app.get('/me')).status).toBe(500)
    const { pair, part } = await app.panel()
    expect(pair).toBe('until-close × unknown')
    expect(part('inspector-row')).toContain('get failed: TimeoutError')
    expect(part('inspector-verdict')).toBe(
      'The store failed (get: TimeoutError); the row may well be there → the next request will probably fail, too.',
    )
    store.fail = {}
    expect((await app.get('/me')).body).toBe('ann')
    expect((await app.panel()).pair).toBe('until-close × present')
    expect(app.diagnoses()).toEqual(['store-call-failed'])
  })
})

test('a forgotten next(): the request is listed while it hangs, and told as never answered after', async () => {
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, { saveUninitialized: true }))
    app.use((_req, _res, _next) => {})
  })
  const waiting = app.get('/', { giveUpAfter: 500 })
  await pause(150)
  const during = await app.panel()
  expect(during.text).not.toContain(nothingYet)
  expect(during.part('inspector-open')).toBe('1 GET / … no response yet')
  await waiting
  await expect.poll(async () => (await app.panel()).text).toContain('No response was ever sent')
  expect((await app.panel()).text).not.toContain('saveUninitialized: false')
})

test('what a socket does is told in its place: outside of any request', async () => {
  const sockets: Data[] = []
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, {}, new RemoteStore()))
    account(app)
    app.get('/connect', (req: Visit, res) => {
      sockets.push(req.session)
      res.send('connected')
    })
  })
  for (const path of ['/login', '/connect', '/logout']) await app.get(path)
  expect((await app.panel()).pair).toBe('until-close × gone')
  await new Promise((resolve) => sockets[0]?.save(resolve))
  const after = await app.panel()
  expect(after.moments).toEqual(['1', '2', '3', '1o'])
  expect(after.text).toContain('outside of any request (socket, timer)')
  expect(after.pair).toBe('until-close × present')
  expect((await app.panel('3')).pair).toBe('until-close × gone')
  expect(await app.exported()).toContain('express-session-inspector')
  expect((await app.panel('1o')).part('inspector-past')).toContain(
    'the moment after outside of any request (socket, timer)',
  )
  expect((await app.panel('1o')).pair).toBe('until-close × present')
  expect(app.diagnoses()).toEqual(['logout-by-get', 'written-outside-a-request'])
})

test('the row of another store called MemoryStore, of which nothing is known, is told by its calls', async () => {
  class Own extends RemoteStore {
    readonly sessions = { elsewhere: {} }
  }
  Object.defineProperty(Own, 'name', { value: 'MemoryStore' })
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, {}, new Own()))
    account(app)
  })
  await app.get('/login')
  const { pair, part } = await app.panel()
  expect([pair, part('inspector-row')]).toEqual([
    'until-close × present',
    expect.stringContaining('inferred'),
  ])
})

test('a store with a set of its own over one that is known: a row that is found is measured, none is told by the calls', async () => {
  class Own extends session.MemoryStore {
    override set(sid: string, data: SessionData, done?: Done) {
      super.set(sid, data, done)
    }
  }
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, {}, new Own()))
    account(app)
  })
  await app.get('/login')
  expect((await app.panel()).part('inspector-row')).toContain('measured')
  await app.get('/logout')
  const { pair, part } = await app.panel()
  expect([pair, part('inspector-row')]).toEqual(['until-close × gone', expect.stringContaining('inferred')])
})

test('requests that fail before session() are shown as that', async () => {
  const app = await observed((app, inspector) => {
    app.post('/login', never)
    app.use((req: Visit, res, next) => {
      if (req.path === '/me') next()
      else res.status(500).send(String(req.session?.user))
    })
    app.use(withSession(inspector))
    account(app)
  })
  for (const path of ['/login', '/']) await app.get(path)
  const { text, part } = await app.panel()
  expect(text).not.toContain(nothingYet)
  expect(part('inspector-wire')).toContain('This request never reached express-session')
  expect(text).toContain('GET /login')
  await app.get('/me') // until somebody reaches it, the session() of this app is not told from those of other tests
  expect(app.diagnoses()).toEqual(['session-missing'])
})

test.describe('a script of another origin, without credentials', () => {
  const api = (options: Partial<SessionOptions> = {}) =>
    observed((app, inspector) => {
      app.use(withSession(inspector, options))
      account(app)
    })

  test('the moment of the login is corrected when the next request comes without the cookie', async () => {
    const app = await api()
    await app.get('/login', { from: 'foreign' })
    await app.get('/me', { from: 'foreign' })
    const login = await app.panel('1')
    expect(login.pair).toBe('refused × present')
    expect(login.part('inspector-jar')).toContain("without credentials: 'include'")
    expect(login.part('inspector-origin')).toContain('a script of another origin (http://localhost:5205)')
    expect((await app.panel()).pair).toMatch(/^refused/)
    expect(app.diagnoses()).toEqual(['cross-origin-without-credentials'])
  })

  test('one with credentials has its cookie, whatever its preflights do not bring', async () => {
    const app = await api()
    const from = 'foreign with credentials'
    await app.get('/login', { from })
    await app.get('/me', { from, method: 'OPTIONS' })
    expect((await app.panel('1')).pair).toBe('until-close × present')
    expect((await app.get('/me', { from })).body).toBe('ann')
    expect((await app.panel('1')).pair).toBe('until-close × present')
    expect((await app.panel()).text).not.toContain('A fetch without credentials')
  })

  test('a page of its own is not taken for one, and its cookie comes back', async () => {
    const app = await api()
    await app.get('/login')
    await app.get('/me')
    const { html, pair } = await app.panel('1')
    expect(html).not.toContain('inspector-origin')
    expect(pair).toBe('until-close × present')
    expect(app.diagnoses()).toEqual([])
  })
})

test('a restart: MemoryStore forgot, nothing is said of the time that a cookie has left, nor of destroy', async () => {
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, { cookie: { maxAge: 60_000 } }))
    account(app)
  })
  app.cookies.set('connect.sid', signed('from-before', secret))
  await app.get('/me')
  const { pair, part } = await app.panel()
  expect(pair).toBe('held × none')
  expect(part('inspector-verdict')).toMatch(
    /^This process began at \d\d:\d\d:\d\d; MemoryStore forgot everything before/,
  )
  expect(part('inspector-status')).toContain('there, its expiry is not known')
  expect(part('inspector-verdict')).not.toMatch(/time left|destroy/)
  expect(app.diagnoses()).toEqual(['memory-store-forgot'])
})

test('a new session that could not be written: a cookie without a row', async () => {
  const store = new RemoteStore()
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, {}, store))
    account(app)
  })
  store.fail = { set: failing(new Error('relation "session" does not exist')) }
  expect((await app.get('/login')).setCookie).toHaveLength(1)
  const { pair, part, text } = await app.panel()
  expect(pair).toBe('until-close × unknown')
  expect(part('inspector-verdict')).toContain(
    'The row could not be written: relation "session" does not exist. The browser has a cookie without a row',
  )
  expect(text).not.toContain('was written to the store')
  expect(app.diagnoses()).toEqual(['not-saved-though-answered'])
})

test('what is written after the end of the response: it was not there when the response began', async () => {
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector))
    app.get('/login', (req: Visit, res) => {
      setTimeout(() => {
        req.session.user = 'ann'
      }, 20)
      res.send('hi')
    })
  })
  await app.get('/login')
  const { text } = await app.panel()
  expect(text).toContain('by the time the response began')
  expect(text).toContain('What is written later is not saved')
  await expect.poll(app.diagnoses).toEqual(['written-after-end'])
})

test('two sessions in one app: cookie and row of the one in question, each with its own store', async () => {
  const app = await observed((app, inspector) => {
    app.use('/admin', withSession(inspector, { name: 'admin' }))
    app.get('/admin/login', (req: Visit, res) => {
      req.session.user = 'root'
      res.send('hi')
    })
    app.use(withSession(inspector, { name: 'shop' }))
    account(app)
  })
  for (const path of ['/login', '/admin/login', '/me']) await app.get(path)
  const shop = await app.panel()
  expect(shop.pair).toBe('until-close × present')
  expect(shop.part('inspector-jar')).toContain('Name shop')
  expect(shop.part('inspector-row')).toContain('"ann"')
  expect(shop.part('inspector-others')).toContain('there')
  const admin = await app.panel('2')
  expect(admin.pair).toBe('until-close × present')
  expect(admin.part('inspector-jar')).toContain('Name admin')
  expect(admin.part('inspector-row')).toContain('"root"')
  expect(app.diagnoses()).toEqual([])
})

test.describe('why there is no Set-Cookie', () => {
  const headSent = 'The head of the response had already left when the session was written'
  const said = [
    'Nothing was written to the new session',
    'has no expiry',
    'unmodified',
    headSent,
    'was cut off before its end',
    'no Set-Cookie line could be made',
  ]
  /** Of all that could be said, what is. */
  async function reasons(app: Observed) {
    const { text } = await app.panel()
    return said.filter((one) => text.includes(one))
  }

  test('a new session, written after the head has left', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector))
      app.get('/late', (req: Visit, res) => {
        res.write('hello ')
        req.session.user = 'ann'
        res.end('ann')
      })
    })
    expect((await app.get('/late')).setCookie).toEqual([])
    expect(await reasons(app)).toEqual([headSent])
    expect(app.diagnoses()).toEqual(['written-after-headers'])
  })

  test('regenerated after flushHeaders', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector))
      account(app)
      app.get('/again', (req: Visit, res, next) => {
        res.flushHeaders()
        req.session.regenerate((error) => {
          if (error) return next(error)
          req.session.user = 'ann'
          res.end('again')
        })
      })
    })
    for (const path of ['/login', '/again']) await app.get(path)
    expect(await reasons(app)).toEqual([headSent])
    expect(app.diagnoses()).toEqual(['written-after-headers'])
  })

  test('an existing session whose cookie has an expiry, changed while it streams', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector, { cookie: { maxAge: 60_000 } }))
      account(app)
      app.get('/stream', (req: Visit, res) => {
        res.write('n=')
        req.session.n = 1
        res.end('1')
      })
    })
    for (const path of ['/login', '/stream']) await app.get(path)
    expect(await reasons(app)).toEqual([headSent])
  })

  test('server-sent events that the visitor leaves', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector, { cookie: { maxAge: 60_000 } }))
      account(app)
      app.get('/events', (req: Visit, res) => {
        res.type('text/event-stream').write('data: 1\n\n')
        req.session.n = 1
      })
    })
    await app.get('/login')
    const events = app.get('/events', { giveUpAfter: 400 })
    await pause(150)
    expect((await app.panel()).part('inspector-open')).toBe(
      '2 GET /events … the head has left, the response goes on',
    )
    expect((await events).isCut).toBe(true)
    await expect.poll(() => reasons(app)).toEqual(['was cut off before its end'])
  })

  test('a cookie that cannot be serialised', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector, { cookie: { domain: 'http://localhost:4212' } }))
      account(app)
      app.use(((_error, _req, _res, _next) => {}) satisfies ErrorRequestHandler)
    })
    expect((await app.get('/login')).setCookie).toEqual([])
    expect(await reasons(app)).toEqual(['no Set-Cookie line could be made'])
    expect(app.diagnoses()).toEqual(['cookie-cannot-be-serialized'])
  })

  test('a session that was saved by hand with nothing in it: not known', async () => {
    const app = await observed((app, inspector) => {
      app.use(withSession(inspector))
      app.get('/', (req, res) => req.session.save(() => res.send('saved')))
    })
    expect((await app.get('/')).setCookie).toEqual([])
    expect(await reasons(app)).toEqual([])
    expect((await app.panel()).text).toContain('The record does not tell why')
  })
})

test('ENOENT is "no row" and no failure', async () => {
  const store = new RemoteStore()
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, {}, store))
    account(app)
  })
  await app.get('/login')
  const gone = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' })
  store.fail = { get: failing(gone) }
  expect((await app.get('/me')).status).toBe(200)
  const { html, pair, text } = await app.panel()
  expect(pair).toBe('until-close × gone')
  expect(text).toContain('no row (ENOENT: no such file)')
  expect(html).not.toContain('inspector-failure')
  expect(html).not.toContain('inspector-others')
  expect(app.diagnoses()).toEqual([])
})

test('an expires in the data is data', async () => {
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector))
    account(app)
    app.get('/cb', (req: Visit, res) => {
      req.session.token = { expires: new Date(Date.now() - 1_000) }
      res.send('ok')
    })
  })
  await app.get('/cb')
  expect((await app.panel()).pair).toBe('until-close × present')
  expect(app.diagnoses()).toEqual([])
})

test('a signed cookie beside the session is not the session', async () => {
  const app = await observed((app, inspector) => {
    app.use(cookieParser(secret), withSession(inspector))
    app.get('/login', (req: Visit, res) => {
      res.cookie('theme', 'dark', { signed: true, maxAge: 3e10 })
      req.session.user = 'ann'
      res.send('hi')
    })
    app.get('/theme', (_req, res) => void res.cookie('theme', 'light', { signed: true }).send('light'))
    account(app)
  })
  await app.get('/login')
  for (const path of ['/me', '/theme']) {
    await app.get(path)
    const { pair, part } = await app.panel()
    expect(pair).toBe('until-close × present')
    expect(part('inspector-jar')).toContain('Name connect.sid')
  }
  expect(app.diagnoses()).toEqual([])
})

test('a response that was cut off is told as that', async () => {
  class SlowStore extends RemoteStore {
    override set(sid: string, data: SessionData, done: Done = never) {
      setTimeout(() => super.set(sid, data, done), 300)
    }
  }
  const app = await observed((app, inspector) => {
    app.use(withSession(inspector, { saveUninitialized: true }, new SlowStore()))
    app.get('/', () => {
      throw new Error('paid by nobody')
    })
    app.use(((error, _req, res, next) => {
      res.status(402).send('payment is required for this')
      next(error)
    }) satisfies ErrorRequestHandler)
  })
  const { isCut, status } = await app.get('/')
  expect([isCut, status]).toEqual([true, 402])
  await expect.poll(async () => (await app.panel()).text).toContain('402 the response was cut off')
  expect(app.diagnoses()).toEqual(['response-cut-off'])
})

test.describe('a store that reports a missing row as an error of its own', () => {
  test.use({ app: 'store-contract/other-error' })
  test('the forecast is what happens: the next request fails, too', async ({ page, demo }) => {
    const { request } = page
    for (const path of ['add', 'destroy']) await request.get(`${demo.url}${path}`)
    for (let visit = 0; visit < 2; visit++) {
      expect((await request.get(demo.url)).status()).toBe(500)
      await page.goto('/__lab/inspector/?lang=en')
      const verdict = page.locator('#inspector-verdict')
      await expect(verdict).toContainText('the next request will probably fail, too')
      await expect(verdict).not.toContainText('gets a new id')
    }
    const record = (await (await request.get(`${demo.url}__lab/inspector/export.json`)).json()) as {
      exchanges: Exchange[]
    }
    const stores = record.exchanges.flatMap(({ calls }) => calls.map(({ store }) => store))
    expect(new Set(stores)).toEqual(new Set([0])) // one and the same rows, whatever the app put before them
  })
})
