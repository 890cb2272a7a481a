import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import session, { type SessionData } from 'express-session'
import Database from 'libsql'
import { guard } from '../../stores/guard.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import type { OpenStore } from '../../stores/store.ts'
import { type Demo, expect, test } from '../support/fixtures.ts'
import { setCookieOf, sidOf } from '../support/wire.ts'

const japanese = /[ぁ-ん]/

/** The store behind everything that the lab puts in front of it. */
function backend({ lab }: Demo): session.Store {
  const store = lab.sites[0]?.store.store
  if (!store) throw new Error('no store')
  return Object.getPrototypeOf(store)
}

test.describe('a store that fails', () => {
  test.use({ app: 'login' })

  for (const [method, path, options] of [
    ['get', '/', {}],
    ['set', '/login', { method: 'POST', form: { user: 'taro' } }],
    ['destroy', '/login', { method: 'POST', form: { user: 'taro' } }],
  ] as const) {
    test(`in ${method} is a 503 in words; the process serves on, other sessions are untouched`, async ({
      request,
      playwright,
      demo,
    }) => {
      const another = await playwright.request.newContext({ baseURL: demo.url })
      await another.post('/login', { form: { user: 'hanako' } })
      await request.get('/')
      const store = backend(demo)
      const whole = store[method].bind(store)
      Object.assign(store, {
        [method]: (...args: unknown[]) => {
          const callback = args.at(-1) as (error: unknown) => void
          setImmediate(callback, new Error('out of order'))
        },
      })
      const response = await request.fetch(path, { ...options, maxRedirects: 0 })
      Object.assign(store, { [method]: whole })
      expect(response.status()).toBe(503)
      expect(await response.text()).toMatch(japanese)
      expect((await request.get('/')).status()).toBe(200)
      expect(await (await another.get('/')).text()).toContain('hello, hanako!')
      await another.dispose()
    })
  }
})

test('a store that fails in the automatic save after the page has left: the page is whole, the loss is printed', async ({
  request,
  demo,
}) => {
  const printed: string[] = []
  const { error } = console
  console.error = (...args) => printed.push(args.join(' '))
  backend(demo).set = (_sid, _session, callback) => setImmediate(() => callback?.(new Error('disk full')))
  const response = await request.get('/')
  console.error = error
  expect(response.status()).toBe(200)
  expect(await response.text()).toContain('</html>')
  expect(printed.join()).toContain('disk full')
})

