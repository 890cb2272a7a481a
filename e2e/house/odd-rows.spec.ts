import { join } from 'node:path'
import { Readable } from 'node:stream'
import express, { type Request, type Response } from 'express'
import session from 'express-session'
import Database from 'libsql'
import { openStore } from '../../stores/open.ts'
import type { OpenStore } from '../../stores/store.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { setCookieOf, signed } from '../support/wire.ts'

const soon = new Date(Date.now() + 3_600_000).toISOString()

/** Rows with which express-session would throw, now or with a later request: none of them is a session. */
const odd: Readonly<Record<string, string>> = {
  'broken JSON': '{"cookie":',
  'a number': '1',
  text: '"session"',
  'a list': '[]',
  'no cookie': '{"n":1}',
  'a cookie that is null': '{"cookie":null}',
  'a cookie that is a number': '{"cookie":5}',
  'a cookie that is text': '{"cookie":"connect.sid"}',
  'a cookie that is a list': '{"cookie":[]}',
  'originalMaxAge: text': '{"cookie":{"originalMaxAge":"zz"}}',
  'originalMaxAge: digits as text': '{"cookie":{"originalMaxAge":"10000"}}',
  'originalMaxAge: an object': '{"cookie":{"originalMaxAge":{}}}',
  'originalMaxAge: a list': '{"cookie":{"originalMaxAge":[1]}}',
  'originalMaxAge: true': '{"cookie":{"originalMaxAge":true}}',
  'originalMaxAge: infinite': '{"cookie":{"originalMaxAge":1e999}}',
  'originalMaxAge: beyond all dates': '{"cookie":{"originalMaxAge":9e15}}',
  'maxAge: text': '{"cookie":{"maxAge":"x"}}',
  'maxAge: an object': '{"cookie":{"maxAge":{}}}',
  'expires: text that is no date': '{"cookie":{"originalMaxAge":null,"expires":"tomorrow"}}',
  'expires: empty text': '{"cookie":{"originalMaxAge":null,"expires":""}}',
  'expires: a number': '{"cookie":{"originalMaxAge":null,"expires":9e12}}',
  'expires: an object': '{"cookie":{"originalMaxAge":null,"expires":{}}}',
  '_expires: text': `{"cookie":{"originalMaxAge":null,"_expires":"${soon}"}}`,
  'path: a number': '{"cookie":{"path":7}}',
  'path: two lines': '{"cookie":{"path":"/\\r\\nSet-Cookie: a=b"}}',
  'domain: an object': '{"cookie":{"domain":{}}}',
  'domain: no name': '{"cookie":{"domain":"not a domain;"}}',
  'httpOnly: text': '{"cookie":{"httpOnly":"yes"}}',
  'secure: a list': '{"cookie":{"secure":[]}}',
  'sameSite: a number': '{"cookie":{"sameSite":1}}',
  'sameSite: an unknown word': '{"cookie":{"sameSite":"loose"}}',
  'priority: an unknown word': '{"cookie":{"priority":"urgent"}}',
  'partitioned: text': '{"cookie":{"partitioned":"no"}}',
  'serialize: a name of the cookie itself': '{"cookie":{"serialize":1}}',
  'toJSON: a name of the cookie itself': '{"cookie":{"toJSON":{}}}',
  '__proto__: a name of every object': '{"cookie":{"__proto__":{"maxAge":1}}}',
  'hasOwnProperty: a name of every object': '{"cookie":{"hasOwnProperty":1}}',
}

const usual = { originalMaxAge: 3_600_000, expires: soon, httpOnly: true, path: '/' }
const withCookie = (cookie: object, rest: object = {}) => JSON.stringify({ cookie, n: 1, ...rest })

