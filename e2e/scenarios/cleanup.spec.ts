import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import express from 'express'
import Database from 'libsql'
import type { APIRequestContext } from 'playwright/test'
import * as allAtOnce from '../../apps/cleanup/all-at-once.ts'
import * as inBatches from '../../apps/cleanup/app.ts'
import * as byAge from '../../apps/cleanup/by-age.ts'
import * as never from '../../apps/cleanup/never.ts'
import { longestPause } from '../../apps/cleanup/rows/longest-pause.ts'
import { OrderedStore, type Rows } from '../../apps/cleanup/rows/ordered-store.ts'
import { removeExpired } from '../../apps/cleanup/rows/sqlite.ts'
import { addVisitors } from '../../apps/cleanup/rows/visitors.ts'
import { compile } from '../../common/compile.mjs'
import type { AppModule } from '../../lab/scenarios/scenarios.ts'
import { expect, type InlineApp, inlineApp, test } from '../support/fixtures.ts'
import { runScript } from '../support/own-process.ts'

const name = 'cleanup.sid'

/** The rows of the test that is running. */
let rows: Rows

/** A variant over rows that the test can let grow older. */
const aging = (what: string, { createApp }: AppModule) =>
  inlineApp({
    scenario: 'cleanup',
    name: what,
    createApp,
    createStore(given) {
      rows = given
      return new OrderedStore(rows)
    },
  })

/** As if every row had been made and used so many ms earlier. */
function age(ms: number) {
  for (const row of rows.values()) {
    row.expires -= ms
    const { cookie, madeAt, ...data } = JSON.parse(row.data)
    const expires = new Date(Date.parse(cookie.expires) - ms)
    row.data = JSON.stringify({ ...data, cookie: { ...cookie, expires }, madeAt: madeAt - ms })
  }
}

const visit = async (request: APIRequestContext) =>
  Number(/aria-label="visits">(\d+)</.exec(await (await request.get('/')).text())?.[1])

for (const [variant, isMineThere, title] of [
  [
    aging('app', inBatches),
    true,
    'rows that have expired lie on: those of visitors who never return, and mine when I do',
  ],
  [
    aging('never', never),
    false,
    'a store that removes what it is asked for removes mine; those of the others lie on',
  ],
] as const) {
  test.describe(variant.name, () => {
    test.use({ app: variant })

    test(title, async ({ request, sid, page, evidence }) => {
      await page.goto('/')
      const mine = (await sid(name)) ?? ''
      const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join()
      addVisitors(rows, 50)
      age(11_000)
      const answer = await (await request.get('/', { headers: { cookie } })).text()
      await evidence.json('what the page says', answer)
      expect(answer).toContain('aria-label="visits">1<') // a new session
      expect(rows.has(mine)).toBe(isMineThere)
      expect([...rows.keys()].filter((sid) => sid.startsWith('visitor-'))).toHaveLength(50)
    })
  })
}

/** Cleans up after 5000 visitors; gives how many rows there were each time somebody else got a turn. */
async function sizesMeanwhile(request: APIRequestContext): Promise<number[]> {
  addVisitors(rows, 5_000)
  age(11_000)
  await request.get('/')
  const sizes = new Set<number>()
  let isDone = false
  const cleaning = request.get('/clean-up', { maxRedirects: 0 }).finally(() => {
    isDone = true
  })
  while (!isDone) {
    sizes.add(rows.size)
    await setImmediate()
  }
  await cleaning
  return [...sizes]
}

test.describe('in batches', () => {
  test.use({ app: aging('app', inBatches) })

  test('a cleanup removes what has expired, and in between everybody else gets a turn', async ({
    request,
    evidence,
  }) => {
    const sizes = await sizesMeanwhile(request)
    await evidence.json('rows seen meanwhile', sizes)
    expect(sizes).toEqual([5_001, 4_501, 4_001, 3_501, 3_001, 2_501, 2_001, 1_501, 1_001, 501, 1])
    expect(await visit(request)).toBe(2)
  })

  test('whoever goes on keeps the session: what counts is its expiry', async ({ request }) => {
    await visit(request)
    age(6_000)
    await visit(request)
    age(6_000)
    await request.get('/clean-up', { maxRedirects: 0 })
    expect(await visit(request)).toBe(3)
  })

  test('a row that is written again while a cleanup is under way stays', async ({ request }) => {
    expect(await writtenMeanwhile(request)).toBe(true)
  })
})

test.describe('all at once', () => {
  test.use({ app: aging('all-at-once', allAtOnce) })

  test('a cleanup lets nobody in before it is done', async ({ request, evidence }) => {
    const sizes = await sizesMeanwhile(request)
    await evidence.json('rows seen meanwhile', sizes)
    expect(sizes).toEqual([5_001, 1])
    expect(await visit(request)).toBe(2)
  })
})

