import { mkdtempSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import connectSqlite3 from 'connect-sqlite3'
import express, { type Request } from 'express'
import session, { type SessionData, type Store } from 'express-session'
import { createApp, createStore } from '../../apps/store-contract/app.ts'
import { MapStore } from '../../apps/store-contract/store/map-store.ts'
import { root } from '../../common/places.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import { type Demo, expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'store-contract.sid'

type Answer<T> = (error?: unknown, result?: T) => void

/** Calls a method of a store; `times` tells how often it called back. */
async function ask<T>(work: (answer: Answer<T>) => void): Promise<T | undefined> {
  let times = 0
  const result = await new Promise<T | undefined>((resolve, reject) => {
    work((error, result) => {
      times++
      if (error) reject(error)
      else resolve(result)
    })
  })
  await pause(0)
  expect(times, 'the callback runs exactly once').toBe(1)
  return result
}

const promised = (store: Store) => ({
  get: (sid: string) => ask<SessionData | null>((answer) => store.get(sid, answer)),
  set: (sid: string, data: SessionData) => ask((answer) => store.set(sid, data, answer)),
  destroy: (sid: string) => ask((answer) => store.destroy(sid, answer)),
  touch: (sid: string, data: SessionData) => ask((answer) => store.touch?.(sid, data, answer)),
  all: () => ask<unknown>((answer) => store.all?.(answer)),
  length: () => ask<number>((answer) => store.length?.(answer)),
  clear: () => ask((answer) => store.clear?.(answer)),
})

const sessionOf = (data: object, maxAge: number | null = 60_000) => {
  const cookie = new session.Cookie()
  if (maxAge !== null) cookie.maxAge = maxAge
  return { cookie, ...data } as unknown as SessionData
}

/* ── stores side by side ─────────────────────────────────────────────────────────────────────────── */

const opened: { close(): Promise<void> }[] = []
const folders: string[] = []
async function openSqliteStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-contract-'))
  folders.push(folder)
  const store = openSqlite(join(folder, 'sessions.sqlite'))
  opened.push(store)
  return store.store
}
test.afterAll(async () => {
  for (const store of opened.splice(0)) await store.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

test('what length makes of an expired session differs: not counted, removed by counting, or counted', async ({
  evidence,
}) => {
  const map = new MapStore()
  const memory = new session.MemoryStore()
  const sqlite = await openSqliteStore()
  const counted = []
  for (const store of [map, memory, sqlite]) {
    const { set, length } = promised(store)
    await set('a', sessionOf({}, 10))
    await pause(20)
    counted.push(await length())
  }
  const kept = [map.rows.size, Object.keys(rowsOf(memory)).length]
  await evidence.json('length of one expired session: MapStore, MemoryStore, connect-sqlite3', counted)
  await evidence.json('rows still kept afterwards: MapStore, MemoryStore', kept)
  expect(counted).toEqual([0, 0, 1])
  expect(kept).toEqual([1, 0])
})

const rowsOf = (store: Store) => (store as unknown as { sessions: Record<string, string> }).sessions

test('a store for reading is short, and needs nothing but express-session', () => {
  const source = readFileSync(join(root, 'apps/store-contract/store/map-store.ts'), 'utf8')
  expect(source.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(60)
  expect([...source.matchAll(/from '([^']*)'/g)].map(([, from]) => from)).toEqual(['express-session'])
})

/* ── what express-session calls, and when ────────────────────────────────────────────────────────── */

/** The documented app over a store with something different. */
const over = (what: string, change: (store: MapStore) => object) =>
  inlineApp({
    scenario: 'store-contract',
    name: what,
    createApp,
    createStore(rows) {
      const store = createStore(rows)
      return Object.assign(store, change(store))
    },
  })

/** The store of the app, as whoever runs it holds it. */
function storeOf({ lab }: Demo): Store {
  const store = lab.sites[0]?.store.store
  if (!store) throw new Error('no store')
  return store
}

const called = (demo: Demo) =>
  demo.wire().map(({ url, calls }) => `${url}: ${calls.map(({ method }) => method).join(' ') || 'none'}`)
const lastSid = (demo: Demo) =>
  sidOf(
    setCookieOf(demo.wire().findLast(({ setCookie }) => setCookie.length > 0)?.setCookie ?? [], name)
      ?.value ?? '',
  )
const cookieFor = (sid: string) => ({ cookie: `${name}=${signed(sid, secret)}` })
const forged = 'thisIdIsInNoStore-0123456789abcd'
const countIn = async (answer: { text(): Promise<string> }) =>
  /aria-label="count">([^<]+)</.exec(await answer.text())?.[1]

test.use({ app: 'store-contract' })

prove(
  ['store.required-methods-always-called'],
  'get, set and destroy are called without asking whether they exist, but only when there is reason to: most requests never call destroy, and a first visit calls nothing',
  { holdsIn: 'store-contract', failsIn: 'store-contract/no-destroy', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    for (const path of ['/', '/add', '/add', '/regenerate', '/add', '/destroy']) await request.get(path)
    await evidence.json('store calls of each request', called(demo))
    expect(called(demo)).toEqual([
      '/: none',
      '/add: set',
      '/: get touch',
      '/add: get set touch',
      '/: get touch',
      '/regenerate: get destroy set',
      '/: get touch',
      '/add: get set touch',
      '/: get touch',
      '/destroy: get destroy',
      '/: get',
    ])
  },
)

test.describe('a store without destroy', () => {
  test.use({ app: 'store-contract/no-destroy' })

  test('serves until a session is to be ended: only then it is an error of that request', async ({
    request,
    demo,
    evidence,
  }) => {
    const statuses = []
    for (const path of ['/add', '/', '/regenerate', '/destroy', '/'])
      statuses.push((await request.get(path)).status())
    await evidence.json('statuses', statuses)
    expect(statuses).toEqual([200, 200, 500, 500, 200])
    expect(await demo.rows()).toHaveLength(1)
  })
})

prove(
  ['store.recommended-method-called-if-available'],
  'touch is called at the end of a request that has nothing left to save and came with the cookie of the session; where the session is new, or is saved automatically, set alone is called',
  { holdsIn: 'store-contract', failsIn: 'store-contract/no-touch', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    await request.get('/')
    await request.get('/regenerate', { maxRedirects: 0 })
    await evidence.json('store calls of each request', called(demo))
    expect(called(demo)).toEqual([
      '/add: set',
      '/: get touch',
      '/: get touch',
      '/regenerate: get destroy set',
    ])
  },
)

/** Reads a session and does nothing else. */
const reader = (what: string, resave: boolean) =>
  inlineApp({
    scenario: 'store-contract',
    name: what,
    createStore,
    createApp({ store, secret }) {
      const app = express()
      app.use(session({ name, secret, store, resave, saveUninitialized: true }))
      app.get('/', (_req, res) => void res.send('read'))
      return app
    },
  })

prove(
  ['store.recommended-method-called-if-available'],
  'with resave: true a touch that is there is never called: every request sets instead',
  {
    holdsIn: reader('resave: true', true),
    failsIn: reader('resave: false', false),
    verdict: 'condition',
  },
  async ({ request, demo, evidence }) => {
    for (let n = 0; n < 3; n++) await request.get('/')
    await evidence.json('store calls of each request', called(demo))
    expect(called(demo)).toEqual(['/: set', '/: get set', '/: get set'])
  },
)

/** The documented app with one route more, which asks its store how many sessions there are. */
const asksLength = inlineApp({
  scenario: 'store-contract',
  name: 'an app that asks for the length itself',
  createStore,
  createApp(parts) {
    const app = createApp(parts)
    app.use('/add-and-count', (req, _res, next) => req.sessionStore.length?.(() => next()))
    return app
  },
})

prove(
  ['store.optional-methods-never-called'],
  'all, length and clear are not called by any kind of request',
  { holdsIn: 'store-contract', failsIn: asksLength },
  async ({ request, demo, evidence }) => {
    const counts = { all: 0, length: 0, clear: 0 }
    const store = storeOf(demo)
    for (const method of ['all', 'length', 'clear'] as const) {
      const whole = store[method]?.bind(store) as (...args: unknown[]) => void
      Object.assign(store, {
        [method]: (...args: unknown[]) => {
          counts[method]++
          whole(...args)
        },
      })
    }
    for (const path of ['/', '/add', '/', '/regenerate', '/add-and-count', '/destroy', '/'])
      await request.get(path)
    await evidence.json('calls of the optional methods', counts)
    expect(counts).toEqual({ all: 0, length: 0, clear: 0 })
  },
)

prove(
  ['store.get.required'],
  'with a validly signed cookie, get is asked for its sid, and what it calls back with becomes req.session',
  {
    holdsIn: 'store-contract',
    failsIn: over('a get that finds nothing', () => ({
      get: (_sid: string, callback: Answer<null>) => callback(null, null),
    })),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const sid = lastSid(demo)
    const answer = await request.get('/')
    const [get] = demo.wire().at(-1)?.calls ?? []
    await evidence.calls('the call', get)
    expect(get).toMatchObject({ method: 'get', sid, error: null })
    expect(JSON.parse(get?.data ?? '{}')).toMatchObject({ count: 1 })
    expect(await countIn(answer)).toBe('1')
  },
)

prove(
  ['store.set.required-upsert'],
  'set makes the row at the first write and replaces it at the next: one row, with the newest data',
  {
    holdsIn: 'store-contract',
    failsIn: over('a set that only adds', (store) => ({
      set(sid: string, data: SessionData, callback?: Answer<never>) {
        if (store.rows.has(sid)) callback?.(null)
        else MapStore.prototype.set.call(store, sid, data, callback)
      },
    })),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    await request.get('/add')
    const rows = await demo.rows()
    await evidence.row('rows', rows)
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0]?.data ?? '{}')).toMatchObject({ count: 2 })
    const sets = demo.wire().flatMap(({ calls }) => calls.filter(({ method }) => method === 'set'))
    expect(sets.map(({ error }) => error)).toEqual([null, null])
  },
)

prove(
  ['store.destroy.required'],
  'destroy removes the row of the sid and calls back without error',
  {
    holdsIn: 'store-contract',
    failsIn: over('a destroy that keeps the row', () => ({
      destroy: (_sid: string, callback?: Answer<never>) => callback?.(null),
    })),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const sid = lastSid(demo)
    expect(await demo.row(sid)).toBeDefined()
    await request.get('/destroy', { maxRedirects: 0 })
    const call = demo.wire().at(-1)?.calls.at(-1)
    await evidence.calls('the call', call)
    await evidence.row('row afterwards', (await demo.row(sid)) ?? null)
    expect(call).toMatchObject({ method: 'destroy', sid, error: null })
    expect(await demo.row(sid)).toBeUndefined()
  },
)

prove(
  ['store.touch.recommended'],
  'touch moves the expiry of the row, calls back without error and leaves the data as it was',
  {
    holdsIn: 'store-contract',
    failsIn: over('a touch that does nothing', () => ({
      touch: (_sid: string, _session: SessionData, callback?: Answer<never>) => callback?.(null),
    })),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add', { maxRedirects: 0 })
    const sid = lastSid(demo)
    const before = await demo.row(sid)
    await pause(20)
    await request.get('/')
    const after = await demo.row(sid)
    const call = demo.wire().at(-1)?.calls.at(-1)
    await evidence.row('row before and after', [before, after])
    expect(call).toMatchObject({ method: 'touch', sid, error: null })
    expect(after?.expires ?? 0).toBeGreaterThanOrEqual((before?.expires ?? 0) + 15)
    const [{ cookie: _, ...data }, { cookie, ...same }] = [before, after].map((row) =>
      JSON.parse(row?.data ?? ''),
    )
    expect(same).toEqual(data)
    expect(Date.parse(cookie.expires)).toBe(after?.expires) // or a later save() would write the old one back
  },
)

/** A session of 4 seconds that is only read, after /add. */
const idle = (what: string, change: object) =>
  inlineApp({
    scenario: 'store-contract',
    name: what,
    createStore: (rows) => Object.assign(createStore(rows), change),
    createApp({ store, secret }) {
      const app = express()
      app.use(
        session({ name, secret, store, resave: false, saveUninitialized: false, cookie: { maxAge: 4_000 } }),
      )
      app.get('/add', (req: Request & { session: { count?: number } }, res) => {
        req.session.count = 1
        res.send('added')
      })
      app.get('/', (req: Request & { session: { count?: number } }, res) => {
        res.send(`count: ${req.session.count ?? 0}`)
      })
      return app
    },
  })

prove(
  ['store.touch.resets-idle-timer'],
  'a session of 4 seconds that is read every 2.5 seconds outlives them: each touch starts its time anew',
  {
    holdsIn: idle('a session of 4 seconds', {}),
    failsIn: idle('the same without touch', { touch: undefined }),
    tag: '@waits',
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const sid = lastSid(demo)
    const seen = []
    for (let n = 0; n < 2; n++) {
      await pause(2_500)
      seen.push(await (await request.get('/', { headers: cookieFor(sid) })).text())
    }
    await evidence.json('after 2.5 s and after 5 s', seen)
    expect(seen).toEqual(['count: 1', 'count: 1'])
  },
)

prove(
  ['store.all.returns-array-via-callback'],
  'this store gives an array, and MemoryStore, which comes with express-session, an object by sid',
  {
    holdsIn: 'store-contract',
    failsIn: over('an all that gives an object', () => ({
      all: (callback: Answer<object>) => callback(null, { a: sessionOf({}) }),
    })),
    verdict: 'condition',
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    const mine = await promised(storeOf(demo)).all()
    const memory = promised(new session.MemoryStore())
    await memory.set('some-sid', sessionOf({ count: 1 }))
    const its = (await memory.all()) as object
    await evidence.json('MapStore.all', mine)
    await evidence.json('MemoryStore.all', its)
    expect(mine).toEqual([expect.objectContaining({ count: 1 })])
    expect(Array.isArray(its)).toBe(false)
    expect(Object.keys(its)).toEqual(['some-sid'])
  },
)

prove(
  ['store.length.returns-count-via-callback'],
  'three visitors with a session: length calls back with 3',
  {
    holdsIn: 'store-contract',
    failsIn: over('a length that is wrong', () => ({
      length: (callback: Answer<number>) => callback(null, 0),
    })),
  },
  async ({ playwright, demo, evidence }) => {
    for (let n = 0; n < 3; n++) {
      const visitor = await playwright.request.newContext({ baseURL: demo.url })
      await visitor.get('/add')
      await visitor.dispose()
    }
    const length = await promised(storeOf(demo)).length()
    await evidence.json('length', length)
    expect(length).toBe(3)
  },
)

prove(
  ['store.clear.deletes-all'],
  'clear removes every row and calls back without error; the next visit starts at 0',
  {
    holdsIn: 'store-contract',
    failsIn: over('a clear that keeps the rows', () => ({
      clear: (callback?: Answer<never>) => callback?.(null),
    })),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/add')
    expect(await demo.rows()).toHaveLength(1)
    await promised(storeOf(demo)).clear()
    await evidence.row('rows afterwards', await demo.rows())
    expect(await demo.rows()).toEqual([])
    expect(await countIn(await request.get('/'))).toBe('0')
  },
)

/* ── not found, and errors ───────────────────────────────────────────────────────────────────────── */

prove(
  ['store.get.null-or-undefined-means-not-found'],
  'null and undefined without an error mean the same: the sid is given up, and a new session begins',
  { holdsIn: 'store-contract', failsIn: 'store-contract/other-error' },
  async ({ request, demo, evidence }) => {
    for (const nothing of [null, undefined]) {
      storeOf(demo).get = (_sid, callback) => callback(null, nothing)
      const response = await request.get('/add', { headers: cookieFor(forged), maxRedirects: 0 })
      const exchange = demo.wire().at(-1)
      await evidence.json(`${nothing}: status, debug lines`, [response.status(), exchange?.debug])
      expect(response.status()).toBe(302)
      expect(exchange?.debug.join('\n')).toContain('no session found')
      expect(lastSid(demo)).not.toBe(forged)
    }
  },
)

prove(
  ['store.get.ENOENT-acts-as-not-found'],
  'an error with the code ENOENT is no error of the request: a new session begins, as if the row were not there',
  { holdsIn: 'store-contract/enoent', failsIn: 'store-contract/other-error', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const response = await request.get('/add', { headers: cookieFor(forged), maxRedirects: 0 })
    const exchange = demo.wire().at(-1)
    await evidence.exchange('exchange', exchange)
    expect(response.status()).toBe(302)
    expect(exchange?.debug.join('\n')).toContain('no session found')
    expect(lastSid(demo)).not.toBe(forged)
  },
)

/** Loses its row while a request runs, which then reloads its session. */
const reloads = (what: string, missing: (callback: Answer<null>) => void) =>
  inlineApp({
    scenario: 'store-contract',
    name: what,
    createStore(rows) {
      const store = createStore(rows)
      return Object.assign(store, {
        get: (sid: string, callback: Answer<SessionData | null>) =>
          rows.has(sid) ? MapStore.prototype.get.call(store, sid, callback) : missing(callback),
      })
    },
    createApp({ store, secret }) {
      const app = express()
      app.use(session({ name, secret, store, resave: false, saveUninitialized: true }))
      app.get('/', (_req, res) => void res.json({}))
      app.get('/reload', (req, res) => {
        store.destroy(req.sessionID, () =>
          req.session.reload((err) => res.json({ code: err?.code ?? null, message: err?.message })),
        )
      })
      return app
    },
  })
const enoent = () => Object.assign(new Error('no such file'), { code: 'ENOENT' })

prove(
  ['store.get.ENOENT-acts-as-not-found'],
  'only the fetch at the beginning of a request treats ENOENT so: req.session.reload() hands the error on',
  {
    holdsIn: reloads('a store that reports ENOENT', (callback) => callback(enoent())),
    failsIn: reloads('a store that reports null', (callback) => callback(null, null)),
    verdict: 'condition',
  },
  async ({ request, evidence }) => {
    await request.get('/')
    const answer = await (await request.get('/reload')).json()
    await evidence.json('what reload calls back with', answer)
    expect(answer).toEqual({ code: 'ENOENT', message: 'no such file' })
  },
)

test('store.load(), too, hands ENOENT to its callback', async () => {
  const store = Object.assign(createStore(new Map()), {
    get: (_sid: string, callback: Answer<null>) => callback(enoent()),
  })
  const error = await new Promise((resolve) => store.load('a', resolve))
  expect(error).toMatchObject({ code: 'ENOENT' })
})

test('ENOENT and nothing else: another code, or none, is an error of the request', async ({
  request,
  demo,
  evidence,
}) => {
  const statuses: Record<string, number> = {}
  for (const code of ['ENOENT', 'enoent', 'ENOTFOUND', 'ECONNREFUSED', undefined]) {
    storeOf(demo).get = (_sid, callback) => callback(Object.assign(new Error('failed'), { code }))
    statuses[String(code)] = (await request.get('/', { headers: cookieFor(forged) })).status()
  }
  await evidence.json('status by code', statuses)
  expect(statuses).toEqual({ ENOENT: 200, enoent: 500, ENOTFOUND: 500, ECONNREFUSED: 500, undefined: 500 })
})

/* ── what session() asks of a store ──────────────────────────────────────────────────────────────── */

const options = { secret, resave: false, saveUninitialized: false }
const methodsOnly = () => {
  const { get, set, destroy, touch } = new MapStore()
  return { get, set, destroy, touch, rows: new Map() }
}

prove(
  ['store.must-be-EventEmitter-with-methods'],
  'without on() session() throws; with it and all documented methods the second request is still an error, because createSession comes from session.Store only',
  { holdsIn: 'store-contract/bare-emitter', failsIn: 'store-contract', verdict: 'condition' },
  async ({ request, evidence }) => {
    expect(() => session({ ...options, store: methodsOnly() as never })).toThrow('store.on is not a function')
    const withOn = { ...methodsOnly(), on() {} }
    expect(() => session({ ...options, store: withOn as never })).not.toThrow()

    const statuses = []
    for (const path of ['/add', '/', '/regenerate'])
      statuses.push((await request.get(path, { maxRedirects: 0 })).status())
    await evidence.json('statuses of /add, / and /regenerate', statuses)
    expect(statuses).toEqual([302, 500, 500])
  },
)

/** The documented app that forgets the store it is given. */
const withoutStore = inlineApp({
  scenario: 'store-contract',
  name: 'no store option',
  createStore,
  createApp: (parts) => createApp({ ...parts, store: undefined as never }),
})

prove(
  ['store.option-takes-instance'],
  'the sessions go to the very instance that is given; a class in its place is refused when session() is called',
  { holdsIn: 'store-contract', failsIn: withoutStore },
  async ({ request, demo, evidence }) => {
    expect(() => session({ ...options, store: MapStore as never })).toThrow('store.on is not a function')
    await request.get('/add')
    const rows = await demo.rows()
    await evidence.row('rows in the instance', rows)
    expect(rows.map(({ sid }) => sid)).toEqual([lastSid(demo)])
  },
)

test.describe('a store that is disconnected', () => {
  test.use({ app: 'store-contract/disconnect' })

  test('there is no req.session and no store call until connect; cookie and row go on as they were', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/add')
    const sid = lastSid(demo)
    expect(await countIn(await request.get('/disconnect'))).toBe('–')
    const [, seen] = demo.wire().slice(-2)
    await evidence.exchange('a request while disconnected', seen)
    expect(seen).toMatchObject({ calls: [], setCookie: [] })
    expect(seen?.debug.join('\n')).toContain('store is disconnected')
    expect((await request.get('/add')).status()).toBe(500) // the app relies on req.session
    expect(await demo.row(sid)).toBeDefined()
    expect(await countIn(await request.get('/connect'))).toBe('1')
  })
})

