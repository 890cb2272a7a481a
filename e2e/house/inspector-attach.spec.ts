import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'playwright/test'
import { commandOf } from '../../packages/inspector/src/cli/command.ts'
import { portOf as panelPortOf, peekFileOf } from '../../packages/inspector/src/hub/settings.ts'
import { command, type OwnApp, panelOf, portOf, register, test, visitor } from '../support/attached.ts'
import { installedFolder } from '../support/installed.ts'
import type { Running } from '../support/own-process.ts'

const options = `{ secret: 'shh', resave: false, saveUninitialized: false, cookie: { maxAge: 60_000 } }`
const body = `
const handle = session(${options})
const answer = (req, res) => {
  if (req.url === '/throws') setImmediate(() => { throw new Error('the app throws') })
  else if (req.url === '/exit') process.exit(7)
  else if (req.url === '/plain') res.end('nothing written')
  else {
    req.session.views = (req.session.views ?? 0) + 1
    res.end(String(req.session.views))
  }
}
const server = createServer((req, res) => handle(req, res, () => answer(req, res)))
`
const listens = `server.listen(process.env.PORT ?? 0, () => console.log('listening on ' + server.address().port))
`
const required = `const { createServer } = require('node:http')\nconst session = require('express-session')\n`
const imported = `import { createServer } from 'node:http'\nimport session from 'express-session'\n`
// without Express, which takes an app longer to load than all the rest
const commonJs = required + body + listens
const esModule = imported + body + listens
const typed = `const typed: number = 1\n${esModule}`
const inExpress = `
const app = express().use(session(${options}))
app.get('/', (req, res) => { req.session.views = 1; res.send('1') })
const server = app.listen(0, () => console.log('listening on ' + server.address().port))
`

/** What there is to know of a visit that wrote: the store's call, the reasons, the cookie, the session() call. */
const seen = ({ status, calls, debug, setCookie, sessions }: ReturnType<OwnApp['report']>[number]) => ({
  status,
  calls: calls.map(({ method }) => method),
  saved: debug.some((line) => line.startsWith('saving ')),
  cookies: setCookie.length,
  sessions: sessions.length,
})
/** On a busy machine the process of the panel takes its time to start. */
const patient = { timeout: 30_000 }
const written = { status: 200, calls: ['set'], saved: true, cookies: 1, sessions: 1 }

async function visitOnce(own: OwnApp, running: Running) {
  expect((await visitor(portOf(running)).get('/')).text, running.output()).toBe('1')
  await expect.poll(() => own.report().map(seen), patient).toEqual([written])
}

/* ── every way in which apps are written and started ─────────────────────────────────────────────── */

const cluster = `const cluster = require('node:cluster')\nif (cluster.isPrimary) cluster.fork()\nelse {\n${commonJs}\n}`
const deep = `const express = require('express'), session = require('express-session')
const { createServer } = require('node:http')
const inner = express.Router()
inner.use(session({ secret: 'shh', resave: false, saveUninitialized: false }))
inner.get('/', (req, res) => { req.session.views = 1; res.send('1') })
const app = express().use(inner)
class Server { start() { const s = createServer(app); s.listen(0, () => console.log('listening on ' + s.address().port)) } }
new Server().start()`
const ways: readonly [
  string,
  { file: string; text: string; args: (file: string) => readonly string[]; env?: NodeJS.ProcessEnv },
][] = [
  [
    'the command, CommonJS with Express',
    {
      file: 'app.js',
      text: `const express = require('express'), session = require('express-session')\n${inExpress}`,
      args: (file) => [command(), file],
    },
  ],
  ['the command, an ES module', { file: 'app.mjs', text: esModule, args: (file) => [command(), file] }],
  [
    'the command, TypeScript with the tsx of the app',
    {
      file: 'app.ts',
      text: typed,
      args: (file) => [command(), file],
    },
  ],
  [
    'the command, a file without an extension that Node runs',
    { file: 'www', text: `#!/usr/bin/env node\n${commonJs}`, args: (file) => [command(), file] },
  ],
  [
    'the command, before another command',
    { file: 'app.js', text: commonJs, args: (file) => [command(), 'node', file] },
  ],
  ['--import, CommonJS', { file: 'app.js', text: commonJs, args: (file) => ['--import', register, file] }],
  [
    '--import, an ES module with Express',
    {
      file: 'app.mjs',
      text: `import express from 'express'\nimport session from 'express-session'\n${inExpress}`,
      args: (file) => ['--import', register, file],
    },
  ],
  [
    '--require, an ES module with import()',
    {
      file: 'app.mjs',
      text: `const { createServer } = await import('node:http')\nconst { default: session } = await import('express-session')\n${body}${listens}`,
      args: (file) => ['--require', register, file],
    },
  ],
  [
    'NODE_OPTIONS',
    { file: 'app.js', text: commonJs, args: (file) => [file], env: { NODE_OPTIONS: `--import ${register}` } },
  ],
  [
    '--import beside tsx',
    {
      file: 'app.ts',
      text: typed,
      args: (file) => ['--import', 'tsx', '--import', register, file],
    },
  ],
  [
    'a cluster: the worker reports to the same panel',
    { file: 'app.js', text: cluster, args: (file) => ['--import', register, file] },
  ],
  [
    'listen deep inside, session() in a router',
    { file: 'app.js', text: deep, args: (file) => ['--import', register, file] },
  ],
]