test.describe('by age', () => {
  test.use({ app: aging('by-age', byAge) })

  test('a cleanup throws out whoever has been here for ten seconds, however busy', async ({ request }) => {
    await visit(request)
    age(6_000)
    await visit(request)
    age(6_000)
    await request.get('/clean-up', { maxRedirects: 0 })
    expect(await visit(request)).toBe(1)
  })
})

/** The last of many expired rows is written again by a request that has been under way for long; is it kept? */
async function writtenMeanwhile(request: APIRequestContext): Promise<boolean> {
  addVisitors(rows, 5_000)
  const [late = ''] = [...rows.keys()].slice(-1)
  age(11_000)
  const cleaning = request.get('/clean-up', { maxRedirects: 0 })
  while (rows.size === 5_000) await setImmediate()
  addVisitors(rows, 1)
  const [fresh = '', row] = [...rows].at(-1) ?? []
  rows.delete(fresh)
  rows.delete(late)
  if (row) rows.set(late, row) // as `set` does
  await cleaning
  return rows.has(late)
}

test.describe('a list of the expired, made first', () => {
  const listFirst: InlineApp = {
    ...aging('list first', inBatches),
    createApp: () =>
      express().get('/clean-up', async (_req, res) => {
        const expired = [...rows].filter(([, { expires }]) => expires <= Date.now())
        for (const [index, [sid]] of expired.entries()) {
          rows.delete(sid)
          if (index % 500 === 499) await setImmediate()
        }
        res.end()
      }),
  }
  test.use({ app: listFirst })

  test('loses a row that is written again meanwhile: look again when removing', async ({ request }) => {
    expect(await writtenMeanwhile(request)).toBe(false)
  })
})

test.describe('on the page', () => {
  test.use({ app: aging('app', inBatches) })

  test('100,000 visitors come, expire, and are cleaned up after', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: '100,000 visitors' }).click()
    await expect(page.getByText('rows: 100,001, expired: 0')).toBeVisible()
    for (const row of rows.values()) row.expires -= 11_000
    await page.getByRole('link', { name: 'again' }).click()
    await expect(page.getByText('rows: 100,001, expired: 100,001')).toBeVisible()
    await page.getByRole('link', { name: 'clean up' }).click()
    await expect(page.getByText('rows: 1, expired: 0')).toBeVisible()
    await expect(page.getByText(/longest pause while cleaning up: \d+ ms/)).toBeVisible()
  })
})

test('the longest pause is at least as long as nobody else got a turn', async () => {
  const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  expect(await longestPause(() => block(40))).toBeGreaterThanOrEqual(39)
  const twoWithATurnBetween = async () => {
    block(20)
    await setImmediate()
    block(60)
  }
  expect(await longestPause(twoWithATurnBetween)).toBeGreaterThanOrEqual(59)
})

/* ── the same in a database ──────────────────────────────────────────────────────────────────────── */

test.describe('in SQLite', () => {
  let folder: string
  let file: string
  let database: Database.Database

  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lab-cleanup-'))
    file = join(folder, 'sessions.sqlite')
    database = new Database(file, { timeout: 10_000 })
    database.exec(`
      PRAGMA journal_mode = WAL;
      CREATE TABLE sessions (sid PRIMARY KEY, expired, sess);
      CREATE INDEX sessions_expired ON sessions (expired);
    `)
    const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
    database.transaction(() => {
      for (let n = 0; n < 20_000; n++) insert.run(`expired-${n}`, Date.now() - 1 - n, '{}')
      for (let n = 0; n < 100; n++) insert.run(`alive-${n}`, Date.now() + 60_000, '{}')
    })()
  })
  test.afterEach(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })

  const sids = () => database.prepare('SELECT sid FROM sessions').all() as { sid: string }[]

  test('a cleanup removes what has expired and nothing else, through the index', async () => {
    const plan = database
      .prepare('EXPLAIN QUERY PLAN SELECT sid FROM sessions WHERE expired < 1 ORDER BY expired LIMIT 1000')
      .all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join()).toContain('USING INDEX sessions_expired')
    expect(await removeExpired(database)).toBe(20_000)
    expect(sids()).toHaveLength(100)
  })

  test('two processes clean up together: each row is removed once, and neither fails', async ({
    evidence,
  }) => {
    const script = `
      import Database from 'libsql'
      import { removeExpired } from '${await compile('apps/cleanup/rows/sqlite.ts')}'
      const database = new Database(${JSON.stringify(file)}, { timeout: 10_000 })
      process.stdout.write(String(await removeExpired(database)))
      database.close()
    `
    const clean = async () => {
      const cleaner = await runScript(script)
      expect(await cleaner.ended, cleaner.stderr()).toBe(0)
      return Number(cleaner.stdout())
    }
    const removed = await Promise.all([clean(), clean()])
    await evidence.json('rows removed by each process', removed)
    expect(removed.reduce((sum, count) => sum + count)).toBe(20_000)
    expect(sids()).toHaveLength(100)
    expect(sids().every(({ sid }) => sid.startsWith('alive-'))).toBe(true)
  })
})