/** Rows that express-session, or an app, may have written: they come back as they are. */
const valid: Readonly<Record<string, string>> = {
  'as usual': withCookie(usual),
  'an empty cookie': withCookie({}),
  'without expiry': withCookie({ originalMaxAge: null, expires: null, httpOnly: true, path: '/' }),
  'expires = false by the app': withCookie({ ...usual, originalMaxAge: false, expires: false }),
  'with maxAge': withCookie({ maxAge: 5_000, path: '/' }),
  'maxAge = 0 by the app': withCookie({ ...usual, originalMaxAge: 0 }),
  'every attribute': withCookie({
    ...usual,
    domain: 'example.com',
    secure: true,
    sameSite: 'strict',
    priority: 'high',
    partitioned: true,
  }),
  'no attribute': withCookie({
    originalMaxAge: null,
    expires: null,
    path: null,
    domain: null,
    secure: false,
    httpOnly: false,
    sameSite: false,
    priority: null,
    partitioned: false,
  }),
  'sameSite: true': withCookie({ ...usual, sameSite: true }),
  'sameSite and secure: auto': withCookie({ ...usual, sameSite: 'auto', secure: 'auto' }),
  'an attribute of the future': withCookie({ ...usual, fresh: 'yes', data: {} }),
  'names of the session itself': withCookie(usual, { save: 1, touch: {}, req: 'x', id: 5, reload: null }),
  'names of every object': `{"cookie":${JSON.stringify(usual)},"n":1,"__proto__":{"n":2},"constructor":3,"toJSON":4}`,
}

