import express, { type RequestHandler, type Response } from 'express'
import session, { type SessionData, type Store } from 'express-session'
import type { Exchange } from '#inspector'
import { type Demo, expect, inlineApp, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const scenario = 'session-methods'
const name = 'session-methods.sid'
const methods = (exchange: Exchange | undefined) => exchange?.calls.map(({ method }) => method)
const last = (demo: Demo, url: string) => demo.wire().findLast((exchange) => exchange.url === url)
const newSid = (exchange: Exchange | undefined) =>
  sidOf(setCookieOf(exchange?.setCookie ?? [], name)?.value ?? '')

/** What a row holds besides its cookie. */
function contents(data: string | undefined): Record<string, unknown> {
  const { cookie, ...rest } = JSON.parse(data ?? '{}')
  return rest
}

type Data = session.Session & SessionData & { a?: string; b?: string; c?: string }

/** An app with /write (a and b) and a route `/try` of its own; `store` wraps the store it is given. */
const api = (what: string, route: RequestHandler, wrap = (store: Store) => store) =>
  inlineApp({
    scenario,
    name: what,
    createApp({ store, secret }) {
      const app = express()
      app.use(session({ name, secret, store: wrap(store), resave: false, saveUninitialized: false }))
      app.get('/write', (req, res) => {
        Object.assign(req.session, { a: 'stored', b: 'stored' })
        res.send('written')
      })
      app.get('/try', route)
      return app
    },
  })

/** Changes the row behind the session's back, as another request would. */
function changeRow(req: express.Request, change: Partial<Data>, then: () => void) {
  const { sessionStore, sessionID, session: visit } = req
  const changed = { ...visit, cookie: visit.cookie, ...change } as unknown as SessionData
  sessionStore.set(sessionID, changed, then)
}

prove(
  ['session.regenerate.new-sid-and-session-instance'],
  'regenerate removes the row, starts an empty session under a new id and hands the id to the browser',
  { holdsIn: 'session-methods', failsIn: 'session-methods/emptied' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    const before = newSid(last(demo, '/color'))
    const answer = await (await request.get('/regenerate')).text()
    const exchange = last(demo, '/regenerate')
    const after = newSid(exchange)
    await evidence.exchange('GET /regenerate', exchange)
    await evidence.json('sid before and after', [before, after])
    expect(after).not.toBe(before)
    expect(answer).toContain(`${after}<br>{}`)
    expect(await demo.row(before)).toBeUndefined()
    expect(contents((await demo.row(after))?.data)).toEqual({})
  },
)

const compare =
  (change: (req: express.Request, then: (error?: unknown) => void) => void): RequestHandler =>
  (req, res) => {
    const { sessionID: oldId, session: old } = req
    change(req, (error) =>
      res.json({
        isNewId: req.sessionID !== oldId,
        idsAgree: req.session.id === req.sessionID,
        isNewInstance: req.session !== old && req.session.constructor === old.constructor,
        error: (error as Error | undefined)?.message ?? null,
      }),
    )
  }

prove(
  ['session.regenerate.new-sid-and-session-instance'],
  'in the callback req.session is another Session object with another id',
  {
    holdsIn: api(
      'regenerate',
      compare((req, then) => req.session.regenerate(then)),
    ),
    failsIn: api(
      'the data removed by hand',
      compare((req, then) => {
        Object.assign(req.session, { a: undefined, b: undefined })
        then()
      }),
    ),
  },
  async ({ request, evidence }) => {
    await request.get('/write')
    const seen = await (await request.get('/try')).json()
    await evidence.json('in the callback', seen)
    expect(seen).toEqual({ isNewId: true, idsAgree: true, isNewInstance: true, error: null })
  },
)

test.describe('regenerate in a store that cannot remove the row', () => {
  const cannotDestroy = (store: Store): Store =>
    Object.assign(Object.create(store), {
      destroy: (_sid: string, callback: (error: Error) => void) => callback(new Error('out of order')),
    })
  test.use({
    app: api(
      'destroy fails',
      compare((req, then) => req.session.regenerate(then)),
      cannotDestroy,
    ),
  })

  test('the callback is given the error, yet the new session is there, and the old row stays', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/write')
    const old = newSid(last(demo, '/write'))
    const seen = await (await request.get('/try')).json()
    await evidence.json('in the callback', seen)
    expect(seen).toEqual({ isNewId: true, idsAgree: true, isNewInstance: true, error: 'out of order' })
    expect(contents((await demo.row(old))?.data)).toEqual({ a: 'stored', b: 'stored' })
    expect(newSid(last(demo, '/try'))).not.toBe(old)
  })
})

