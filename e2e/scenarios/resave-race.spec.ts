import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import session, { type Store } from 'express-session'
import type { APIRequestContext } from 'playwright/test'
import type { Exchange } from '#inspector'
import { listen } from '../../lab/http/listen.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import type { Row } from '../../stores/store.ts'
import type { Keeper } from '../support/evidence.ts'
import { type Demo, expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'

const scenario = 'resave-race'
const methods = (exchange: Exchange | undefined) => exchange?.calls.map(({ method }) => method)

const countIn = (html: string) => Number(/aria-label="count">(\d+)</.exec(html)?.[1])
const countOf = async (request: APIRequestContext) => countIn(await (await request.get('/')).text())

/** Both requests read the session at the start; the quick one ends first. */
async function race(request: APIRequestContext, demo: Demo): Promise<Exchange[]> {
  await request.get('/')
  await Promise.all([request.get('/read'), request.get('/add')])
  return demo.wire().filter(({ url }) => url === '/read' || url === '/add')
}

/** A small app with these options, over the store that it is given. */
const reader = (name: string, options: (store: Store) => Omit<session.SessionOptions, 'secret'>) =>
  inlineApp({
    scenario,
    name,
    createApp({ store, secret }) {
      const app = express()
      app.use(session({ name: 'resave-race.sid', secret, saveUninitialized: true, ...options(store) }))
      app.get('/', (req, res) => {
        const { count = 0 } = req.session as { count?: number }
        res.send(`<p aria-label="count">${count}</p>`)
      })
      app.get('/add', (req, res) => {
        const visit = req.session as { count?: number }
        visit.count = (visit.count ?? 0) + 1
        res.send('added')
      })
      return app
    },
  })

const withoutTouch = (store: Store): Store => Object.assign(Object.create(store), { touch: undefined })

prove(
  ['resave.true-saves-unmodified-session'],
  'a request that only reads ends with set: the whole session is written back',
  { holdsIn: 'resave-race/resave-true', failsIn: 'resave-race' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    await request.get('/')
    const read = demo.wire().at(-1)
    await evidence.calls('store calls of a request that only reads', read?.calls)
    expect(methods(read)).toEqual(['get', 'set'])
  },
)

prove(
  ['resave.true-can-overwrite-parallel-change'],
  'the slow request that changes nothing puts the old contents back: the count of the quick one is lost',
  { holdsIn: 'resave-race/resave-true', failsIn: 'resave-race' },
  async ({ request, demo, evidence }) => {
    const exchanges = await race(request, demo)
    await evidence.exchange('store calls of the two requests', exchanges)
    const count = await countOf(request)
    await evidence.json('count after the race', count)
    expect(count).toBe(0)
  },
)

prove(
  ['resave.true-can-overwrite-parallel-change'],
  'in the browser: two frames of one page race, and the 1 that /add reported is gone',
  { holdsIn: 'resave-race/resave-true', failsIn: 'resave-race' },
  async ({ page, evidence }) => {
    await page.goto('/')
    await page.goto('/race') // loaded when both frames are
    const said = await page.frameLocator('iframe[src="/add"]').getByText('took').textContent()
    await page.goto('/')
    const count = await page.getByLabel('count').textContent()
    await evidence.json('what /add said, and the count afterwards', [said, count])
    expect(said).toBe('took 0.3 s and made it 1')
    expect(count).toBe('0')
  },
)

prove(
  ['resave.race-outcome-depends-on-store'],
  'the same race with resave: true loses nothing in a store that drops outdated writes',
  { holdsIn: 'resave-race/versioned-store', failsIn: 'resave-race/resave-true' },
  async ({ request, demo, evidence }) => {
    const exchanges = await race(request, demo)
    await evidence.exchange('store calls of the two requests', exchanges)
    const count = await countOf(request)
    await evidence.json('count after the race', count)
    expect(count).toBe(1)
    const read = exchanges.find(({ url }) => url === '/read')
    expect(methods(read)).toEqual(['get', 'set']) // it asked to write: the store did not
  },
)

test.describe('the other way round', () => {
  const touchWritesAll = reader('resave: false, a store whose touch writes the whole session', (store) => ({
    resave: false,
    store: Object.assign(Object.create(store), {
      touch: (...args: Parameters<Store['set']>) => store.set(...args),
    }),
  }))
  test.use({ app: touchWritesAll })

  test('a store whose touch writes the whole session loses the count with resave: false too', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/')
    demo.lab.setDelay(800) // the write of /add is on its way while / reads, and / writes after it
    const adding = request.get('/add')
    await expect.poll(() => methods(demo.wire().find(({ url }) => url === '/add'))).toEqual(['get', 'set'])
    await Promise.all([adding, request.get('/')])
    demo.lab.setDelay(0)
    await evidence.exchange('store calls', demo.wire())
    expect(await countOf(request)).toBe(0)
  })
})

