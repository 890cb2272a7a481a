import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pgSimple from 'connect-pg-simple'
import { RedisStore } from 'connect-redis'
import session, { type SessionData, type Store } from 'express-session'
import Database from 'libsql'
import { Client } from 'pg'
import { expect } from 'playwright/test'
import { createClient } from 'redis'
import { expiryOf } from '#inspector'
import { root } from '../../common/places.ts'
import { readResults } from '../../matrix/results.ts'
import { createFilePeek } from '../../packages/inspector/src/attach/peek-file.ts'
import { lookFor } from '../../packages/inspector/src/watch/peeks.ts'
import { openSqlite } from '../../stores/sqlite.ts'
import { test } from '../support/servers.ts'

/** A store, and all that lies in it, seen without asking it. */
interface Opened {
  store: Store
  lying(): Promise<unknown>
  close(): Promise<unknown>
}
type Make = (express: typeof session) => new (options: object) => Store

const load = (name: string) => createRequire(import.meta.url)(name) as Make

const kinds: readonly {
  name: string
  storeUrl?: string
  open(address: string): Promise<Opened>
  /** Whether a row that has expired goes by itself. */
  goes?: true
}[] = [
  {
    name: 'connect-pg-simple',
    storeUrl: 'postgres:',
    async open(conString) {
      const store = new (pgSimple(session))({
        conString,
        createTableIfMissing: true,
        pruneSessionInterval: false,
      })
      const client = new Client({ connectionString: conString })
      await client.connect()
      const sql = 'SELECT sid, sess::text, expire::text, xmin::text FROM session ORDER BY sid'
      return {
        store,
        lying: async () => (await client.query(sql)).rows,
        close: () => Promise.all([store.close(), client.end()]),
      }
    },
  },
  {
    name: 'connect-redis',
    storeUrl: 'redis:',
    goes: true,
    async open(url) {
      const client = await createClient({ url }).connect()
      const keys = async () => (await client.keys('*')).sort()
      const lying = async () =>
        Promise.all(
          (await keys()).map(async (key) => [key, await client.get(key), await client.pExpireTime(key)]),
        )
      return { store: new RedisStore({ client }), lying, close: async () => client.destroy() }
    },
  },
  {
    name: 'connect-sqlite3',
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'rows-'))
      const { store, close } = openSqlite(join(folder, 'rows.sqlite'))
      const other = new Database(join(folder, 'rows.sqlite'))
      return {
        store,
        lying: async () => other.prepare('SELECT * FROM sessions ORDER BY sid').all(),
        async close() {
          other.close()
          await close()
          rmSync(folder, { recursive: true })
        },
      }
    },
  },
  {
    name: 'session-file-store',
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'rows-'))
      const Store = load('session-file-store')(session)
      return {
        store: new Store({ path: folder, reapInterval: -1, retries: 0, logFn: () => {} }),
        lying: async () =>
          readdirSync(folder)
            .sort()
            .map((file) => join(folder, file))
            .map((file) => [file, readFileSync(file, 'utf8'), statSync(file).mtimeMs]),
        close: async () => rmSync(folder, { recursive: true }),
      }
    },
  },
  {
    name: "express-session's own MemoryStore",
    async open() {
      const store = new session.MemoryStore()
      const lying = async () => Object.entries((store as unknown as { sessions: object }).sessions).sort()
      return { store, lying, close: async () => {} }
    },
  },
  {
    name: 'memorystore',
    async open() {
      const Store = load('memorystore')(session)
      const store = new Store({})
      const { store: cache } = store as unknown as { store: { dumpLru(): { toArray(): unknown[] } } }
      return { store, lying: async () => structuredClone(cache.dumpLru().toArray()), close: async () => {} }
    },
  },
]