test.describe('regenerate with data to keep', () => {
  test.use({ app: 'session-methods/copies-data' })

  test('what the code copies by hand is in the new session', async ({ request, demo }) => {
    await request.get('/color')
    await request.get('/regenerate')
    const row = await demo.row(newSid(last(demo, '/regenerate')))
    expect(contents(row?.data)).toEqual({ color: 'red' })
  })
})

prove(
  ['session.destroy.removes-session'],
  'destroy removes the row; a request that was still at work writes it back under the same id',
  { holdsIn: 'session-methods', failsIn: 'session-methods/emptied', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    const sid = newSid(last(demo, '/color'))
    const job = request.get('/job')
    await expect.poll(async () => contents((await demo.row(sid))?.data)).toHaveProperty('job')
    await request.get('/destroy')
    const destroyed = await demo.row(sid)
    await evidence.row('row after destroy', destroyed ?? null)
    await evidence.exchange('GET /destroy', last(demo, '/destroy'))
    await job
    const back = await demo.row(sid)
    await evidence.row('row after the end of the job', back ?? null)
    expect(destroyed).toBeUndefined()
    expect(last(demo, '/destroy')).toMatchObject({ status: 200, setCookie: [] }) // the cookie stays
    expect(contents(back?.data)).toEqual({ color: 'red', job: 'done' })
  },
)

test('the callback of destroy comes after the row is gone', async ({ request, demo }) => {
  await request.get('/color')
  demo.lab.setDelay(300)
  await request.get('/destroy')
  const [, destroy] = last(demo, '/destroy')?.calls ?? []
  expect(destroy).toMatchObject({ method: 'destroy', error: null })
  expect(destroy?.duration).toBeGreaterThan(290)
  expect(await demo.rows()).toEqual([])
})

prove(
  ['session.destroy.unsets-req.session'],
  'in the callback of destroy there is no req.session, and the end of the response saves nothing',
  { holdsIn: 'session-methods', failsIn: 'session-methods/emptied' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    const answer = await (await request.get('/destroy')).text()
    const exchange = last(demo, '/destroy')
    await evidence.exchange('GET /destroy', exchange)
    expect(answer).toContain('<br>undefined')
    expect(methods(exchange)).toEqual(['get', 'destroy'])
    expect(exchange?.debug).toContain('no session')
  },
)

test.describe('a reference that outlives destroy', () => {
  test.use({
    app: api('keeps the session object', (req, res) => {
      const { session: kept } = req
      kept.destroy(() => kept.save(() => res.json({ session: typeof req.session })))
    }),
  })

  test('its save writes the row again, though req.session is gone', async ({ request, demo }) => {
    await request.get('/write')
    const sid = newSid(last(demo, '/write'))
    expect(await (await request.get('/try')).json()).toEqual({ session: 'undefined' })
    expect(contents((await demo.row(sid))?.data)).toEqual({ a: 'stored', b: 'stored' })
  })
})

const reloading =
  (reload: (req: express.Request, then: (error?: unknown) => void) => void): RequestHandler =>
  (req, res) => {
    const { session: old } = req
    const seen = () => {
      const { a, b, c } = req.session as Data
      return { a, b, c }
    }
    const answer = (error?: unknown) =>
      res.json({ ...seen(), isNewObject: req.session !== old, error: (error as Error)?.message ?? null })
    Object.assign(req.session, { c: 'not saved' })
    if (!req.headers.cookie) return reload(req, answer)
    changeRow(req, { a: 'from another request', c: undefined as unknown as string }, () =>
      reload(req, answer),
    )
  }

