import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { APIRequestContext } from 'playwright/test'
import { compile } from '../../common/compile.mjs'
import { rowsOfMemory } from '../../stores/memory.ts'
import { type Demo, expect, inlineApp, test } from '../support/fixtures.ts'
import { runScript } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const name = 'memory-store.sid'

/** The first request starts the processes, which a busy machine may take long for. */
const starting = { timeout: 40_000 }

/** One visit, as the page tells it. */
async function visit(request: APIRequestContext) {
  const text = await (await request.get('/', starting)).text()
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1])
  return { visits: number(/aria-label="visits">(\d+)</), pid: number(/answered by process (\d+)/) }
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
async function end(pid: number) {
  process.kill(pid, 'SIGKILL')
  while (isRunning(pid)) await pause(10)
}

test.use({ app: 'memory-store' })

/* ── one process ─────────────────────────────────────────────────────────────────────────────────── */

prove(
  ['memory-store.single-process'],
  'two processes behind one address: neither finds the session that the other has made, and every visit is the first',
  { holdsIn: 'memory-store', failsIn: 'memory-store/shared-store' },
  async ({ request, demo, evidence }) => {
    const seen = []
    for (let n = 0; n < 4; n++) seen.push(await visit(request))
    const sids = demo.exchanges().map(({ setCookie }) => sidOf(setCookieOf(setCookie, name)?.value ?? ''))
    await evidence.json('visits and who answered', seen)
    await evidence.json('sid given by each answer', sids)
    await evidence.row('rows in both processes', await demo.rows())
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(2)
    expect(seen.map(({ visits }) => visits)).toEqual([1, 1, 1, 1])
    expect(new Set(sids).size).toBe(4)
    expect(await demo.rows()).toHaveLength(4)
  },
)

prove(
  ['memory-store.single-process'],
  'when the process ends, its sessions are gone: the cookie that is still sent finds nothing in the next one',
  { holdsIn: 'memory-store/one-process', failsIn: 'memory-store/shared-store' },
  async ({ request, demo, evidence }) => {
    const [first, second] = [await visit(request), await visit(request)]
    expect([first.visits, second.visits]).toEqual([1, 2])
    await end(second.pid)
    const third = await visit(request)
    await evidence.json('visits and who answered', [first, second, third])
    await evidence.json('cookie sent with the third', demo.exchanges().at(-1)?.cookie)
    expect(demo.exchanges().at(-1)?.cookie).toContain(name)
    expect(isRunning(second.pid)).toBe(false)
    expect(third.visits).toBe(1)
    expect(third.pid).not.toBe(second.pid)
  },
)

test('in a browser, too: each page comes from the other process, with style and icon from neither', async ({
  page,
  demo,
}) => {
  const answered = []
  for (let n = 0; n < 3; n++) {
    await page.goto('/', starting)
    await expect(page.getByLabel('visits')).toHaveText('1')
    answered.push((await page.getByText(/answered by process \d+/).textContent()) ?? '')
  }
  const [first, second, third] = answered.map((text) => /answered by process (\d+)/.exec(text)?.[1])
  expect(second).not.toBe(first)
  expect(third).toBe(first)
  expect(await demo.rows()).toHaveLength(3)
})

test.describe('processes of their own', () => {
  test.use({ app: 'memory-store/one-process' })

  test('100 more visitors are 100 more rows', async ({ request, demo }) => {
    await visit(request)
    const text = await (await request.get('/visitors')).text()
    expect(text).toContain('rows in this process before: 101')
    expect(await demo.rows()).toHaveLength(101)
    await demo.lab.sites[0]?.store.clear()
    expect(await demo.rows()).toEqual([])
    expect((await visit(request)).visits).toBe(1)
  })
})

/* ── growth ──────────────────────────────────────────────────────────────────────────────────────── */

interface Kind {
  maxAge?: number
  /** How often `length` is called, in ms. */
  sweep?: number
}

/** Keeps its sessions in the default store; /rows tells what lies there, asked before there is a session. */
const kept = (what: string, { maxAge, sweep }: Kind) =>
  inlineApp({
    scenario: 'memory-store',
    name: what,
    createApp({ secret }) {
      const app = express()
      let store: Store | undefined
      app.get('/rows', (_req, res) => {
        res.json(store ? rowsOfMemory(store as session.MemoryStore).map(({ sid }) => sid) : [])
      })
      const cookie = maxAge === undefined ? {} : { maxAge }
      app.use(session({ name, secret, resave: false, saveUninitialized: false, cookie }))
      app.get('/', (req: Request & { session: { visits?: number } }, res) => {
        store = req.sessionStore
        req.session.visits = (req.session.visits ?? 0) + 1
        res.send(String(req.session.visits))
      })
      const counting = setInterval(() => store?.length?.(() => {}), sweep ?? 86_400_000)
      counting.unref()
      return app
    },
  })

/** As many new visitors; gives the values of their cookies, which no jar here drops when they expire. */
async function visitors(count: number, { url }: Demo): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => fetch(url)))
  return answers.map((answer) => setCookieOf(answer.headers.getSetCookie(), name)?.value ?? '')
}
const rowsIn = async ({ url }: Demo) => (await (await fetch(`${url}rows`)).json()) as string[]