test('a store whose get the README calls harmless has been measured to be so', () => {
  const { stores } = readResults()
  for (const file of ['README.md', 'README.ja.md']) {
    const readme = readFileSync(join(root, 'packages/inspector', file), 'utf8')
    const line = readme.split('\n').find((one) => /measured to change nothing|何も変わらないと実測/.test(one))
    const named = [...(line ?? '').matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) =>
      name === 'get' ? [] : [name],
    )
    expect(named.length, file).toBeGreaterThan(5)
    const answers = named.map((name) => [
      name,
      stores.find((one) => one.name === name)?.found['expiry.read']?.answer,
    ])
    expect(answers, file).toEqual(named.map((name) => [name, 'yes']))
  }
})

/** A session that lasts this long (ms). */
function sessionOf(n: number, maxAge: number): SessionData {
  const cookie = new session.Cookie()
  cookie.maxAge = maxAge
  cookie.originalMaxAge = maxAge
  return { cookie, n } as unknown as SessionData
}

for (const { name, storeUrl = 'memory:', open, goes } of kinds) {
  test.describe(`rows of ${name}`, () => {
    test.use({ storeUrl })

    test('are seen from the side: nothing is written, extended or removed by that', async ({ server }) => {
      const { store, lying, close } = await open(server?.url ?? '')
      try {
        const set = (sid: string, row: SessionData) =>
          new Promise<void>((resolve, reject) => {
            store.set(sid, row, (error) => (error ? reject(error) : resolve()))
          })
        const look = lookFor(store)
        if (!look) throw new Error('nobody knows how to look')
        const begin = Date.now()
        await set('long', sessionOf(1, 60_000))
        await set('short', sessionOf(2, 1_000))
        const before = await lying()
        for (let n = 0; n < 20; n++) await look('long')
        const [seen, none] = [await look('long'), await look('nobody')]
        expect(JSON.parse(seen?.data ?? '{}')).toMatchObject({ n: 1, cookie: { originalMaxAge: 60_000 } })
        const end = (seen?.expires === undefined ? expiryOf(seen?.data ?? '') : seen.expires) ?? 0
        expect(Math.abs(end - begin - 60_000)).toBeLessThan(3_000)
        expect(none).toBeUndefined()
        expect(await lying()).toEqual(before)

        await expect.poll(() => Date.now() - begin).toBeGreaterThan(2_100)
        const left = await lying()
        const late = await look('short')
        if (late)
          expect(late.expires === undefined ? expiryOf(late.data) : late.expires).toBeLessThan(Date.now())
        expect(await lying()).toEqual(left)
        expect((left as unknown[]).length).toBe(goes ? 1 : 2)
      } finally {
        await close()
      }
    })
  })
}

type Done = (error: unknown, found?: unknown) => void

/** A store as far as a look goes: its class is called so and has this code. */
const called = (name: string, members: object, code: object = {}): object =>
  Object.assign(Object.create({ constructor: { name }, ...code }), members)

/** The code of connect-redis 3 to 6; what it gives to its client last is the callback. */
const redisCode = {
  get(this: { prefix: string; client: { get: (key: string, done: Done) => void } }, sid: string, done: Done) {
    const key = this.prefix + sid
    this.client.get(key, done)
  },
}
const redis = (client: object) => called('RedisStore', { prefix: 'sess:', client }, redisCode)

const fileCode = {
  get(this: { options: object }, sessionId: string, callback: Done) {
    files.get(sessionId, this.options, callback)
  },
}
const files = { get: (_sid: string, _options: object, _done: Done) => {} }

