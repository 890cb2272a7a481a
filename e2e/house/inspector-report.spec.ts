import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'playwright/test'
import { root } from '../../common/places.ts'
import { outcomeOf } from '../../packages/inspector/src/cli/outcome.ts'
import { cpuTime, createLookout, type Standing } from '../../packages/inspector/src/diagnose/lookout.ts'
import type { Exchange, SessionCall } from '../../packages/inspector/src/exchange.ts'
import { followFindings } from '../../packages/inspector/src/hub/follow.ts'
import { createHerald } from '../../packages/inspector/src/hub/herald.ts'
import { failOnOf } from '../../packages/inspector/src/hub/settings.ts'
import { createNames } from '../../packages/inspector/src/model/names.ts'
import { reportOf } from '../../packages/inspector/src/report/report.ts'
import { told } from '../../packages/inspector/src/report/told.ts'
import { languageOf } from '../../packages/inspector/src/words/language.ts'
import { command, portOf, register, test, visitor } from '../support/attached.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { faultsIn, type Schema } from '../support/json-schema.ts'

/** A cookie that was not sent, as secure-over-http proves it. */
const unsent = (given: Partial<Exchange> = {}): Exchange =>
  exchange({
    debug: ['no SID sent, generating session', 'saving sid', 'not secured'],
    calls: [storeCall({ method: 'set', sid: 'sid', data: '{}' })],
    sessions: [1],
    facts: { host: 'localhost:3000', isEncrypted: false },
    ...given,
  })
const sessionCall: SessionCall = {
  ...{ number: 1, pid: 1, at: 0, name: 'connect.sid', store: 1, storeName: 'MemoryStore' },
  ...{ cookie: { secure: true }, resave: false, saveUninitialized: false, rolling: false, unset: undefined },
  ...{ proxy: undefined, hasGenid: false, version: '1.19.0', where: 'app.js:3', secrets: [] },
  ...{ isInProduction: false, rows: 'memory', canTouch: true },
}

function recordOf(exchanges: Exchange[]) {
  return {
    exchanges: () => exchanges,
    outside: () => [],
    sessions: () => [sessionCall],
    revision: () => 0,
    limit: 500,
    expectFrom: () => () => undefined,
    clear() {},
  }
}

const finding = (given: Partial<Standing> = {}): Standing => ({
  ...{ id: 'secure-over-http', kind: 'fault', count: 1, symptoms: [], exchanges: [1], since: 0 },
  title: { ja: '題', en: 'a title' },
  words: { ja: '文', en: 'a sentence' },
  evidence: [{ exchange: 1, line: 'express-session not secured', words: { ja: '証', en: 'it says so' } }],
  fix: { words: { ja: '直す', en: 'mend it' }, code: "session({ cookie: { secure: 'auto' } })" },
  source: { title: 'README', url: 'https://github.com/expressjs/session' },
  where: 'app.js:3',
  ...given,
})

/* ── when it is looked for ───────────────────────────────────────────────────────────────────────── */

test('what a finding rests on is kept when the record forgets it, until all is cleared', () => {
  const exchanges = [unsent()]
  const lookout = createLookout(recordOf(exchanges))
  const [found] = lookout.findings(true)
  expect([found?.id, found?.evidence[0]?.exchange]).toEqual(['secure-over-http', 1])
  expect(lookout.remembered()).toEqual([])
  exchanges[0] = exchange({ id: 2, at: 2_000_000 })
  expect(lookout.findings(true).map(({ id, since }) => [id, since])).toEqual([[found?.id, found?.since]])
  expect(lookout.remembered().map(({ id }) => id)).toEqual([1])
  lookout.clear()
  expect([lookout.findings(true), lookout.remembered()]).toEqual([[], []])
})