prove(
  ['session.reload.repopulates-from-store'],
  'reload brings what another request wrote and drops what was not saved; without a row it is an error and changes nothing',
  {
    holdsIn: api(
      'reload',
      reloading((req, then) => req.session.reload(then)),
    ),
    failsIn: api(
      'no reload',
      reloading((_req, then) => then()),
    ),
    verdict: 'condition',
  },
  async ({ request, playwright, demo, evidence }) => {
    await request.get('/write')
    const seen = await (await request.get('/try')).json()
    await evidence.json('after reload', seen)
    expect(seen).toEqual({ a: 'from another request', b: 'stored', isNewObject: true, error: null })

    const newcomer = await playwright.request.newContext({ baseURL: demo.url })
    const first = await (await newcomer.get('/try')).json()
    await newcomer.dispose()
    await evidence.json('after reload on a first visit', first)
    expect(first).toEqual({ c: 'not saved', isNewObject: false, error: 'failed to load session' })
  },
)

test.describe('reload of a row that has changed', () => {
  test.use({
    app: api(
      'reload',
      reloading((req, then) => req.session.reload(then)),
    ),
  })

  test('the request writes it back at its end, though the code changed nothing since', async ({
    request,
    demo,
  }) => {
    await request.get('/write')
    await request.get('/try')
    // get · the change behind its back · get of reload · set at the end
    expect(methods(last(demo, '/try'))).toEqual(['get', 'set', 'get', 'set'])
  })
})

const replacing: RequestHandler = (req, res) => {
  changeRow(req, { c: 'from another request' }, () => {
    const visit = req.session as Data
    visit.a = 'changed'
    delete visit.b
    visit.save(() =>
      req.sessionStore.get(req.sessionID, (_error, row) => {
        const { a, b, c } = row as unknown as Data
        res.json({ a, b, c })
      }),
    )
  })
}

const merging = (store: Store): Store =>
  Object.assign(Object.create(store), {
    set: (sid: string, data: SessionData, callback?: () => void) =>
      store.get(sid, (_error, row) => store.set(sid, { ...row, ...data }, callback)),
  })

prove(
  ['session.save.replaces-store-contents'],
  'in the callback of save the row is what was in memory: what another request had added is gone',
  { holdsIn: api('save', replacing), failsIn: api('save, in a store that merges', replacing, merging) },
  async ({ request, evidence }) => {
    await request.get('/write')
    const row = await (await request.get('/try')).json()
    await evidence.json('row in the callback of save', row)
    expect(row).toEqual({ a: 'changed' })
  },
)

prove(
  ['session.save.automatic-at-end-when-altered'],
  'without a call of save, a changed session ends with set and an unchanged one with touch',
  { holdsIn: 'session-methods', failsIn: 'session-methods/after-the-end' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    await request.get('/color')
    const changed = last(demo, '/color')
    await request.get('/')
    const unchanged = last(demo, '/')
    await evidence.calls('store calls of a request that changes the session', changed?.calls)
    await evidence.calls('store calls of one that does not', unchanged?.calls)
    expect(methods(changed)).toEqual(['get', 'set'])
    expect(methods(unchanged)).toEqual(['get', 'touch'])
  },
)

prove(
  ['session.save.auto-behaviour-depends-on-options'],
  'with resave and saveUninitialized false, a first visit and a read save nothing; with true, both do',
  { holdsIn: 'session-methods', failsIn: 'session-methods/always-saves' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    const first = last(demo, '/')
    await request.get('/color')
    await request.get('/')
    const read = last(demo, '/')
    await evidence.calls('store calls of a first visit', first?.calls)
    await evidence.calls('store calls of a read', read?.calls)
    expect([first, read].map(methods)).toEqual([[], ['get', 'touch']])
  },
)

prove(
  ['session.save.usually-not-needed'],
  'what /color writes is there in the next request, and its code does not call save',
  { holdsIn: 'session-methods', failsIn: 'session-methods/after-the-end' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    const next = await (await request.get('/')).text()
    await evidence.row('rows', await demo.rows())
    await evidence.json('the next page', next)
    expect(next).toContain('{&quot;color&quot;:&quot;red&quot;}')
  },
)

