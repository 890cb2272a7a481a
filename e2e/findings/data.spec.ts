import type { RequestListener } from 'node:http'
import cookieSession from 'cookie-session'
import express from 'express'
import session from 'express-session'
import { listen } from '../../lab/http/listen.ts'
import { expect, inlineApp } from '../support/fixtures.ts'
import { runScript } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { counting, type Visit } from '../support/small-app.ts'

const keeps = (what: string, data: object, store?: session.Store) =>
  counting(
    what,
    { ...(store && { store }) },
    {
      routes(app) {
        app.get('/keep', (req: Visit, res) => {
          Object.assign(req.session, data)
          res.send('kept')
        })
        app.get('/found', (req, res) => {
          const { cookie: _, ...found } = req.session
          res.json(found)
        })
      },
    },
  )

const values = { constructor: 'a', toString: 'b', valueOf: 'c', tag: 'd' }

prove(
  ['finding.names-of-methods-are-lost'],
  'of what is kept under names that a session has anyway, the next request finds nothing; the row has it',
  {
    holdsIn: keeps('names of methods', values),
    failsIn: keeps('other names', { colour: 'a', text: 'b', value: 'c', tag: 'd' }),
  },
  async ({ request, demo, evidence }) => {
    await request.get('/keep')
    const [row] = await demo.rows()
    const found = await (await request.get('/found')).json()
    await evidence.row('row, before and after the next request', [row, (await demo.rows())[0]])
    await evidence.json('what the next request finds', found)
    expect(found).toEqual({ tag: 'd' })
    expect(JSON.parse(row?.data ?? '{}')).toMatchObject(values)
  },
)

const named = Object.assign([], { first: 'a' })

prove(
  ['finding.nan-and-named-entries-are-lost'],
  'NaN and Infinity come back as null, an array whose entries have names as an empty one',
  {
    holdsIn: keeps('NaN, Infinity, an array with names', { sum: Number.NaN, most: 1 / 0, named }),
    failsIn: keeps('plain JSON', { sum: 0, most: 1, named: { first: 'a' } }),
  },
  async ({ request, evidence }) => {
    await request.get('/keep')
    const found = await (await request.get('/found')).json()
    await evidence.json('what the next request finds', found)
    expect(found).toEqual({ sum: null, most: null, named: [] })
  },
)

/** An app of its own, since the lab's frame would answer in its place: whether it does within a moment, and its rows. */
async function keepAlone(value: unknown): Promise<{ isAnswered: boolean; rows: number }> {
  const store = new session.MemoryStore()
  const app = express().set('env', 'test')
  app.use(session({ secret: 'for this test', store, resave: false, saveUninitialized: false }))
  app.get('/', (req: Visit, res) => {
    req.session.n = value
    res.send('kept')
  })
  const listening = await listen(app as unknown as RequestListener, 0)
  const isAnswered = await fetch(`http://localhost:${listening?.port}/`, {
    signal: AbortSignal.timeout(300),
  }).then(
    () => true,
    () => false,
  )
  await listening?.close()
  const rows = await new Promise<number>((resolve) => store.length((_error, count = 0) => resolve(count)))
  return { isAnswered, rows }
}

prove<string>(
  ['finding.bigint-is-never-answered'],
  'a BigInt in the session: no row, and no answer',
  {
    holdsIn: { app: 'memory-store', given: 'BigInt' },
    failsIn: { app: 'memory-store', given: 'Number' },
  },
  async ({ given, evidence }) => {
    const seen = await keepAlone(given === 'BigInt' ? 1n : 1)
    await evidence.json(`with a ${given}`, seen)
    expect(seen).toEqual({ isAnswered: false, rows: 0 })
  },
)

/** An app in a process of its own that regenerates, keeps a value, and says when it has been visited. */
const visitedOnce = (value: string) => `
import { createServer, get } from 'node:http'
import session from 'express-session'
const middleware = session({ secret: 'for this test', resave: false, saveUninitialized: false })
const server = createServer((req, res) =>
  middleware(req, res, () =>
    req.session.regenerate(() => {
      req.session.value = ${value}
      res.end('kept')
    }),
  ),
).listen(0, '127.0.0.1', () => {
  const leave = () => server.close()
  get({ port: server.address().port, agent: false }, (res) => res.resume().on('end', leave)).on('error', leave)
})
`

prove<string>(
  ['finding.bigint-ends-the-process'],
  'a BigInt that is kept in the callback of regenerate ends the process',
  {
    holdsIn: { app: 'memory-store', given: '1n' },
    failsIn: { app: 'memory-store', given: '1' },
  },
  async ({ given, evidence }) => {
    const app = await runScript(visitedOnce(given), { env: { NODE_ENV: 'test' } })
    const code = await app.ended
    const [message] = /^TypeError.*/m.exec(app.stderr()) ?? []
    await evidence.json('how it ended', { code, message: message ?? '' })
    expect([code, message]).toEqual([1, 'TypeError: Do not know how to serialize a BigInt'])
  },
)

/** As the example "Use cookies securely" of expressjs.com has it, over a proxy that speaks HTTPS. */
const example = {
  secure: true,
  httpOnly: true,
  domain: 'example.com',
  path: 'foo/bar',
  expires: new Date('2038-01-01T00:00:00Z'),
}
const ofExpressPage = (what: string, options: object) =>
  inlineApp({
    scenario: 'cookie-session',
    name: what,
    createApp() {
      const app = express()
      app.set('trust proxy', 1)
      app.use(cookieSession({ name: 'session', keys: ['key1', 'key2'], ...options }))
      app.get('/', (req, res) => {
        Object.assign(req.session, { n: 1 })
        res.send('kept')
      })
      return app
    },
  })

prove(
  ['finding.nested-cookie-options-of-cookie-session'],
  'nested under cookie, the options are not sent: Path is /, and there is no Domain and no Expires',
  {
    holdsIn: ofExpressPage('cookie: { … }', { cookie: example }),
    failsIn: ofExpressPage('the same at the top level', example),
  },
  async ({ demo, evidence }) => {
    const answer = await fetch(demo.url, { headers: { 'x-forwarded-proto': 'https' } })
    const lines = answer.headers.getSetCookie()
    await evidence.setCookie('Set-Cookie', lines)
    const attributes = lines.map((line) => line.replace(/^[^;]*; /, ''))
    // Secure is what cookie-session does by itself on an HTTPS connection
    expect(attributes).toEqual(['path=/; secure; httponly', 'path=/; secure; httponly'])
  },
)