for (const [way, { file, text, args, env }] of ways) {
  test(`${way}: requests, store calls and reasons are seen, and no line of the app is changed`, async ({
    own,
  }) => {
    const running = await own.node(args(own.write(file, text)), env)
    await visitOnce(own, running)
    await expect.poll(() => panelOf(running), patient).toMatch(/^http:\/\/localhost:\d+\/$/)
  })
}

test('the command, TypeScript that Node itself runs: requests, store calls and reasons are seen', async ({
  folder,
  own,
  run,
}) => {
  const runsTypes = 'typescript' in process.features && Boolean(process.features.typescript)
  test.skip(!runsTypes, 'this Node does not run TypeScript')
  // elsewhere: of what lies in a node_modules Node takes no types away, and here is no tsx
  mkdirSync(join(folder, 'node_modules'))
  const name = 'node_modules/express-session'
  symlinkSync(join(installedFolder(), name), join(folder, name), 'junction')
  writeFileSync(join(folder, 'app.ts'), typed)
  const running = await run([command(), 'app.ts'], {
    cwd: folder,
    isGroup: true,
    env: { SESSION_INSPECTOR_PORT: '0', SESSION_INSPECTOR_REPORT: join(own.folder, 'report.json') },
    until: 'listening on ',
  })
  await visitOnce(own, running)
})

/** A store that nobody knows: another one says where its rows are. */
const ownStore = `
class OwnStore extends session.Store {
  rows = new Map()
  get(sid, done) { setImmediate(done, null, JSON.parse(this.rows.get(sid) ?? 'null')) }
  set(sid, data, done) { this.rows.set(sid, JSON.stringify(data)); setImmediate(done) }
  destroy(sid, done) { this.rows.delete(sid); setImmediate(done) }
}
`
const withOwnStore =
  required + ownStore + body.replace('{ secret', '{ store: new OwnStore(), secret') + listens
const peekFile = `export default (store, sid) => new Promise((resolve, reject) =>
  store.get(sid, (error, found) => error ? reject(error) : resolve(found && JSON.stringify({ ...found, read: 'by the file' }))))`

test('the bin with --port, --report, --production and --peek, and no word more: the start script runs, and each option counts', async ({
  own,
}) => {
  own.write('package.json', JSON.stringify({ scripts: { start: 'node app.js', dev: 'node --watch app.js' } }))
  expect(commandOf([], own.folder)).toEqual({ program: 'npm', args: ['run', 'dev'] })
  own.write('package.json', JSON.stringify({ scripts: { start: 'node app.js' } }))
  own.write('app.js', withOwnStore)
  own.write('peek.mjs', peekFile)
  const port = await freePort()
  const options = ['--port', String(port), '--report', 'named.json', '--production', '--peek', 'peek.mjs']
  const bin = join(installedFolder(), 'node_modules/.bin/express-session-inspector')
  const start = `require('node:child_process').spawn(${JSON.stringify(bin)}, process.argv.slice(1), { stdio: 'inherit' })`
  const running = await own.node(['-e', start, '--', ...options], { NODE_ENV: 'production' })
  expect((await visitor(portOf(running)).get('/')).text, running.output()).toBe('1')
  expect(panelOf(running)).toBe(`http://localhost:${port}/`)
  const named = join(own.folder, 'named.json')
  await expect.poll(() => existsSync(named) && readFileSync(named, 'utf8'), patient).toContain('"saving ')
  expect(own.report()).toEqual([])
  const panel = async () => await (await fetch(`${panelOf(running)}__lab/inspector/?lang=en`)).text()
  await expect.poll(panel, patient).toContain('by the file')
  expect(await panel()).not.toContain('moment-1o') // what the file asks of the store is no call of the app
})