test.describe('two requests that both write', () => {
  test.use({ app: 'resave-race/both-write' })

  test('resave: false does not help: the later one wins and the count is lost', async ({
    request,
    demo,
    evidence,
  }) => {
    const exchanges = await race(request, demo)
    await evidence.exchange('store calls of the two requests', exchanges)
    expect(await countOf(request)).toBe(0)
  })
})

test.describe('a slow store', () => {
  test.use({ app: 'resave-race/resave-true' })

  test('an ordinary reload right after a change wipes it out with resave: true', async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/')
    demo.lab.setDelay(800)
    const adding = request.get('/add')
    await expect.poll(() => methods(demo.wire().find(({ url }) => url === '/add'))).toEqual(['get', 'set'])
    await Promise.all([adding, request.get('/')])
    demo.lab.setDelay(0)
    await evidence.exchange('the two requests', demo.wire().slice(1))
    expect(await countOf(request)).toBe(0)
  })
})

for (const storeUrl of ['sqlite:', 'memory:']) {
  test.describe(`the race in ${storeUrl}`, () => {
    test.use({ storeUrl, app: 'resave-race/resave-true' })

    test('loses the count with resave: true and keeps it with resave: false', async ({ request, demo }) => {
      await race(request, demo)
      expect(await countOf(request)).toBe(0)
      await demo.lab.setVariant('app')
      await race(request, demo)
      expect(await countOf(request)).toBe(1)
    })
  })
}

prove(
  ['resave.default-true'],
  'with resave left out, a request that only reads is written back',
  { holdsIn: 'resave-race/unset-resave', failsIn: 'resave-race' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    await request.get('/')
    const read = demo.wire().at(-1)
    await evidence.calls('store calls of a request that only reads', read?.calls)
    expect(methods(read)).toEqual(['get', 'set'])
  },
)

prove(
  ['resave.default-is-deprecated'],
  'a start without resave prints a deprecation warning on standard error',
  { holdsIn: 'resave-race/unset-resave', failsIn: 'resave-race' },
  async ({ startDemo, evidence }) => {
    const started = await startDemo()
    await started.kill()
    await evidence.json('standard error', started.stderr())
    expect(started.stderr()).toContain(
      'express-session deprecated undefined resave option; provide resave option',
    )
  },
)

prove(
  ['resave.false-is-usual-choice'],
  'the reason: ten reads and one change write the session once, and the race loses nothing',
  { holdsIn: 'resave-race', failsIn: 'resave-race/resave-true' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    const first = demo.wire().length
    for (let visit = 0; visit < 10; visit++) await request.get('/')
    await request.get('/add')
    const calls = demo
      .wire()
      .slice(first)
      .flatMap((exchange) => methods(exchange) ?? [])
    const times = (method: string) => calls.filter((call) => call === method).length
    const counted = { get: times('get'), set: times('set'), touch: times('touch') }
    await evidence.json('store calls of ten reads and one change', counted)
    expect(counted).toEqual({ get: 11, set: 1, touch: 10 })
    await race(request, demo)
    expect(await countOf(request)).toBe(2)
  },
)

