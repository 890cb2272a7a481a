import type { APIRequestContext } from 'playwright/test'
import { createApp } from '../../apps/debug-log/app.ts'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { type Running, runScript, urlOf } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'

const scenario = 'debug-log'
const name = 'debug-log.sid'

const startedWith = (DEBUG: string) => ({ app: scenario, given: { DEBUG } })
/** The documented app, started with another value of DEBUG. */
const started = (what: string, given: NodeJS.ProcessEnv) => ({
  app: inlineApp({ scenario, name: `started ${what}`, createApp }),
  given,
})

/** What express-session logs on the standard error of a process of its own, during these requests. */
async function logOf(demo: Running, request: APIRequestContext, paths: readonly string[]) {
  for (const path of paths) await request.get(`${urlOf(demo)}${path}`)
  await demo.kill()
  const lines = demo
    .stderr()
    .split('\n')
    .filter((line) => line.includes(' express-session '))
  return { lines, messages: lines.map((line) => line.split(' express-session ')[1] ?? '') }
}

prove(
  ['debug.uses-debug-module'],
  'DEBUG brings lines in the form of the debug module: time, namespace, message, on standard error',
  { holdsIn: startedWith('express-session'), failsIn: started('without DEBUG', {}) },
  async ({ given, startDemo, request, evidence }) => {
    const { lines } = await logOf(await startDemo(given), request, ['count'])
    await evidence.json('standard error', lines)
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toMatch(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT express-session \S/)
  },
)

prove(
  ['debug.DEBUG-express-session-shows-internal-logs'],
  'every step is there: a first visit, a change, a read, a destroy, and an id without a row',
  {
    holdsIn: startedWith('express-session'),
    failsIn: started('with DEBUG=express:*', { DEBUG: 'express:*' }),
  },
  async ({ given, startDemo, request, evidence }) => {
    const { messages } = await logOf(await startDemo(given), request, ['', 'count', '', 'destroy', ''])
    await evidence.json('standard error', messages)
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
  {
    holdsIn: startedWith('express-session '), // set DEBUG=express-session & npm start
    failsIn: started('with the quotes that cmd keeps', { DEBUG: '"express-session" ' }),
    verdict: 'condition',
  },
  async ({ given, startDemo, request, evidence }) => {
    const { messages } = await logOf(await startDemo(given), request, ['count'])
    await evidence.json(`standard error with ${JSON.stringify(given)}`, messages)
    expect(messages).toContain('no SID sent, generating session')
    const none = await logOf(await startDemo(), request, ['count'])
    await evidence.json('standard error without DEBUG, as PowerShell starts it', none.messages)
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
  await evidence.json('the log', log)
  expect(page).toContain('count: 1')
})

test('DEBUG set in the code works before express-session is loaded, and is too late after', async () => {
  const use =
    "session.default({ secret: 'x', resave: false, saveUninitialized: false })({ headers: {}, url: '/' }, {}, () => {})"
  const set = "process.env.DEBUG = 'express-session'"
  const load = "const session = await import('express-session')"
  const stderrOf = async (...code: string[]) => (await runScript(code.join('\n'))).stderr()
  expect(await stderrOf(set, load, use)).toContain('express-session no SID sent')
  expect(await stderrOf(load, set, use)).toBe('')
})

for (const [variant, line, isRowGone, cookies] of [
  ['secure-on-http', 'not secured', true, 0],
  ['other-path', 'pathname mismatch', false, 0],
  ['other-secret', 'cookie signature invalid', false, 1],
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
    if (isRowGone) await demo.lab.sites[0]?.store.clear()
    await request.get('/count')
    const { debug = [], setCookie } = demo.wire().at(-1) ?? {}
    await evidence.json('debug lines of GET /count', debug)
    expect(debug).toContain(line)
    expect(await (await request.get('/')).text()).not.toContain('count: 2')
    expect(setCookie).toHaveLength(cookies)
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