test.describe('the default store', () => {
  const sessionOf = (maxAge: number | null) => {
    const cookie = new session.Cookie()
    if (maxAge !== null) cookie.maxAge = maxAge
    return { cookie, n: 1 } as unknown as SessionData
  }
  const get = (store: session.Store, sid: string) =>
    new Promise<unknown>((resolve, reject) =>
      store.get(sid, (error, found) => (error ? reject(error) : resolve(found ?? null))),
    )
  const set = (store: session.Store, sid: string, data: SessionData) =>
    new Promise<void>((resolve, reject) =>
      store.set(sid, data, (error) => (error ? reject(error) : resolve())),
    )
  const touch = (store: session.Store, sid: string, data: SessionData) =>
    new Promise<void>((resolve) => store.touch?.(sid, data, () => resolve()))

  let file = ''
  let opened: OpenStore
  let store: session.Store
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  test.beforeEach(async ({}, testInfo) => {
    file = testInfo.outputPath('store', 'sessions.sqlite')
    opened = openSqlite(file)
    store = guard(opened.store, 'test')
  })
  test.afterEach(() => opened.close())

  for (const [what, text] of [
    ['broken JSON', '{"cookie":'],
    ['a number', '1'],
    ['null', 'null'],
    ['an object without cookie', '{"n":1}'],
    ['a cookie that is no object', '{"cookie":5}'],
  ] as const) {
    test(`a row with ${what} is a missing session`, async () => {
      await set(store, 'good', sessionOf(60_000))
      const beside = new Database(file)
      beside.prepare('INSERT INTO sessions VALUES (?, ?, ?)').run('bad', Date.now() + 60_000, text)
      beside.close()
      expect(await get(store, 'bad')).toBeNull()
      expect(await get(store, 'good')).toMatchObject({ n: 1 })
    })
  }

  test('a file that is no database is an error of the request, and works once it is mended', async () => {
    const other = join(file, '..', 'other.sqlite')
    await writeFile(other, 'this is no database '.repeat(100))
    await opened.close()
    opened = openSqlite(other)
    store = guard(opened.store, 'test')
    await expect(get(store, 'a')).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('not a database'),
    })
    await rm(other)
    await set(store, 'a', sessionOf(60_000))
    expect(await get(store, 'a')).toMatchObject({ n: 1 })
  })

  test('a folder that cannot be made is an error of the request, and works once it can', async () => {
    await opened.close()
    const blocked = join(file, '..', 'blocked')
    await writeFile(blocked, 'a file where the folder should be')
    opened = openSqlite(join(blocked, 'sessions.sqlite'))
    store = guard(opened.store, 'test')
    await expect(set(store, 'a', sessionOf(60_000))).rejects.toMatchObject({ status: 503 })
    await rm(blocked)
    await mkdir(blocked)
    await set(store, 'a', sessionOf(60_000))
    expect(await get(store, 'a')).toMatchObject({ n: 1 })
  })

  test('a file that is removed while it is in use is made anew', async () => {
    await set(store, 'a', sessionOf(60_000))
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
    expect(await get(store, 'a')).toBeNull()
    await set(store, 'b', sessionOf(60_000))
    expect((await opened.rows(10)).map(({ sid }) => sid)).toEqual(['b'])
  })

  test('a callback runs exactly once, on an error too and when it throws', async () => {
    await opened.close()
    const counts: Record<string, number> = {}
    const counted = (method: string) => () => {
      counts[method] = (counts[method] ?? 0) + 1
      throw new Error('thrown by the callback')
    }
    for (const [method, call] of [
      ['get', () => store.get('a', counted('get'))],
      ['set', () => store.set('a', sessionOf(1000), counted('set'))],
      ['destroy', () => store.destroy('a', counted('destroy'))],
      ['touch', () => store.touch?.('a', sessionOf(1000), counted('touch'))],
    ] as const) {
      expect(call, method).toThrow('thrown by the callback')
    }
    expect(counts).toEqual({ get: 1, set: 1, destroy: 1, touch: 1 })
  })

  test('touch extends a session without expiry too, and the cookie inside the row', async () => {
    await set(store, 'open-ended', sessionOf(null))
    await set(store, 'timed', sessionOf(10_000))
    const before = { 'open-ended': await opened.peek('open-ended'), timed: await opened.peek('timed') }
    await pause(20)
    await touch(store, 'open-ended', sessionOf(null))
    await touch(store, 'timed', sessionOf(10_000))
    for (const sid of ['open-ended', 'timed'] as const) {
      const after = await opened.peek(sid)
      expect(after?.expires, sid).toBeGreaterThan(before[sid]?.expires ?? 0)
      expect(JSON.parse(after?.data ?? ''), 'touch keeps the data').toMatchObject({ n: 1 })
    }
    const { cookie } = JSON.parse((await opened.peek('timed'))?.data ?? '')
    expect(Date.parse(cookie.expires)).toBe((await opened.peek('timed'))?.expires)
  })
})

test('a corrupt row starts a new session for this visitor only', async ({ request, playwright, demo }) => {
  await request.get('/tap')
  const sid = sidOf(setCookieOf(demo.wire()[0]?.setCookie ?? [], 'counter.sid')?.value ?? '')
  const another = await playwright.request.newContext({ baseURL: demo.url })
  await another.get('/tap')
  const beside = new Database(join(demo.folder, 'counter.sqlite'))
  const { changes } = beside.prepare("UPDATE sessions SET sess = '{' WHERE sid = ?").run(sid)
  beside.close()
  expect(changes).toBe(1)
  expect(await (await request.get('/')).text()).toContain('>0</p>')
  expect(await (await another.get('/')).text()).toContain('>1</p>')
  await another.dispose()
})