prove(
  ['memory-store.leaks'],
  '50 sessions that have expired are all still kept: only asking for one of them removes that one',
  {
    holdsIn: kept('sessions of 1 second', { maxAge: 1_000 }),
    failsIn: kept('the same, and length is called all the time', { maxAge: 1_000, sweep: 50 }),
    tag: '@waits',
  },
  async ({ demo, evidence }) => {
    const [mine = ''] = await visitors(51, demo)
    await pause(1_200)
    const expired = (await rowsIn(demo)).length
    const answer = await fetch(demo.url, { headers: { cookie: `${name}=${mine}` } })
    const after = await rowsIn(demo)
    await evidence.json('rows: after the expiry, and after one old visitor came back', [
      expired,
      after.length,
    ])
    expect(expired).toBe(51)
    expect(await answer.text()).toBe('1')
    expect(after).not.toContain(sidOf(mine)) // removed by get
    expect(after).toHaveLength(51) // the other 50, and the new one
  },
)

prove(
  ['memory-store.leaks'],
  'sessions whose cookies have no expiry are kept even when they are asked for, and when they are counted',
  {
    holdsIn: kept('no maxAge, and length is called all the time', { sweep: 50 }),
    failsIn: kept('maxAge of 300 ms, and length is called all the time', { maxAge: 300, sweep: 50 }),
    tag: '@waits',
  },
  async ({ demo, evidence }) => {
    const cookies = await visitors(21, demo)
    await pause(600)
    const answer = await fetch(demo.url, { headers: { cookie: `${name}=${cookies[0]}` } })
    const rows = await rowsIn(demo)
    await evidence.json('rows of 21 visitors', rows.length)
    expect(await answer.text()).toBe('2')
    expect(rows.sort()).toEqual(cookies.map(sidOf).sort())
  },
)

/* ── the default ─────────────────────────────────────────────────────────────────────────────────── */

/** Two session() in one process. */
const twice = (what: string, isDefault: boolean) =>
  inlineApp({
    scenario: 'memory-store',
    name: what,
    createApp({ store, secret }) {
      const app = express()
      for (const part of ['a', 'b']) {
        app.use(
          `/${part}`,
          session({
            name: `memory-store.${part}`,
            secret,
            resave: false,
            saveUninitialized: true,
            ...(!isDefault && { store }),
          }),
          (req: Request, res: express.Response) => {
            const isMemory = req.sessionStore instanceof session.MemoryStore
            req.sessionStore.length?.((_error, before) => res.json({ isMemory, before }))
          },
        )
      }
      return app
    },
  })

prove(
  ['store.default-new-MemoryStore'],
  'without a store each session() has a MemoryStore of its own: three sessions of one are not seen by the other',
  { holdsIn: twice('no store', true), failsIn: twice('one store for both', false) },
  async ({ demo, evidence }) => {
    for (let n = 0; n < 3; n++) await fetch(`${demo.url}a`)
    const answers = []
    for (const part of ['a', 'b']) answers.push(await (await fetch(`${demo.url}${part}`)).json())
    await evidence.json('store of a and of b: a MemoryStore? how many sessions before this one?', answers)
    expect(answers).toEqual([
      { isMemory: true, before: 3 },
      { isMemory: true, before: 0 },
    ])
  },
)

test('a store that is undefined by mistake is the default store, without a word', () => {
  const options = { secret: 'x', resave: false, saveUninitialized: false }
  const warned: unknown[] = []
  const { warn } = console
  console.warn = (...args) => warned.push(args)
  for (const nothing of [undefined, null, false, '']) session({ ...options, store: nothing as never })
  console.warn = warn
  expect(warned).toEqual([])
})

/* ── production ──────────────────────────────────────────────────────────────────────────────────── */

/** Builds an app in a process of its own and gives what that prints on stderr. */
async function printed(file: string, env: NodeJS.ProcessEnv, late = '') {
  const script = `
    const { default: session } = await import('express-session') // reads NODE_ENV
    if (${JSON.stringify(late)}) process.env.NODE_ENV = ${JSON.stringify(late)}
    class AnotherStore extends session.Store {}
    const { createApp } = await import('${await compile(file)}')
    createApp({ store: new AnotherStore(), secret: 'for the test only', otherUrl: () => '' })
  `
  return (await runScript(script, { env })).stderr()
}

prove(
  ['memory-store.not-for-production'],
  'NODE_ENV=production prints the warning when session() makes its MemoryStore; set only after express-session is loaded, or not at all, nothing is printed',
  { holdsIn: 'memory-store', failsIn: 'memory-store/shared-store', verdict: 'condition' },
  async ({ demo, evidence }) => {
    const { file } = demo.lab.variant()
    const [production, late, development] = await Promise.all([
      printed(file, { NODE_ENV: 'production' }),
      printed(file, {}, 'production'),
      printed(file, {}),
    ])
    await evidence.json('stderr with NODE_ENV=production', production)
    await evidence.json('stderr when it is set later, and when it is not', [late, development])
    expect(production).toContain('MemoryStore is not\ndesigned for a production environment')
    expect([late, development]).toEqual(['', ''])
  },
)

test('a MemoryStore that is given on purpose is warned of as well', async () => {
  expect(await printed('apps/memory-store/swept.ts', { NODE_ENV: 'production' })).toContain(
    'will not scale past a single process',
  )
})