test('while something is open it is looked at again as time passes, and nothing runs once all is over', async () => {
  const exchanges = [exchange({ at: Date.now(), duration: null, end: null })]
  let looks = 0
  const following = followFindings(recordOf(exchanges), () => looks++)
  expect(looks).toBe(0)
  following.changed()
  await expect.poll(() => looks).toBeGreaterThanOrEqual(3) // nothing new is known meanwhile
  await pause(5_500) // longer than after the last news
  const later = looks
  await expect.poll(() => looks).toBeGreaterThan(later)
  exchanges[0] = exchange()
  await pause(1_500) // one more look
  const over = looks
  await pause(1_500)
  expect(looks).toBe(over)
  following.end()
})

test('what is new is handed on before the next look for causes is due, however long that is, and is looked at then', async () => {
  const exchanges = [exchange()]
  const costly = {
    ...recordOf(exchanges),
    sessions() {
      const end = cpuTime() + 60
      while (cpuTime() < end);
      return [sessionCall]
    },
  }
  const handedOn: [isEarly: boolean, ids: readonly string[]][] = []
  const following = followFindings(costly, (findings) => {
    const isEarly = handedOn.length > 0 && Date.now() < wasDue
    handedOn.push([isEarly, findings.map(({ id }) => id)])
    wasDue = following.due()
  })
  let wasDue = following.due()
  following.changed()
  await expect.poll(() => handedOn).toEqual([[false, []]])
  exchanges.push(unsent({ id: 2 }))
  following.changed()
  await expect.poll(() => handedOn.slice(1, 2)).toEqual([[true, []]])
  await expect.poll(() => handedOn.at(-1)).toEqual([false, ['secure-over-http']])
  following.end()
})

test('a cause is said once, and not before it has stood for a second', () => {
  const said: string[] = []
  const hear = createHerald(({ id }) => said.push(id))
  hear([finding({ since: 1_000 })], 1_500)
  expect(said).toEqual([])
  hear([finding({ since: 1_000 })], 2_000)
  hear([finding({ since: 1_000, count: 2 }), finding({ since: 1_000, about: 'another' })], 3_000)
  expect(said).toEqual(['secure-over-http'])
})

/* ── what is written ─────────────────────────────────────────────────────────────────────────────── */

const schema = JSON.parse(readFileSync(join(root, 'packages/inspector/report.schema.json'), 'utf8')) as Schema

test('the schema tells what is no report', () => {
  const names = createNames()
  const report = JSON.parse(
    reportOf('r.json', { findings: [finding()], exchanges: [unsent()], outside: [], names }, 'en'),
  )
  expect(faultsIn(report, schema)).toEqual([])
  const [one] = report.findings
  for (const wrong of [
    { ...report, version: 2 },
    { ...report, findings: [{ ...one, kind: 'warning' }] },
    { ...report, findings: [{ ...one, count: 0 }] },
    { ...report, findings: [{ ...one, words: { en: 'only' } }] },
    { ...report, findings: [{ ...one, more: 1 }] },
    { ...report, exchanges: [{ ...report.exchanges[0], id: '1' }] },
    { format: report.format, version: 1, exchanges: [] },
  ]) {
    expect(faultsIn(wrong, schema)).toHaveLength(1)
  }
})

test('a report in words says what, where, why and the line to change, in both languages', () => {
  const names = createNames()
  const reported = { findings: [finding()], exchanges: [unsent({ url: '/a`b|c' })], outside: [], names }
  const text = reportOf('r.txt', reported, 'en')
  for (const part of ['fault secure-over-http: a sentence (app.js:3)', 'it says so', '#1 GET /a`b|c → 200'])
    expect(text).toContain(part)
  expect(text).toContain("session({ cookie: { secure: 'auto' } })")
  const markdown = reportOf('r.MD', reported, 'ja')
  for (const part of ['## × 不具合: 題', '`` #1 GET /a`b|c → 200 ``', '```js', '](<https://github.com/'])
    expect(markdown).toContain(part)
  const nothing = { ...reported, findings: [] }
  expect(reportOf('r.txt', nothing, 'ja')).toContain('直すべきところは見つかっていません')
})