test.describe('save called in the middle', () => {
  const saves = (after: (visit: Data) => void): RequestHandler => {
    return (req, res) => {
      const visit = req.session as Data
      visit.a = 'saved in the middle'
      visit.save(() => {
        after(visit)
        res.send('done')
      })
    }
  }
  for (const [what, after, expected] of [
    ['is not saved again at the end when nothing changed since', () => {}, ['get', 'set', 'touch']],
    ['is saved again when something did', (visit: Data) => (visit.b = 'later'), ['get', 'set', 'set']],
  ] as const) {
    test.describe(what, () => {
      test.use({ app: api(`save, and it ${what}`, saves(after)) })
      test(`a session ${what}`, async ({ request, demo }) => {
        await request.get('/write')
        await request.get('/try')
        expect(methods(last(demo, '/try'))).toEqual(expected)
      })
    })
  }
})

prove(
  ['session.save.useful-in-long-lived-requests'],
  'while a job of 2 s is running, its row already says working',
  { holdsIn: 'session-methods', failsIn: 'session-methods/no-save' },
  async ({ request, demo, evidence }) => {
    await request.get('/color')
    const sid = newSid(last(demo, '/color'))
    const job = request.get('/job')
    await expect.poll(() => last(demo, '/job')?.debug.includes('session found')).toBe(true)
    const row = await demo.row(sid)
    const running = last(demo, '/job')?.duration
    const seen = await (await request.get('/')).text()
    await job
    await evidence.row('row while the job is running', row)
    expect(running).toBeNull()
    expect(contents(row?.data)).toEqual({ color: 'red', job: 'working' })
    expect(seen).toContain('working')
  },
)

/** A session on a connection that no response ends, as a WebSocket is served: middleware, and no response to watch. */
const socket = (what: string, save: (visit: Data, then: () => void) => void) =>
  inlineApp({
    scenario,
    name: what,
    createApp({ store, secret }) {
      const app = express()
      const parse = session({ name, secret, store, resave: false, saveUninitialized: false })
      app.get('/write', parse, (req, res) => {
        Object.assign(req.session, { a: 'stored' })
        res.send('written')
      })
      app.get('/try', (req, res) => {
        parse(req, {} as Response, () => {
          const visit = req.session as Data
          visit.a = 'from the socket'
          save(visit, () => res.send('received'))
        })
      })
      return app
    },
  })

prove(
  ['session.save.useful-in-long-lived-requests'],
  'where no response ends, as on a WebSocket, only save gets a change into the row',
  {
    holdsIn: socket('a socket that saves', (visit, then) => visit.save(then)),
    failsIn: socket('a socket that does not', (_visit, then) => then()),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/write')
    const sid = newSid(last(demo, '/write'))
    await request.get('/try')
    const row = await demo.row(sid)
    await evidence.row('row after the message', row)
    expect(contents(row?.data)).toEqual({ a: 'from the socket' })
  },
)

for (const [app, color] of [
  ['session-methods', 'red'],
  ['session-methods/no-save', 'red'],
  ['session-methods/reload-first', 'blue'],
] as const) {
  test.describe(`red turned blue by another request while the job is running, in ${app}`, () => {
    test.use({ app })

    test(`after the job it is ${color}`, async ({ request, demo, evidence }) => {
      await request.get('/color')
      const sid = newSid(last(demo, '/color'))
      const job = request.get('/job')
      await expect.poll(() => last(demo, '/job')?.debug.includes('session found')).toBe(true)
      await request.get('/color')
      expect(contents((await demo.row(sid))?.data)).toMatchObject({ color: 'blue' })
      await job
      const row = await demo.row(sid)
      await evidence.row('row after the job', row)
      expect(contents(row?.data)).toEqual({ color, job: 'done' })
    })
  })
}

test.describe('a job that reloads before it writes', () => {
  test.use({ app: 'session-methods/reload-first' })

  test('fails when the session has been destroyed meanwhile, and the row stays away', async ({
    request,
    demo,
  }) => {
    await request.get('/color')
    const job = request.get('/job')
    await expect.poll(() => last(demo, '/job')?.calls.at(-1)?.method).toBe('set')
    await request.get('/destroy')
    expect((await job).status()).toBe(500)
    expect(await demo.rows()).toEqual([])
  })
})

test('/reload makes get, get and touch', async ({ request, demo }) => {
  await request.get('/color')
  await request.get('/reload')
  expect(methods(last(demo, '/reload'))).toEqual(['get', 'get', 'touch'])
})

test.use({ app: 'session-methods' })