test('with resave: false a request that only reads still writes: touch moves the expiry of the row', async ({
  request,
  demo,
}) => {
  await request.get('/')
  const [before] = await demo.rows()
  await request.get('/')
  const [after] = await demo.rows()
  expect(methods(demo.wire().at(-1))).toEqual(['get', 'touch'])
  expect(after?.expires ?? 0).toBeGreaterThan(before?.expires ?? 0)
})

/** Adds 1, then only reads, in steps shorter than the 3 s of the session, until more than 3 s have passed. */
async function countAfterUse(request: APIRequestContext, demo: Demo) {
  const seen: { count: number; calls: string[] | undefined; row: Row | undefined }[] = []
  await request.get('/add')
  for (let visit = 0; visit < 3; visit++) {
    await pause(1_200) // the expiry under test
    const count = await countOf(request)
    const calls = methods(demo.wire().at(-1))
    seen.push({ count, calls, row: (await demo.rows()).at(-1) })
  }
  return seen
}

async function keepUse(evidence: Keeper, seen: Awaited<ReturnType<typeof countAfterUse>>) {
  await evidence.json(
    'every 1.2 s',
    seen.map(({ count, calls }) => ({ count, calls })),
  )
  await evidence.row(
    'row every 1.2 s',
    seen.map(({ row }) => row),
  )
}

prove(
  ['resave.store-with-touch-can-use-false'],
  'visited every 1.2 s, a session of 3 s lives on through touch alone',
  {
    holdsIn: 'resave-race/short-lived',
    failsIn: 'resave-race/no-touch',
    verdict: 'condition',
    tag: '@waits',
  },
  async ({ request, demo, evidence }) => {
    const seen = await countAfterUse(request, demo)
    await keepUse(evidence, seen)
    expect(seen.map(({ count }) => count)).toEqual([1, 1, 1])
    expect(seen.map(({ calls }) => calls)).toEqual(Array(3).fill(['get', 'touch']))
  },
)

prove(
  ['resave.store-with-touch-can-use-false'],
  'touch extends the row here; the touch that connect-sqlite3 comes with does not when there is no maxAge',
  { holdsIn: 'resave-race', failsIn: 'resave-race/no-touch', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    const [before] = await demo.rows()
    await request.get('/')
    const [after] = await demo.rows()
    await evidence.row('row before and after a read', [before, after])
    expect(methods(demo.wire().at(-1))).toEqual(['get', 'touch'])
    expect(after?.expires ?? 0).toBeGreaterThan(before?.expires ?? 0)

    const published = openSqlite(join(demo.folder, 'published.sqlite'))
    delete published.store.touch // the lab's own; that of connect-sqlite3 is behind it
    expect(published.store.touch).toBeInstanceOf(Function)
    const app = express()
    app.use(session({ secret, store: published.store, resave: false, saveUninitialized: true }))
    app.get('/', (_req, res) => {
      res.send('read')
    })
    const listening = await listen(app, 0)
    const url = `http://localhost:${listening?.port}/`
    await request.get(url)
    const [untouched] = await published.rows(1)
    await request.get(url)
    const [still] = await published.rows(1)
    await listening?.close()
    await published.close()
    await evidence.row("the same with connect-sqlite3's own touch", [untouched, still])
    expect(untouched?.expires ?? 0).toBeGreaterThan(0)
    expect(still?.expires).toBe(untouched?.expires)
  },
)

prove(
  ['resave.ttl-store-without-touch-needs-true'],
  'without touch, resave: true keeps a session of 3 s alive while it is used; resave: false lets its row end',
  {
    holdsIn: reader('resave: true, no touch', (store) => ({
      resave: true,
      rolling: true,
      cookie: { maxAge: 3_000 },
      store: withoutTouch(store),
    })),
    failsIn: 'resave-race/no-touch',
    tag: '@waits',
  },
  async ({ request, demo, evidence }) => {
    const seen = await countAfterUse(request, demo)
    await keepUse(evidence, seen)
    await evidence.setCookie(
      'Set-Cookie',
      demo.wire().flatMap(({ setCookie }) => setCookie),
    )
    expect(seen.map(({ count }) => count)).toEqual([1, 1, 1])
  },
)