test('no id, signature or cookie value is in what is said, wherever a diagnosis may have put it', () => {
  const sid = 'a-very-secret-session-id'
  const value = `s%3A${sid}.${'x'.repeat(43)}`
  const spoken = `${sid} s:${sid}.${'x'.repeat(43)} my-basket`
  const words = { ja: spoken, en: spoken }
  const exchanges = [
    unsent({
      url: `/?sid=${sid}`,
      calls: [],
      debug: [],
      cookie: `connect.sid=${value}; theme=my-basket; consent=true`,
    }),
  ]
  const evidence = [{ exchange: 1, line: spoken, words }]
  const [clean] = told([finding({ words, evidence, about: spoken })], exchanges, createNames())
  const text = JSON.stringify(clean)
  for (const secret of [sid, 'x'.repeat(43), 'my-basket']) expect(text).not.toContain(secret)
  expect(clean?.evidence[0]?.request).toBe('GET /?sid=sid-1 → 200')
  const [plain] = told([finding({ words: { ja: 'true', en: 'secure: true' } })], exchanges, createNames())
  expect(plain?.words.en).toBe('secure: true') // consent=true is no secret
})

test('the language of a terminal is asked for, or its locale', () => {
  for (const [env, language] of [
    [{}, 'en'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'jam_JM' }, 'en'],
    [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'C', SESSION_INSPECTOR_LANG: 'ja' }, 'ja'],
    [{ LANG: 'ja_JP', SESSION_INSPECTOR_LANG: '' }, 'ja'],
  ] as const) {
    expect(languageOf(env), JSON.stringify(env)).toBe(language)
  }
})

/* ── the command ─────────────────────────────────────────────────────────────────────────────────── */

const app = `const { createServer } = require('node:http')
const session = require('express-session')
const handle = session({ secret: '${'k'.repeat(5)}'.concat(Math.random(), Math.random()), resave: false, saveUninitialized: false, cookie: { secure: true } })
const server = createServer((req, res) => handle(req, res, () => { req.session.seen = true; res.end('seen') }))
module.exports = server
if (require.main === module) server.listen(0, () => console.log('listening on ' + server.address().port))
`
const english = { LANG: 'C', LC_ALL: '', LC_MESSAGES: '' }

for (const [way, before] of [
  ['the command', () => [command()]],
  ['the app itself, where only register is loaded', () => ['--require', register]],
] as const) {
  test(`${way} says a cause in one line of the terminal's language, once`, async ({ own }) => {
    const file = own.write('app.js', app)
    const running = await own.node([...before(), file], { ...english, SESSION_INSPECTOR_LANG: 'ja' })
    for (let count = 0; count < 3; count++) await visitor(portOf(running)).get('/')
    await expect.poll(running.stderr, { timeout: 30_000 }).toContain('不具合 secure-over-http')
    await expect.poll(() => own.report().length).toBe(3)
    await visitor(portOf(running)).get('/')
    await expect.poll(() => own.report().length).toBe(4)
    expect(running.stderr().match(/secure-over-http/g)).toHaveLength(1)
    const report = JSON.parse(readFileSync(join(own.folder, 'report.json'), 'utf8'))
    expect(faultsIn(report, schema)).toEqual([])
    const [found] = report.findings
    expect([found.id, found.count]).toEqual(['secure-over-http', 4])
  })
}

const plain = `const { get } = require('node:http')
const server = require('./app.js').listen(0, () => get({ port: server.address().port, path: '/from-script' }, (res) => res.resume().on('end', () => server.close())))`
const nodeTest = `const { test } = require('node:test')
const { once } = require('node:events')
test('answers', async () => {
  const server = require('./app.js').listen(0)
  await once(server, 'listening')
  await (await fetch('http://localhost:' + server.address().port + '/from-node-test', { headers: { connection: 'close' } })).text()
  server.close()
})`
const playwrightTest = `const { expect, test } = require('playwright/test')
test('answers', async ({ request }) => {
  const server = require('./app.js').listen(0)
  expect((await request.get('http://localhost:' + server.address().port + '/from-playwright')).ok()).toBe(true)
  server.close()
})`
const playwright = JSON.stringify(join(root, 'node_modules/playwright/cli.js'))