/** Puts text into the place of a row, behind the store. */
type Put = (sid: string, text: string) => unknown
interface Opened {
  put: Put
  close(): unknown
}
const hour = Date.now() + 3_600_000
const behind: Readonly<Record<string, (store: OpenStore, url: string, folder: string) => Promise<Opened>>> = {
  async 'memory:'({ store }) {
    const { sessions } = store as unknown as { sessions: Record<string, string> }
    return { put: (sid, text) => Object.assign(sessions, { [sid]: text }), close() {} }
  },
  async 'sqlite:'({ rows }, _url, folder) {
    await rows(1) // makes the file
    const database = new Database(join(folder, 'odd.sqlite'))
    const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
    return { put: (sid, text) => insert.run(sid, hour, text), close: () => database.close() }
  },
  async 'redis:'(_store, url) {
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    return {
      put: (sid, text) => client.set(`express-session-lab:odd:${sid}`, text),
      close: () => client.destroy(),
    }
  },
  async 'postgres:'({ rows }, url) {
    await rows(1) // makes the table
    const { Client } = await import('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    const insert = `INSERT INTO lab_session_odd VALUES ($1, $2, now() + interval '1 hour')`
    return { put: (sid, text) => client.query(insert, [sid, text]), close: () => client.end() }
  },
}

for (const [storeUrl, open] of Object.entries(behind)) {
  test.describe(storeUrl, () => {
    test.use({ storeUrl })

    test('an odd row is a missing session, a valid one comes back as it is', async ({ server }, testInfo) => {
      const folder = testInfo.outputPath('store')
      const url = server?.url ?? storeUrl
      const opened = await openStore(url, folder, 'odd')
      const { put, close } = await open(opened, url, folder)
      const ignored = hush()
      const get = (sid: string) =>
        new Promise((resolve) => opened.store.get(sid, (error, found) => resolve(error ?? found ?? null)))
      for (const [what, text] of Object.entries(odd)) {
        if (what === 'broken JSON' && storeUrl === 'postgres:') continue // the column takes none
        await put(what, text)
        expect(await get(what), what).toBeNull()
      }
      expect(ignored().join('\n')).toContain('originalMaxAge: text')
      for (const [what, text] of Object.entries(valid)) {
        await put(what, text)
        expect(await get(what), what).toEqual(JSON.parse(text))
      }
      await close()
      await opened.close()
    })
  })
}

const visits = { counter: ['/', '/tap'], login: ['/', '/login'], views: ['/foo', '/bar'] } as const
for (const [app, paths] of Object.entries(visits)) {
  test.describe(app, () => {
    test.use({ app })

    test('a visitor whose row is odd is answered and gets a new session; one whose row is valid goes on', async ({
      demo,
    }) => {
      const name = `${app}.sid`
      const visit = async (path: string, cookie: string) => {
        const isForm = path === '/login'
        const answer = await fetch(new URL(path, demo.url), {
          redirect: 'manual',
          headers: { cookie: `${name}=${cookie}` },
          signal: AbortSignal.timeout(5_000),
          ...(isForm && { method: 'POST', body: new URLSearchParams({ user: 'taro' }) }),
        })
        await answer.text()
        return { status: answer.status, set: setCookieOf(answer.headers.getSetCookie(), name)?.value }
      }
      await visit('/', '')
      const database = new Database(join(demo.folder, `${app}.sqlite`))
      const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
      hush()
      for (const [what, text] of Object.entries({ ...odd, ...valid })) {
        for (const path of paths) {
          const sid = `${what} ${path}`
          insert.run(sid, hour, text)
          const answer = await visit(path, signed(sid, secret))
          expect([200, 302], `${what}, ${path}`).toContain(answer.status)
          if (what in odd) expect(answer.set ?? 'none', `${what}, ${path}`).not.toBe(signed(sid, secret))
          if (answer.set) expect((await visit('/', answer.set)).status).toBe(200)
        }
      }
      database.close()
    })
  })
}

type Spoilt = Request & { session: object & { itself?: unknown } }

/** An app that makes its own session unusable, in this way, and answers in that one. */
function spoiling(name: string, spoil: (req: Spoilt) => void, answer: (res: Response) => void) {
  return inlineApp({
    scenario: 'counter',
    name,
    createApp({ store, secret }) {
      const app = express()
      app.use(session({ secret, store, resave: false, saveUninitialized: true, rolling: true }))
      app.get('/', (_req, res) => void res.send('served'))
      app.get('/spoil', (req, res) => {
        spoil(req as unknown as Spoilt)
        answer(res)
      })
      return app
    },
  })
}

const spoils: Readonly<Record<string, (req: Spoilt) => void>> = {
  'cannot be touched': ({ session }) => {
    Object.assign(session.cookie, { originalMaxAge: 'zz' })
  },
  'cannot be written': ({ session }) => {
    session.itself = session
  },
  'has no cookie': ({ session }) => {
    Object.assign(session, { cookie: null })
  },
}
const answers: Readonly<Record<string, (res: Response) => void>> = {
  'at once': (res) => void res.send('never seen'),
  'in a callback': (res) => void setImmediate(() => res.send('never seen')),
  'in a callback, twice': (res) =>
    void setImmediate(() => {
      res.end('never seen')
      res.end('nor this')
    }),
  'in a stream': (res) => void Readable.from(['never ', 'seen']).pipe(res),
}
for (const [what, spoil] of Object.entries(spoils)) {
  for (const [how, answer] of Object.entries(answers)) {
    const isTooLate = what === 'cannot be written' && how === 'in a stream' // noticed when the head has left
    test.describe(`a session that ${what}, answered ${how}`, () => {
      test.use({ app: spoiling(`${what}, ${how}`, spoil, answer) })

      test(`${isTooLate ? 'breaks the answer off' : 'becomes a 500 in words'}, and the visitor goes on`, async ({
        demo,
      }) => {
        const printed = hush()
        const first = await fetch(demo.url)
        const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
        const get = (path: string) =>
          fetch(new URL(path, demo.url), { headers: { cookie }, signal: AbortSignal.timeout(5_000) })
        const spoilt = await get('/spoil')
        const text = spoilt.text()
        if (isTooLate) await expect(text).rejects.toThrow()
        else expect(await text).toMatch(/エラーが起きました/)
        expect(spoilt.status).toBe(isTooLate ? 200 : 500)
        if (!isTooLate) expect(spoilt.headers.getSetCookie()).toEqual([])
        expect(printed().join('\n')).toContain('500 GET /spoil')
        expect(await (await get('/')).text()).toBe('served')
      })
    })
  }
}

const { warn, error } = console
test.afterEach(() => Object.assign(console, { warn, error }))

/** Keeps the terminal clean until the end of the test; tells what was printed. */
function hush(): () => readonly string[] {
  const lines: string[] = []
  const keep = (...args: unknown[]) => void lines.push(args.join(' '))
  Object.assign(console, { warn: keep, error: keep })
  return () => lines
}