const freePort = async () => {
  const server = createServer().listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const tsx = () => join(installedFolder(), 'node_modules/tsx/dist/cli.mjs')
const watchers = [
  ['node --watch', 'app.js', commonJs, () => ['--import', register, '--watch'], {}],
  ['tsx watch', 'app.ts', typed, () => [tsx(), 'watch'], { NODE_OPTIONS: `--import ${register}` }],
] as const
for (const [watcher, name, text, args, env] of watchers) {
  test(`an app that is started anew by ${watcher} keeps its panel and its record, and the panel says since when the process runs`, async ({
    own,
  }) => {
    const running = await own.node([...args(), own.write(name, text)], env)
    const ann = visitor(portOf(running))
    expect((await ann.get('/')).text, running.output()).toBe('1')
    await expect.poll(() => own.report().map(seen), patient).toEqual([written])
    const [port, panel] = [portOf(running), panelOf(running)]
    own.write(name, `${text}// edited\n`)
    await expect.poll(() => portOf(running), { timeout: 15_000 }).not.toBe(port)
    await visitor(portOf(running)).get('/plain', { cookie: ann.cookie() })
    await visitor(portOf(running)).get('/')
    await expect.poll(() => own.report().length, patient).toBe(3)
    const [before, forgotten, after] = own.report()
    expect([before, after].map((one) => one && seen(one))).toEqual([written, written])
    expect(new Set(running.output().match(/http:\/\/localhost:\d+\//g))).toEqual(new Set([panel]))
    const { text: page } = await visitor(Number(new URL(panel).port)).get(
      `/__lab/inspector/?lang=en&at=${forgotten?.id}`,
    )
    expect(page).toMatch(/This process began at \d\d:\d\d:\d\d; MemoryStore forgot everything before/)
  })
}

/* ── what it is told, it knows ───────────────────────────────────────────────────────────────────── */

test('what session() gives back, and express-session itself, look as they did', async ({ own }) => {
  const text = `const session = require('express-session')
  const middleware = session({ secret: 'shh', resave: false, saveUninitialized: false })
  console.log(JSON.stringify([session.name, session.length, Object.keys(session), session.Store.name, typeof session.MemoryStore,
    middleware.name, middleware.length, require('express-session') === session]))`
  const file = own.write('app.js', text)
  const [plain, watched] = [await own.node([file]), await own.node(['--import', register, file])]
  await Promise.all([plain.ended, watched.ended])
  expect(watched.stdout()).toBe(plain.stdout())
  expect(plain.stdout()).toContain('MemoryStore')
})

test('"provide resave option at" names the line of the app', async ({ own }) => {
  const text = commonJs.replace('resave: false, ', '')
  const running = await own.node(['--import', register, own.write('app.js', text)])
  expect(running.stderr()).toMatch(/undefined resave option; provide resave option.*app\.js:4:16/)
})

/* ── it is neutral ───────────────────────────────────────────────────────────────────────────────── */

const ends: readonly [string, number | null, (running: Running) => Promise<unknown>][] = [
  [
    'an uncaught exception',
    1,
    (running) =>
      visitor(portOf(running))
        .get('/throws')
        .catch(() => {}),
  ],
  [
    'process.exit',
    7,
    (running) =>
      visitor(portOf(running))
        .get('/exit')
        .catch(() => {}),
  ],
  ['SIGTERM', null, (running) => running.kill('SIGTERM')],
  ['kill -9', null, (running) => running.kill('SIGKILL')],
]
for (const [end, code, doIt] of ends) {
  test(`${end}: the app ends as without the inspector, and the report has all that it did a second before`, async ({
    own,
  }) => {
    const file = own.write('app.js', commonJs)
    const [plain, watched] = await Promise.all([own.node([file]), own.node(['--import', register, file])])
    await expect.poll(() => panelOf(watched), patient).not.toBe('')
    for (const running of [plain, watched]) await visitor(portOf(running)).get('/')
    // who is killed by a signal can leave nothing behind: what was told by then is all that there is
    if (code === null) await pause(1_000)
    for (const running of [plain, watched]) await doIt(running)
    const endOf = async (running: Running) => [
      await running.ended,
      running.stderr().replace(/^express-session-inspector: .*\n|^ +at .*async_hooks.*\n/gm, ''),
    ]
    expect(await endOf(watched)).toEqual(await endOf(plain))
    expect(await plain.ended).toBe(code)
    await expect.poll(() => own.report().map(seen)[0], patient).toEqual(written)
  })
}

test('on a quiet app the report has what is new within a second', async ({ own }) => {
  const running = await own.node(['--import', register, own.write('app.js', commonJs)])
  await expect.poll(() => panelOf(running), patient).not.toBe('')
  const ages: number[] = []
  for (const count of [1, 2, 3]) {
    await visitor(portOf(running)).get('/')
    const answered = Date.now()
    await expect.poll(() => own.report().length, { ...patient, intervals: [20] }).toBe(count)
    ages.push(statSync(join(own.folder, 'report.json')).mtimeMs - answered)
    if (Math.min(...ages) < 1_000) break // a machine may be busy for a while
  }
  expect(Math.min(...ages)).toBeLessThan(1_000)
})

test('an app that crashes at once, before there is a panel: the report has its request', async ({ own }) => {
  const text = `${commonJs}\nserver.on('listening', () => { const { port } = server.address()
    require('node:http').get({ port, path: '/' }, () => { throw new Error('at once') }) })`
  const crashed = await own.node(['--import', register, own.write('app.js', text)])
  expect(await crashed.ended).toBe(1)
  await expect.poll(() => own.report().map(seen), patient).toEqual([written])
})

test('--open gives the address of the panel to the browser of the desktop', async ({ own }) => {
  const opened = join(own.folder, 'opened')
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open'
  own.write(program, `#!/bin/sh\nprintf %s "$1" > '${opened}.tmp' && mv '${opened}.tmp' '${opened}'`)
  chmodSync(join(own.folder, program), 0o755)
  const running = await own.node([command(), '--open', own.write('app.js', commonJs)], {
    PATH: `${own.folder}${delimiter}${process.env['PATH']}`,
  })
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8'), patient).toBe(panelOf(running))
})

test('an app that has nothing more to do ends at once', async ({ own }) => {
  const text = `const session = require('express-session')\nsession({ secret: 'shh', resave: false, saveUninitialized: false })\nconsole.log('done')`
  const began = performance.now()
  const running = await own.node(['--import', register, own.write('app.js', text)])
  expect(await running.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('a process without express-session gets no panel and says nothing', async ({ own }) => {
  const text = `const s = require('node:http').createServer((q, r) => r.end('x')); s.listen(0, () => console.log('listening on ' + s.address().port))`
  const running = await own.node(['--import', register, own.write('app.js', text)])
  await visitor(portOf(running)).get('/')
  expect([running.stderr(), existsSync(join(own.folder, 'report.json'))]).toEqual(['', false])
})

test('an app in which express-session was not seen is told so when the command ends', async ({ own }) => {
  const running = await own.node([command(), own.write('app.js', 'setTimeout(() => {}, 10)')])
  expect([await running.ended, running.stderr()]).toEqual([
    0,
    expect.stringContaining('express-session was not loaded'),
  ])
})

test('the command ends as the app ends, also by a signal', async ({ own }) => {
  const running = await own.node([command(), own.write('app.js', commonJs)])
  await visitor(portOf(running))
    .get('/exit')
    .catch(() => {})
  expect(await running.ended).toBe(7)
  const other = await own.node([command(), own.write('app.js', commonJs)])
  expect(await other.kill('SIGTERM')).toBe(143)
})

test('a signal to the command reaches the app also through a shell that does not hand it on', async ({
  own,
}) => {
  own.write('app.js', `${commonJs}\nconsole.log('app ' + process.pid)`)
  const running = await own.node([command(), 'sh', '-c', 'echo "command $PPID"; node app.js & wait'])
  await visitOnce(own, running)
  const pidOf = (name: string) => Number(new RegExp(`${name} (\\d+)`).exec(running.stdout())?.[1])
  const isAlive = () => {
    try {
      return process.kill(pidOf('app'), 0)
    } catch {
      return false
    }
  }
  expect(isAlive()).toBe(true)
  process.kill(pidOf('command'), 'SIGTERM')
  expect(await running.ended).toBe(143)
  await expect.poll(isAlive).toBe(false)
})

/* ── it is safe ──────────────────────────────────────────────────────────────────────────────────── */

test('with NODE_ENV=production it does nothing and says so, unless it is told twice', async ({ own }) => {
  const file = own.write('app.js', commonJs)
  const once = await own.node(['--import', register, file], { NODE_ENV: 'production' })
  expect((await visitor(portOf(once)).get('/')).text).toBe('1')
  expect(once.stderr()).toContain('SESSION_INSPECTOR_PRODUCTION=yes')
  expect(panelOf(once)).toBe('')
  const twice = await own.node(['--import', register, file], {
    NODE_ENV: 'production',
    SESSION_INSPECTOR_PRODUCTION: 'yes',
  })
  await visitOnce(own, twice)
})

/** Each of the options that a panel shows, and what it makes of them. */
const givenOptions = `{ secret: 'never-to-be-shown', name: 'own.sid', cookie: { maxAge: 60_000, sameSite: 'lax' },
  resave: false, rolling: true, saveUninitialized: false, unset: 'destroy', proxy: false,
  genid: () => require('node:crypto').randomBytes(24).toString('base64url') }`
const shownOptions = [
  'name own.sid',
  'store MemoryStore',
  'cookie {"maxAge":60000,"sameSite":"lax"}',
  'genid function',
  'proxy false',
  'resave false',
  'rolling true',
  'saveUninitialized false',
  'unset destroy',
  'trust proxy not known',
]

test('the panel knows what session() was given and answers on loopback by name only, a port that is taken is passed over, and the report holds no session id and no signature', async ({
  own,
}) => {
  const taken = createServer().listen(0, 'localhost')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  const text = commonJs.replace(options, givenOptions)
  const running = await own.node(['--import', register, own.write('app.js', text)], {
    SESSION_INSPECTOR_PORT: String(port),
  })
  const ann = visitor(portOf(running))
  await ann.get('/plain')
  await expect.poll(() => own.report().length, patient).toBe(1)
  const panel = new URL(panelOf(running))
  expect(Number(panel.port)).toBeGreaterThan(port)
  const html = await (await fetch(`${panel}__lab/inspector/?lang=en`)).text()
  const [, given = ''] = /What session\(\) was given(.*?)<\/details>/s.exec(html) ?? []
  const said = given
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
  for (const shown of shownOptions) expect(said).toContain(` ${shown} `)
  expect(said).toMatch(/^ express-session \d+\.\d+\.\d+ /)
  expect(html).not.toContain('never-to-be-shown')
  const foreign = await visitor(Number(panel.port)).get('/__lab/inspector/', { host: 'rebound.example' })
  expect(foreign.status).toBe(403)
  taken.close()
  for (let n = 0; n < 3; n++) await ann.get('/')
  await expect.poll(() => own.report().length, patient).toBe(4)
  const [sid = '?', signature = '?'] = decodeURIComponent(ann.cookie()).split('s:')[1]?.split('.') ?? []
  const kept = readFileSync(join(own.folder, 'report.json'), 'utf8')
  expect([sid.length, kept.includes(sid), kept.includes(signature)]).toEqual([32, false, false])
})

/* ── an app that runs already ────────────────────────────────────────────────────────────────────── */

test('--pid: an app that runs already is watched from its next request on; its reasons are not known', async ({
  own,
}) => {
  const app = await own.node([own.write('app.js', `${withOwnStore}\nconsole.log('pid ' + process.pid)`)])
  await expect.poll(() => app.output()).toMatch(/pid \d+/)
  const [, pid = ''] = /pid (\d+)/.exec(app.output()) ?? []
  const peek = own.write('peek.mjs', peekFile)
  const watching = await own.node(
    [command(), '--pid', pid, '--peek', peek],
    { NODE_NO_WARNINGS: '1' },
    'watching process',
  )
  expect(watching.output()).toContain('watching process')
  expect((await visitor(portOf(app)).get('/')).text).toBe('1')
  await expect
    .poll(() => own.report().map(({ calls, debug }) => [calls.map(({ method }) => method), debug]), patient)
    .toEqual([[['set'], []]])
  const panel = async () => await (await fetch(`${panelOf(watching)}__lab/inspector/?lang=en`)).text()
  await expect.poll(panel, patient).toContain('by the file')
  expect(await watching.kill('SIGTERM')).toBe(0)
  expect((await visitor(portOf(app)).get('/')).text).toBe('1') // it goes on
})

const notKnown = 'Not known: express-session was loaded before the inspector'
const notReached = 'This request never reached express-session'

test('express-session that was loaded first is said, and is watched as far as can be', async ({ own }) => {
  own.write('first.cjs', `require('express-session')`)
  const running = await own.node([
    '--require',
    './first.cjs',
    '--require',
    register,
    own.write('app.js', commonJs),
  ])
  expect((await visitor(portOf(running)).get('/')).text).toBe('1')
  await expect
    .poll(() => own.report().map(({ calls }) => calls.map(({ method }) => method)), patient)
    .toEqual([['set']])
  expect(running.stderr()).toContain('express-session was loaded first')
  await visitor(portOf(running)).get('/plain')
  await expect.poll(() => own.report().length, patient).toBe(2)
  const panel = await (await fetch(`${panelOf(running)}__lab/inspector/?lang=en&at=2`)).text()
  expect([panel.includes(notKnown), panel.includes(notReached)]).toEqual([true, false])
})

/* ── the command and the package ─────────────────────────────────────────────────────────────────── */

test('the command explains itself, and refuses what it does not know in words', async ({ own }) => {
  const help = await own.node([command(), '--help'])
  expect([await help.ended, help.stdout()]).toEqual([
    0,
    expect.stringMatching(/--report <file>.*--peek <file>/s),
  ])
  const refused = await own.node([command(), '--prot', '1', 'app.js'])
  expect([await refused.ended, refused.stderr()]).toEqual([1, expect.stringContaining('--prot')])
  const missing = await own.node([command(), 'no-such-program'])
  expect([await missing.ended, missing.stderr()]).toEqual([
    127,
    expect.stringContaining('cannot start no-such-program'),
  ])
  for (const [refuses, words] of [
    [() => panelPortOf('x'), 'a port is a number'],
    [() => commandOf(['no-such-file.js'], own.folder), 'there is no such file'],
    [() => commandOf([], own.folder), 'Nothing to start'],
    [() => peekFileOf('no-such-file.mjs'), 'no such file for --peek'],
  ] as const) {
    expect(refuses).toThrow(words)
  }
})

test('the package is small, plain JavaScript with types; it runs nothing when it is installed, and brings six packages', () => {
  const folder = join(installedFolder(), 'node_modules/express-session-inspector')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  expect(bytes).toBeLessThan(2_000_000)
  const typed = files.filter((file) => file.endsWith('.ts'))
  expect(typed.filter((file) => !file.endsWith('.d.ts'))).toEqual([])
  expect(readFileSync(join(folder, 'dist/register.cjs'), 'utf8')).not.toMatch(/require\("(?!node:)/)
  const { scripts, dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  expect(Object.keys(scripts)).toEqual(['prepack']) // no install, no postinstall
  const brought = ['cookie-signature', 'escape-html', 'express', 'http-errors', 'idiomorph', 'tough-cookie']
  expect(Object.keys(dependencies)).toEqual(brought)
  // what its types speak of, a project in TypeScript has already: the types of express-session bring those of Express
  const needed = typed.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"]([^.'"][^'"]*)/g)].map(([, name]) => name),
  )
  expect([...new Set(needed)].filter((name) => !name?.startsWith('node:')).sort()).toEqual([
    'express',
    'express-session',
  ])
  expect(Object.keys(peerDependencies)).toEqual(['@types/express-session', 'express-session', 'tsx'])
  for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name].optional).toBe(true)
})

const aroundIt = `
const inspector = createInspector()
const app = express()
app.use(session({ secret: 'shh', resave: false, saveUninitialized: false, store: inspector.watchStore(new session.MemoryStore()) }))
app.get('/', (req, res) => { req.session.views = (req.session.views ?? 0) + 1; res.send(String(req.session.views)) })
const server = createServer(inspector.around(app)).listen(0, () => console.log('listening on ' + server.address().port))
`
const inCode = {
  'app.cjs': `const { createInspector } = require('express-session-inspector')
const express = require('express'), session = require('express-session'), { createServer } = require('node:http')
${aroundIt}`,
  'app.mjs': `import { createInspector } from 'express-session-inspector'
import express from 'express'\nimport session from 'express-session'\nimport { createServer } from 'node:http'
${aroundIt}`,
}

test('the installed package around an app in code, CommonJS and an ES module: the panel is at the address of the app', async ({
  own,
}) => {
  const started = Object.entries(inCode).map(([name, text]) => own.node([own.write(name, text)]))
  for (const running of await Promise.all(started)) {
    const ann = visitor(portOf(running))
    for (const count of ['1', '2']) expect((await ann.get('/')).text, running.output()).toBe(count)
    const panel = await ann.get('/__lab/inspector/?lang=en')
    expect(panel.status).toBe(200)
    expect(panel.text).toContain('data-pair="until-close × present"')
    expect(panel.text).toContain('session found') // express-session was loaded after it
    expect(panel.text).toContain('&quot;views&quot;: 2')
    for (const name of ['inspector.css', 'inspector.js', 'idiomorph.js']) {
      expect((await ann.get(`/__lab/inspector/assets/${name}`)).status, name).toBe(200)
    }
    expect(running.stderr()).toBe('')
  }
})

test('code that is loaded after express-session says so, required or imported', async ({ own }) => {
  const both = `import { createInspector } from 'express-session-inspector'
    import 'express-session'
    import { createServer } from 'node:http'
    import { createRequire } from 'node:module'
    const show = async ({ createInspector }) => {
      const { around } = createInspector()
      const server = createServer(around((req, res) => res.end('before session()'))).listen(0, 'localhost')
      await new Promise((resolve) => server.once('listening', resolve))
      const url = 'http://localhost:' + server.address().port
      await (await fetch(url)).text()
      const panel = await (await fetch(url + '/__lab/inspector/?lang=en')).text()
      server.closeAllConnections()
      server.close()
      return [panel.includes('${notKnown}'), panel.includes('${notReached}')]
    }
    const first = await show({ createInspector })
    console.log(JSON.stringify([first, await show(createRequire(import.meta.url)('express-session-inspector'))]))`
  const running = await own.node([own.write('both.mjs', both)])
  // what is required is a second inspector in this process, and comes late
  expect(JSON.parse(running.stdout())).toEqual([
    [false, true],
    [true, false],
  ])
  expect(running.stderr().trim().split('\n')).toEqual([
    expect.stringMatching(/Require or import the inspector before express-session\. \(.*index\.js\)$/),
  ])
})

// the types have to refuse what is wrong: where they do not, the marked line is an error of its own
const usesTheApi = `import { createInspector, type Inspector } from 'express-session-inspector'
export const inspector: Inspector = createInspector({ limit: 10 })
// @ts-expect-error a limit is a number: the types of the package refuse a text
createInspector({ limit: 'ten' })
`
const projects: readonly (readonly [files: readonly string[], how: Readonly<Record<string, unknown>>])[] = [
  [['app.ts'], { module: 'commonjs', moduleResolution: 'bundler' }],
  [['app.cts', 'app.mts'], { module: 'nodenext' }],
  [['app.cts', 'app.mts'], { module: 'node16' }],
]
for (const [names, how] of projects) {
  test(`a TypeScript project compiles with it: ${names.join(', ')}, ${Object.values(how).join(', ')}`, async ({
    own,
  }) => {
    for (const name of names) own.write(name, usesTheApi)
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      ...how,
    }
    own.write('tsconfig.json', JSON.stringify({ compilerOptions, include: names }))
    const tsc = join(installedFolder(), 'node_modules/typescript/bin/tsc')
    const compiled = await own.node([tsc, '-p', own.folder])
    expect([await compiled.ended, compiled.output()]).toEqual([0, ''])
  })
}