test("a team's tests of three runners report together, and a fault is the exit code", async ({ own }) => {
  for (const [name, text] of Object.entries({ 'app.js': app, 'plain.js': plain, 'a.test.js': nodeTest }))
    own.write(name, text)
  own.write('b.spec.js', playwrightTest)
  own.write('playwright.config.js', `module.exports = { testMatch: 'b.spec.js', reporter: 'line' }`)
  const script = `node plain.js && node --test a.test.js && node ${playwright} test`
  own.write('package.json', JSON.stringify({ scripts: { test: script } }))
  const running = await own.node([command(), '--fail-on', 'fault', '--', 'npm', 'test'], english)
  expect([await running.ended, own.report().map(({ url }) => url)], running.output()).toEqual([
    1,
    ['/from-script', '/from-node-test', '/from-playwright'],
  ])
  expect(running.stderr()).toContain(`× fault secure-over-http: `)
  expect(running.stderr()).toContain("session({ …, cookie: { secure: 'auto' } })")
})

test('the exit code is that of the command, but for a finding of the kind that was asked for', async ({
  own,
}) => {
  own.write('app.js', app)
  own.write('ends.js', `${plain}\nprocess.on('exit', () => { process.exitCode = Number(process.argv[2]) })`)
  for (const [given, code, isSaid, env] of [
    [['ends.js', '0'], 0, false, {}],
    [['--fail-on', 'fault', '--', 'node', 'ends.js', '3'], 3, true, {}],
    [['ends.js', '0'], 1, true, { SESSION_INSPECTOR_FAIL_ON: 'risk' }],
  ] as const) {
    const running = await own.node([command(), ...given], { ...english, ...env })
    expect([await running.ended, given], running.output()).toEqual([code, given])
    expect(running.stderr().includes('the exit code is 1'), given.join(' ')).toBe(isSaid)
  }
  const [fault] = told([finding()], [unsent()], createNames())
  const [risk] = told([finding({ kind: 'risk' })], [unsent()], createNames())
  if (!fault || !risk) throw new Error('nothing is told')
  for (const [findings, failOn, isFailing] of [
    [[fault], 'advice', true],
    [[risk], 'fault', false],
    [[risk, fault], 'fault', true],
    [[fault], undefined, false],
    [[], 'advice', false],
  ] as const) {
    expect(outcomeOf(findings, failOn, 'en').isFailing, `${findings.length} ${failOn}`).toBe(isFailing)
  }
  expect(() => failOnOf('everything')).toThrow('--fail-on takes one of fault, risk, advice: everything')
})

/** The two ways in which Jest makes a module of a file, without Jest. */
const likeJest = `const vm = require('node:vm')
const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const context = vm.createContext({ ...globalThis, process, Buffer })
const params = ['module', 'exports', 'require', '__dirname', '__filename']
function load(filename, isOld) {
  const code = readFileSync(filename, 'utf8')
  const make = isOld
    ? new vm.Script('({"Object.<anonymous>":function(' + params + '){' + code + '\\n}})', { filename }).runInContext(context)['Object.<anonymous>']
    : vm.compileFunction(code, params, { filename, parsingContext: context })
  const module = { exports: {}, filename, require: createRequire(filename) }
  make.call(module.exports, module, module.exports, module.require, '', filename)
  return module.exports
}
const http = require('node:http')
for (const isOld of [false, true]) {
  const handle = load(require.resolve('express-session'), isOld)({ secret: 'shh', resave: false, saveUninitialized: false })
  const server = http.createServer((req, res) => handle(req, res, () => { req.session.n = 1; res.end() }))
  server.listen(0, () => http.get({ port: server.address().port, path: '/' + isOld }, (res) => res.resume().on('end', () => server.close())))
}
`

test("express-session is seen where Jest's module system loads it", async ({ own }) => {
  const running = await own.node([command(), own.write('jest.js', likeJest)], english)
  expect(await running.ended, running.output()).toBe(0)
  const seen = own
    .report()
    .map(({ url, calls, debug }) => [url, calls.map(({ method }) => method), debug.length > 0])
  expect(seen.sort()).toEqual([
    ['/false', ['set'], true],
    ['/true', ['set'], true],
  ])
})
