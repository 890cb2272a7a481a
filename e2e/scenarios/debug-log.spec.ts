import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { APIRequestContext } from 'playwright/test'
import { createApp } from '../apps/debug-log/app.ts'
import { root } from '../lab/places.ts'
import { type AppUnderTest, expect, type InlineApp, nameOf, test } from './fixtures.ts'
import { startDemo } from './own-process.ts'
import { prove } from './prove.ts'

const scenario = 'debug-log'
const name = 'debug-log.sid'

/** The documented app, started with another value of DEBUG. */
const started = (what: string): InlineApp => ({ scenario, name: `started ${what}`, createApp })
const withoutDebug = started('without DEBUG')
const ofExpress = started('with DEBUG=express:*')
const quoted = started('with the quotes that cmd keeps')

const environments: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  [nameOf(withoutDebug)]: {},
  [nameOf(ofExpress)]: { DEBUG: 'express:*' },
  [nameOf(quoted)]: { DEBUG: '"express-session" ' },
}
const environmentOf = (app: AppUnderTest, usual: string): NodeJS.ProcessEnv =>
  environments[nameOf(app)] ?? { DEBUG: usual }

/** What express-session logged on the standard error of a process of its own, during these requests. */
async function logOf(request: APIRequestContext, env: NodeJS.ProcessEnv, paths: readonly string[]) {
  const demo = await startDemo(scenario, { env })
  for (const path of paths) await request.get(`${demo.url}${path}`)
  await demo.stop()
  const lines = demo.stderr().filter((line) => line.includes(' express-session '))
  return { lines, messages: lines.map((line) => line.split(' express-session ')[1] ?? '') }
}

prove(
  ['debug.uses-debug-module'],
  'DEBUG brings lines in the form of the debug module: time, namespace, message, on standard error',
  { holdsIn: 'debug-log', failsIn: withoutDebug },
  async ({ app, request, evidence }) => {
    const { lines } = await logOf(request, environmentOf(app, 'express-session'), ['count'])
    await evidence('standard error', lines)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toMatch(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT express-session \S/)
  },
)

prove(
  ['debug.DEBUG-express-session-shows-internal-logs'],
  'every step is there: a first visit, a change, a read, a destroy, and an id without a row',
  { holdsIn: 'debug-log', failsIn: ofExpress },
  async ({ app, request, evidence }) => {
    const env = environmentOf(app, 'express-session')
    const { messages } = await logOf(request, env, ['', 'count', '', 'destroy', ''])
    await evidence('standard error', messages)
    const sid = expect.stringMatching(/^(fetching|saving) [\w-]{32}$/)
    expect(messages).toEqual([
      'no SID sent, generating session', // GET /
      'no SID sent, generating session', // GET /count
      sid, // saving
      expect.stringMatching(/^set-cookie debug-log\.sid=s%3A/),
      sid, // GET /
      'session found',
      'touching',
      'touched',
      sid, // GET /destroy
      'session found',
      'no session', // at the end
      'no session', // at the headers
      sid, // GET /
      'no session found',
    ])
  },
)

prove(
  ['debug.windows-set-syntax'],
  'the value that set leaves, with its blank before the &, does it; without a variable there is no log',
  { holdsIn: 'debug-log', failsIn: quoted, verdict: 'condition' },
  async ({ app, request, evidence }) => {
    const env = environmentOf(app, 'express-session ') // set DEBUG=express-session & npm start
    const { messages } = await logOf(request, env, ['count'])
    await evidence(`standard error with ${JSON.stringify(env)}`, messages)
    expect(messages).toContain('no SID sent, generating session')
    const none = await logOf(request, {}, ['count'])
    await evidence('standard error without DEBUG, as PowerShell starts it', none.messages)
    expect(none.messages).toEqual([])
  },
)

test('the log holds the whole signed cookie: whoever reads it can take the session over', async ({
  request,
  playwright,
  demo,
  evidence,
}) => {
  await request.get('/count')
  const log = demo.wire().flatMap(({ debug }) => debug)
  const [, cookie = ''] = /set-cookie (\S+?);/.exec(log.join('\n')) ?? []
  const thief = await playwright.request.newContext({ baseURL: demo.url, extraHTTPHeaders: { cookie } })
  const page = await (await thief.get('/')).text()
  await thief.dispose()
  await evidence('the log', log)
  expect(page).toContain('count: 1')
})

test('DEBUG set in the code works before express-session is loaded, and is too late after', async () => {
  const use =
    "session.default({ secret: 'x', resave: false, saveUninitialized: false })({ headers: {}, url: '/' }, {}, () => {})"
  const set = "process.env.DEBUG = 'express-session'"
  const load = "const session = await import('express-session')"
  const { DEBUG, DEBUG_COLORS, FORCE_COLOR, NODE_OPTIONS, ...env } = process.env
  const stderrOf = async (...code: string[]) => {
    const args = ['--input-type=module', '-e', code.join('\n')]
    return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stderr
  }
  expect(await stderrOf(set, load, use)).toContain('express-session no SID sent')
  expect(await stderrOf(load, set, use)).toBe('')
})

for (const [variant, line] of [
  ['secure-on-http', 'not secured'],
  ['other-path', 'pathname mismatch'],
  ['other-secret', 'cookie signature invalid'],
] as const) {
  test(`a session that was lost in ${variant}: the log says "${line}"`, async ({
    request,
    demo,
    evidence,
  }) => {
    await request.get('/count')
    expect(await (await request.get('/')).text()).toContain('count: 1')
    expect(demo.wire().flatMap(({ debug }) => debug)).not.toContain(line)
    await demo.lab.setVariant(variant)
    const jar = await request.storageState()
    if (variant === 'secure-on-http') await demo.lab.sites[0]?.store.clear()
    await request.get('/count')
    const { debug = [], setCookie } = demo.wire().at(-1) ?? {}
    await evidence('debug lines of GET /count', debug)
    expect(debug).toContain(line)
    expect(await (await request.get('/')).text()).not.toContain('count: 2')
    if (variant !== 'other-secret') expect(setCookie).toEqual([])
    expect(jar.cookies.map((cookie) => cookie.name)).toEqual([name])
  })
}

test('two requests at the same time: each keeps its own lines', async ({ request, demo }) => {
  await request.get('/count')
  demo.lab.setDelay(300)
  await Promise.all([request.get('/count'), request.get('/')])
  const [one, other] = demo.wire().slice(-2)
  const [counted, read] = one?.url === '/count' ? [one, other] : [other, one]
  expect(counted?.debug.map((line) => line.split(' ')[0])).toEqual(['fetching', 'session', 'saving', 'split'])
  expect(read?.debug.map((line) => line.split(' ')[0])).toEqual([
    'fetching',
    'session',
    'touching',
    'split',
    'touched',
  ])
})

test.use({ app: 'debug-log' })