test('what is not for certain the store that it is called after is not known: it is never gone', async () => {
  const memory = new session.MemoryStore()
  Object.assign(memory, { sessions: { object: { n: 1 }, text: '{"n":1}' } })
  class Hashing extends session.MemoryStore {
    override set(sid: string, data: SessionData, done?: () => void) {
      super.set(`hash of ${sid}`, data, done)
    }
  }
  const hashing = new Hashing()
  hashing.set('a', sessionOf(1, 60_000))
  const pg = (sess: unknown) =>
    called('PGStore', {
      quotedTable: () => 'sessions',
      query: (_sql: string, _values: unknown, done: Done) => done(null, { sess, expire: 1 }),
    })
  const sqlite = (sess: unknown) =>
    called('SQLiteStore', {
      table: 'sessions',
      db: { get: (_sql: string, _values: unknown, done: Done) => done(null, { sess, expired: 1 }) },
    })
  const unlike = [
    redis({ get: () => undefined }), // tells by a callback only
    redis({ get: () => true, send_command: () => true }), // redis 3
    redis({ get: async () => null, options: { legacyMode: true } }), // redis 4
    redis({ get: async () => Buffer.from('{}') }),
    called('RedisStore', { prefix: 'sess:', client: { get: async () => null } }, { get: () => 'hgetall' }),
    called('MemoryStore', { sessions: { a: { n: 1 } } }),
    called('MemoryStore', { sessions: new Map([['a', '{}']]) }),
    called('MemoryStore', { store: { has: () => false, peek: () => undefined } }, { get: () => 'its own' }),
    called('FileStore', { options: { path: '/nowhere' } }, { get: () => 'its own' }),
    called('toString', {}),
    hashing,
    pg({ n: 1 }),
    sqlite(Buffer.from('{}')),
  ]
  for (const [turn, store] of unlike.entries())
    expect(await (lookFor(store)?.('a') ?? null), `store ${turn}`).toBeNull()

  const look = lookFor(memory)
  expect(await look?.('object')).toBeNull()
  expect([await look?.('text'), await look?.('none')]).toEqual([{ data: '{"n":1}' }, undefined])
  expect(await lookFor(hashing)?.('hash of a')).toMatchObject({ data: expect.stringContaining('"n":1') })
  const found = redis({ get: async (key: string) => (key === 'sess:a' ? '{"n":1}' : null) })
  expect([await lookFor(found)?.('a'), await lookFor(found)?.('b')]).toEqual([{ data: '{"n":1}' }, undefined])
  expect(await lookFor(called('FileStore', { options: { path: '/nowhere' } }, fileCode))?.('a')).toBe(
    undefined,
  )
  expect(await lookFor(pg('{"n":1}'))?.('a')).toEqual({ data: '{"n":1}', expires: 1 })
  expect(await lookFor(sqlite('{"n":1}'))?.('a')).toEqual({ data: '{"n":1}', expires: 1 })
})

test('what the file of --peek gives: text and { data, expires } are a row, nothing is none, all else is not known', async ({
  playwright: _,
}, testInfo) => {
  mkdirSync(testInfo.outputPath(), { recursive: true })
  const said: string[] = []
  const peekOf = (name: string, text?: string) => {
    const file = testInfo.outputPath(name)
    if (text !== undefined) writeFileSync(file, text)
    return createFilePeek(file, (line) => said.push(line))(new session.MemoryStore())
  }
  const answers = `{ text: '{}', row: { data: '{}', expires: 5 }, endless: { data: '{}', expires: null },
    odd: { data: '{}', expires: 'soon' }, none: null, session: { cookie: {} }, number: 5 }`
  for (const peek of [
    peekOf('peek.mjs', `export default (store, sid) => (${answers})[sid]`),
    peekOf('peek.cjs', `exports.default = async (store, sid) => (${answers})[sid]`),
  ]) {
    expect(await peek('text')).toEqual({ data: '{}' })
    expect(await peek('row')).toEqual({ data: '{}', expires: 5 })
    expect(await peek('endless')).toEqual({ data: '{}', expires: null })
    expect(await peek('odd')).toEqual({ data: '{}' })
    expect([await peek('none'), await peek('nobody')]).toEqual([undefined, undefined])
    expect([await peek('session'), await peek('number')]).toEqual([null, null])
  }
  for (const peek of [peekOf('no-such.mjs'), peekOf('empty.mjs', 'export const read = 1')])
    expect([await peek('a'), await peek('b')]).toEqual([null, null])
  expect(said).toEqual([
    expect.stringMatching(/cannot be used.*no-such\.mjs/),
    expect.stringMatching(/empty\.mjs: export default \(store, sid\) => …$/),
  ])
})