/* ── the stores that the documentation names ─────────────────────────────────────────────────────── */

/** connect-sqlite3 as it comes: without our touch, without the guard. */
const listed = inlineApp({
  scenario: 'store-contract',
  name: 'connect-sqlite3 as it comes',
  createApp,
  createStore() {
    const folder = mkdtempSync(join(tmpdir(), 'lab-listed-'))
    folders.push(folder)
    const store = openSqlite(join(folder, 'sessions.sqlite'))
    opened.push(store)
    delete store.store.touch
    return store.store
  },
})

prove(
  ['store.compatible-list-example'],
  'connect-sqlite3, from the list, does all that the app needs; but its get calls back twice when the database fails, and its touch leaves out a session without expiry',
  {
    holdsIn: listed,
    failsIn: over('a store that forgets', () => ({
      set: (_sid: string, _session: SessionData, callback?: Answer<never>) => callback?.(null),
    })),
    verdict: 'condition',
  },
  async ({ request, demo, evidence }) => {
    const seen = []
    for (const path of ['/add', '/add', '/', '/regenerate', '/add', '/destroy'])
      seen.push(await countIn(await request.get(path)))
    await evidence.json('count after add, add, read, regenerate, add, destroy', seen)
    await evidence.json('store calls', called(demo))
    expect(seen).toEqual(['1', '2', '2', '0', '1', '0'])

    const answers: unknown[] = []
    const ok = (_sql: string, callback: Answer<never>) => callback(null)
    const nothing = () => {}
    const get = (_sql: string, _params: unknown, callback: Answer<never>) => callback(new Error('disk I/O'))
    const SQLiteStore = connectSqlite3({ Store: session.Store })
    const failing = new SQLiteStore({ db: { exec: ok, run: nothing, all: nothing, get } })
    failing.get('a', (error) => answers.push(error?.message ?? null))
    await evidence.json('what its get calls back with, when the database fails', answers)
    expect(answers).toEqual(['disk I/O', null])

    const touched: unknown[] = []
    const run = (_sql: string, params: unknown, callback?: Answer<never>) => {
      if (callback) touched.push(params)
      callback?.(null)
    }
    const touching = new SQLiteStore({ db: { exec: ok, run, all: nothing, get } })
    await promised(touching).touch('timed', sessionOf({}))
    await promised(touching).touch('open-ended', sessionOf({}, null))
    await evidence.json('parameters of the rows that its touch extends', touched)
    expect(touched).toEqual([[expect.any(Number), 'timed', expect.any(Number)]])
  },
)

/** The part of the README inside the installed express-session that stands under one heading. */
const readme = (what: string, heading: string) =>
  inlineApp({
    scenario: 'store-contract',
    name: what,
    createApp() {
      const text = readFileSync(join(root, 'node_modules/express-session/README.md'), 'utf8')
      const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
      return express().get('/', (_req, res) => void res.type('text').send(section))
    },
  })

prove(
  ['store.reference-connect-redis'],
  'the README inside the installed express-session names connect-redis as the example of a store',
  {
    holdsIn: readme('its part on implementing a store', 'Session Store Implementation'),
    failsIn: readme('its part on debugging', 'Debugging'),
  },
  async ({ request, evidence }) => {
    const section = await (await request.get('/')).text()
    const links = [...section.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link)
    await evidence.json('what it links to', links)
    expect(links).toEqual([expect.stringMatching(/connect-redis$/)])
  },
)
