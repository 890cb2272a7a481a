import { readFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import session from 'express-session'
import { root } from '../../common/places.ts'
import { outcomeOf } from '../../packages/inspector/src/cli/outcome.ts'
import { sessionMissing } from '../../packages/inspector/src/diagnoses/session-missing.ts'
import { storeDisconnected } from '../../packages/inspector/src/diagnoses/store-disconnected.ts'
import { writtenAfterEnd } from '../../packages/inspector/src/diagnoses/written-after-end.ts'
import { writtenOutsideARequest } from '../../packages/inspector/src/diagnoses/written-outside-a-request.ts'
import type { Exchange, Passed } from '../../packages/inspector/src/exchange.ts'
import { createRemoteRecord } from '../../packages/inspector/src/hub/record.ts'
import { clientId } from '../../packages/inspector/src/model/client.ts'
import { exportRecord, importRecord, passedPart } from '../../packages/inspector/src/model/export.ts'
import { chooseFocus, liveFocus } from '../../packages/inspector/src/model/focus.ts'
import { lookAtCookie, lookAtPair } from '../../packages/inspector/src/model/look.ts'
import { createNames } from '../../packages/inspector/src/model/names.ts'
import { createStory } from '../../packages/inspector/src/model/story.ts'
import { panelHtml } from '../../packages/inspector/src/panel/page.ts'
import { readQuery } from '../../packages/inspector/src/panel/query.ts'
import { createRecorder } from '../../packages/inspector/src/recorder.ts'
import { reportOf } from '../../packages/inspector/src/report/report.ts'
import { createBucket, createSampler } from '../../packages/inspector/src/watch/sampling.ts'
import { command, panelOf, portOf, register, test, visitor } from '../support/attached.ts'
import { call, found, foundAcrossGaps, foundBy, recordOf, request, start } from '../support/case-records.ts'
import { countsOf, type Visit, type Visits } from '../support/case-visits.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { expect } from '../support/fixtures.ts'
import { faultsIn, type Schema } from '../support/json-schema.ts'
import type { Running } from '../support/own-process.ts'

/* ── which are recorded ──────────────────────────────────────────────────────────────────────────── */

const rate = { burst: 5, perSecond: 2, inARow: 3 }

test('a burst is recorded whole, a steady few are too, and of many so many a second, some in a row', () => {
  const admitted = (times: readonly number[]) => {
    const admits = createBucket(rate)
    return times.map((at) => (admits(100_000 + at) ? '#' : '.')).join('')
  }
  const each = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms)
  expect(admitted(each(0, 8))).toBe('#####...')
  expect(admitted(each(500, 40))).toBe('#'.repeat(40)) // as many as there may be
  expect(admitted(each(100, 40))).toBe('######..............###............###..') // five times as many
  expect(admitted([...each(0, 8), 10_000, 10_000])).toBe('#####...##') // and whole again after a pause
})

test('what a browser sends is not crowded out by what does not come from one', () => {
  const admits = createSampler(rate)
  const from = (headers: IncomingMessage['headers']) => admits({ headers } as IncomingMessage)
  expect(Array.from({ length: 7 }, () => from({})).filter(Boolean)).toHaveLength(5)
  expect(from({ 'sec-fetch-site': 'none' })).toBe(true)
  expect(from({})).toBe(false)
})

/* ── what becomes of the others ──────────────────────────────────────────────────────────────────── */

/** An app of which nothing but `/seen` is recorded. */
async function watched() {
  const told: number[] = []
  const recorder = createRecorder({
    admits: ({ url }) => url === '/seen',
    onPassed: ({ count }) => told.push(count),
  })
  const store = recorder.watchStore(new session.MemoryStore())
  const app = express()
  app.post('/body', (req, res) => {
    let text = ''
    req.on('data', (chunk: Buffer) => {
      text += chunk
    })
    req.on('end', () => store.destroy('nobody', () => res.send(text)))
  })
  app.use(session({ secret: 'shh', resave: false, saveUninitialized: true, store }))
  app.get('/late', (_req, res) => {
    res.send('early')
    setTimeout(() => store.destroy('nobody', () => {}), 60)
  })
  app.get('/*rest', (req, res) => void res.send(Object.keys(req.session)))
  const server = createServer(recorder.watch(app, 'app')).listen(0)
  const { port } = server.address() as AddressInfo
  const send = (path: string, init: RequestInit = {}) => fetch(`http://localhost:${port}${path}`, init)
  return { recorder, store, send, told, server }
}
/** Sends a body when its head is long there, and gives the answer. */
const sendLate = (server: Server) =>
  new Promise<string>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const headers = { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' }
    const sent = httpRequest({ port, path: '/body', method: 'POST', headers, agent: false }, (answer) => {
      answer.setEncoding('utf8').on('data', resolve)
    })
    sent.on('error', reject)
    sent.flushHeaders()
    setTimeout(() => sent.end('a body that is waited for'), 30)
  })
const close = (server: Server) => {
  server.closeAllConnections()
  server.close()
}

test('of a request that passes nothing is kept but that it came, and its calls are nobody else’s', async () => {
  const { recorder, store, send, told, server } = await watched()
  const set = (await send('/')).headers.get('set-cookie')
  expect(set).toMatch(/^connect\.sid=s%3A/)
  expect(await sendLate(server)).toBe('a body that is waited for')
  const seen = await send('/seen')
  await seen.text()
  await (await send('/late')).text()
  const [one, other, ...more] = recorder.passed?.() ?? []
  expect([one?.count, other?.count, more, told]).toEqual([2, 1, [], [1, 1, 2, 2, 1, 1]])
  expect(recorder.exchanges().map(({ url, calls }) => [url, calls.length])).toEqual([['/seen', 1]])
  const before = other?.to ?? 0
  await expect.poll(() => other?.to).toBeGreaterThan(before + 50) // it wrote later, and nobody knows what
  expect(recorder.outside()).toEqual([])
  store.get('x', () => {}) // nobody's indeed
  expect(recorder.outside()).toHaveLength(1)
  recorder.clear()
  expect(recorder.passed?.()).toEqual([])
  close(server)
})

test('a hub counts each once, however often it is told, also after all was cleared, and forgets none', () => {
  const record = createRemoteRecord(() => {})
  const { take } = record.join(() => {})
  const tell = (number: number, count: number, to = count) =>
    take(JSON.stringify({ kind: 'passed', passed: { number, count, from: 0, to } }))
  const sum = () => record.passed?.().reduce((total, { count }) => total + count, 0)
  tell(1, 5)
  tell(1, 9)
  tell(2, 1)
  expect(record.passed?.()).toMatchObject([{ number: 1, count: 9, to: 9 }, { count: 1 }])
  record.clear()
  tell(2, 4, 7)
  expect(record.passed?.()).toMatchObject([{ count: 3, from: 1, to: 7 }])
  for (let number = 3; number < 500; number++) tell(number, 1)
  expect([record.passed?.().length, sum()]).toEqual([200, 500])
  expect(createRecorder().passed).toBeUndefined() // where all are recorded, nobody asks
})

/* ── what is not known then ──────────────────────────────────────────────────────────────────────── */

const name = 'connect.sid'
const cookie = `${name}=s%3Aa.signature`
const data = JSON.stringify({ cookie: { originalMaxAge: null, expires: null, path: '/' }, user: 'ann' })
const begun = exchange({
  ...{ id: 1, at: 10_000, method: 'POST', url: '/login', setCookie: [`${cookie}; Path=/`] },
  calls: [storeCall({ method: 'set', sid: 'a', data })],
  debug: ['saving a'],
})
const back = (at: number, given: Partial<Exchange> = {}) =>
  exchange({
    ...{ id: 2, at, cookie, calls: [storeCall({ sid: 'a', data })], debug: ['fetching a', 'session found'] },
    ...given,
  })
const gap: Passed = { number: 1, count: 1_234, from: 20_000, to: 21_000 }
const later = 60_000
const me = clientId(begun.client)

function storyOf(exchanges: Exchange[], passed: Passed[] = [gap]) {
  const story = createStory({ secrets: [] })
  story.follow(exchanges, { passed })
  const place = (moment: number) => ({
    ...{ client: me, server: 'app', moment },
    session: { name, store: 1 },
  })
  const cookieAt = (moment: number, values?: string[]) =>
    lookAtCookie(
      story,
      place(moment),
      values ? [{ look: () => ({ by: 'measured', values, sees: () => true }) }] : [],
    )
  return { story, place, cookieAt, rowAt: (moment: number) => story.rows.at('#1', 'a', moment) }
}

test('a row that a request which passed may have changed is not known until it is seen again', () => {
  const { story, rowAt } = storyOf([begun])
  expect([12_000, 19_999, 20_500, later].map((at) => rowAt(at).state)).toEqual([
    ...['present', 'present', 'unknown', 'unknown'],
  ])
  expect(rowAt(later)).toMatchObject({ data: null, failure: null, isUnrecorded: true })
  expect(story.rows.notePeek('#1', 'a', { data }, later)).toMatchObject({ state: 'present' })
  expect(story.rows.notePeek('#1', 'a', undefined, later + 1)).toMatchObject({ state: 'gone' })
  // what is still at work when it is looked at may change it at once
  expect(storyOf([begun, back(23_000)]).rowAt(23_500).state).toBe('unknown')
  expect(storyOf([begun, back(25_000)]).rowAt(25_500).state).toBe('present')
  expect(storyOf([begun], []).rowAt(later).state).toBe('present')
})

test('of a row that is found missing across a gap nobody knows who removed it, nor what was before', () => {
  const missing = back(later, { calls: [storeCall({ sid: 'a', data: null })] })
  expect(storyOf([begun, missing]).rowAt(later + 100)).toMatchObject({ state: 'gone', isUnrecorded: true })
  expect(storyOf([begun, missing], []).rowAt(later + 100)).toMatchObject({ isUnrecorded: false })
  const found = storyOf([back(later)])
  expect([found.rowAt(15_000).state, storyOf([back(later)], []).rowAt(15_000).state]).toEqual([
    ...['unknown', 'present'],
  ])
  expect(found.story.rows.at('#1', 'other', later).state).toBe('unknown') // a row that nobody has met
  expect(found.story.rows.at('#1', '', later).state).toBe('none') // no id, no row
  const short = JSON.stringify({ cookie: { originalMaxAge: 15_000, expires: new Date(25_000) } })
  const ending = { ...begun, calls: [storeCall({ method: 'set', sid: 'a', data: short })] }
  expect(storyOf([ending]).story.rows.endings(later)).toEqual([]) // it may have been extended
  expect(storyOf([ending], []).story.rows.endings(later)).toHaveLength(1)
})

test('a cookie is not known across a gap, but where it is measured, or comes again', () => {
  const { cookieAt } = storyOf([begun])
  expect([cookieAt(15_000).state, cookieAt(later).state]).toEqual(['until-close', 'unknown'])
  expect(cookieAt(later, ['s%3Aa.signature'])).toMatchObject({ state: 'held', by: 'measured' })
  expect(cookieAt(later, [])).toMatchObject({ state: 'none', by: 'measured', isGone: false }) // not: refused
  expect(storyOf([begun], []).cookieAt(later, [])).toMatchObject({ state: 'refused' })
  expect(storyOf([begun, back(30_000)]).cookieAt(later)).toMatchObject({ state: 'held' })
  const without = back(30_000, { cookie: null, calls: [], debug: ['no SID sent, generating session'] })
  expect(storyOf([begun, without]).cookieAt(later)).toMatchObject({ state: 'none', value: null })
  expect(storyOf([begun, without], []).cookieAt(later)).toMatchObject({ state: 'until-close' })
})

test('a redirect does not lead across a gap, nor do two processes differ across one', async () => {
  const { actionOf } = await import('../../packages/inspector/src/model/action.ts')
  const { outcomesOf } = await import('../../packages/inspector/src/model/processes.ts')
  const left = { ...begun, at: 19_900, status: 302, location: '/' }
  const { story } = storyOf([left, back(21_100)])
  const [first, last] = story.steps()
  if (!first || !last) throw new Error('no steps')
  expect(actionOf(story.steps(), last, story.hasPassed)).toEqual([last])
  expect(actionOf(story.steps(), last)).toEqual([first, last])
  const by = (slot: number) => ({ processes: [{ slot, pid: slot }] })
  const apart = [back(15_000, by(1)), back(30_000, { id: 3, ...by(2), debug: ['no session found'] })]
  const outcomes = (passed: Passed[]) => {
    const { story, place } = storyOf(apart, passed)
    return outcomesOf(story, place(later)).map(({ outcome }) => outcome)
  }
  expect([outcomes([]), outcomes([gap])]).toEqual([['found', 'missing'], ['missing']])
})

/* ── what is not concluded then: of all others the specs of the diagnoses tell ───────────────────── */

const end = (sid: string): Visits[number] => [
  'GET /end',
  { sends: sid, finds: { user: 'ann' }, destroys: sid },
]
const aside: Visits[number] = ['GET /', { lines: ['pathname mismatch'], facts: { isMissedAside: true } }]
const refused = (sid: string, given: Visit = {}): Visits[number] => [
  'GET /',
  { sends: sid, refused: true, ...given },
]
const file = (name: string, given: Visit = {}): Visits[number] => [
  `GET ${name}`,
  { sends: 'a', finds: {}, facts: { isFile: true }, ...given },
]
const strange = { writes: 'b', given: 'Path=/' }

for (const [id, unproven, proven] of [
  ['logout-by-get', [end('a'), end('b')], [['GET /logout', end('a')[1] ?? {}]]],
  ['outside-cookie-path', [aside, aside], [[aside[0], { ...aside[1], status: 500 }]]],
  [
    'secret-differs',
    [refused('z', { facts: { hasRefusedRow: true } })],
    [['POST /', { writes: 'a', given: 'Path=/' }], refused('a')],
  ],
  [
    'session-for-static-files',
    [file('/a.css'), file('/b.css')],
    [file('/favicon.ico'), file('/favicon.ico')],
  ],
  [
    'name-shared-with-another-app',
    [
      ['POST /', { writes: 'a', given: 'Path=/' }],
      refused('x', strange),
      refused('y', { ...strange, writes: 'c' }),
    ],
    [],
  ],
] as const satisfies readonly (readonly [string, Visits, Visits])[]) {
  test(`${id} is told across a gap only where what was seen proves it`, () => {
    expect(countsOf(id, unproven)).toEqual([1, 0])
    if (proven.length > 0) expect(countsOf(id, proven)).toEqual([1, 1])
  })
}

test('across a gap nobody is accused of what a later save, a return or another request may have shown', () => {
  const unsaved = { facts: { unsaved: '{"coupon":1}' }, debug: [...found(), 'saving a'] }
  const late = request({ at: 0, cookie: back(0).cookie, calls: [call('get', { data })], ...unsaved })
  const gone = (at: number) => request({ at, status: 503, debug: ['store is disconnected'] })
  const missed = request({
    at: 0,
    sessions: [],
    status: 500,
    facts: { isMissed: true, missedAt: ['app.js:9'] },
  })
  const using = request({ at: 0, debug: found(), calls: [call('get', { data }), call('set', { data })] })
  const outside = [
    call('get', { at: start + 100, data }),
    call('destroy', { at: start + 200 }),
    call('set', { at: start + 300, data }),
  ]
  for (const [diagnosis, seen] of [
    [writtenAfterEnd, recordOf([late])],
    [storeDisconnected, recordOf([gone(0), gone(5_000)])],
    [sessionMissing, recordOf([missed])],
    [writtenOutsideARequest, recordOf([using], { outside })],
  ] as const) {
    expect(foundBy(diagnosis, seen), diagnosis.id).toBeDefined()
    expect(foundAcrossGaps(diagnosis, seen), diagnosis.id).toBe(false)
  }
  expect(foundAcrossGaps(storeDisconnected, recordOf([{ ...gone(0), status: 500 }]))).toBe(true)
  expect(foundAcrossGaps(sessionMissing, recordOf([request({ at: 0 }), missed]))).toBe(true)
})

/* ── what is said of it ──────────────────────────────────────────────────────────────────────────── */

function panelOfGap(lang: 'ja' | 'en', at: string | null = null) {
  const exchanges = [begun]
  const { story } = storyOf(exchanges)
  const source = { story, exchanges, jars: [], asker: me, canPeek: false, isRunning: undefined, now: later }
  const query = readQuery({ query: { lang, ...(at && { at }) } }, false)
  const live = liveFocus(source, query)
  const focus = chooseFocus(source, query, live)
  const { place } = focus
  const look = place && lookAtPair(story, place, lookAtCookie(story, place))
  return panelHtml({ source, query, focus, look, limit: 500, canTamper: false }, '').html
}

test('the panel says how many passed, when and why, shows where, and does not guess what they did', () => {
  const ja = panelOfGap('ja')
  expect(ja).toContain('1秒に100件を超えて続いたため')
  expect(ja).toContain('1,234件を記録せずに通しました')
  const en = panelOfGap('en')
  expect(en).toMatch(/1,234 requests passed unrecorded from [\d:]{8} to [\d:]{8}: more than 100 a second/)
  expect(en).toContain('data-pair="unknown × unknown"')
  expect(en).toContain('which cookie the browser has now is not known')
  const head = /<th [^>]*><a href="[^"]*at=1p[^"]*" id="moment-1p"[^>]*aria-label="([^"]*)"/.exec(en)
  expect(head?.[1]).toMatch(/^1,234 requests passed unrecorded [\d:]{8}$/)
  expect(panelOfGap('en', '1p')).toContain('the moment after 1,234 requests passed unrecorded')
})

test('the record says it too: exported and read in again, in reports, and where a command may fail', () => {
  const names = createNames()
  const text = [...exportRecord([begun], names, [], passedPart([gap]))].join('')
  expect(importRecord(text)).toMatchObject({ passed: [gap] })
  expect(importRecord(text.replace('1234', '-1e99'))).toMatchObject({ passed: [{ count: 0 }] })
  expect([...exportRecord([begun], names)].join('')).not.toContain('passed')
  const reported = { findings: [], exchanges: [begun], outside: [], passed: [gap], names }
  const report = (file: string, language: 'ja' | 'en') => reportOf(file, reported, language)
  expect(JSON.parse(report('r.json', 'en')).passed).toEqual([gap])
  expect(report('r.txt', 'ja')).toContain('1,234件を記録せずに通しました')
  expect(report('r.md', 'en')).toContain('> 1,234 requests passed unrecorded')
  const { summary, isFailing } = outcomeOf([], 'fault', 'en', [gap])
  expect([summary.startsWith('--fail-on fault: 1,234 requests passed unrecorded'), isFailing]).toEqual([
    true,
    false,
  ])
  expect(outcomeOf([], 'fault', 'en').summary).toBe('')
})

/* ── a whole app ─────────────────────────────────────────────────────────────────────────────────── */

const schema = JSON.parse(readFileSync(join(root, 'packages/inspector/report.schema.json'), 'utf8')) as Schema

/** Sends `count` requests on one connection without waiting for the answers, and counts those. */
const flood = (port: number, count: number) =>
  new Promise<number>((resolve, reject) => {
    let text = ''
    const socket = connect(port, 'localhost', () => {
      const one = 'GET /file HTTP/1.1\r\nHost: localhost\r\n'
      socket.write(`${`${one}\r\n`.repeat(count - 1)}${one}Connection: close\r\n\r\n`)
    })
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text.split('HTTP/1.1 200 OK').length - 1))
  })

test('of an app under load some requests pass: told in the terminal, the panel and the report; --all records them', async ({
  own,
}) => {
  own.write(
    'app.js',
    `const session = require('express-session'), http = require('node:http')
const handle = session({ secret: 'x'.repeat(40), resave: false, saveUninitialized: false })
const server = http.createServer((req, res) => req.url === '/file' ? res.end('file') : handle(req, res, () => { req.session.n = 1; res.end('n') }))
server.listen(0, () => console.log('listening on ' + server.address().port))`,
  )
  const english = { SESSION_INSPECTOR_LANG: 'en' }
  const running = await own.node(['--import', register, 'app.js'], english)
  const visits = visitor(portOf(running))
  expect(await flood(portOf(running), 300)).toBe(300)
  await visits.get('/')
  await expect.poll(() => own.report().at(-1)?.url, { timeout: 20_000 }).toBe('/')
  expect(own.whole()).not.toHaveProperty('passed')
  expect(await flood(portOf(running), 1_700)).toBe(1_700)
  await expect.poll(running.stderr, { timeout: 20_000 }).toContain('only some of them are recorded')
  await pause(600)
  await visits.get('/after')
  await expect.poll(() => own.report().at(-1)?.url, { timeout: 20_000 }).toBe('/after')
  const { passed = [] } = own.whole()
  const count = passed.reduce((sum, one) => sum + one.count, 0)
  expect(count).toBeGreaterThan(100) // the slower this machine, the more are recorded
  expect(count).toBeLessThanOrEqual(1_000)
  expect(faultsIn(own.whole(), schema)).toEqual([])
  const panel = async (of: Running) => (await fetch(`${panelOf(of)}__lab/inspector/panel?lang=en`)).text()
  expect(await panel(running)).toContain(`${count} requests passed unrecorded from `)
  await running.kill()
  const whole = await own.node([command(), '--all', 'app.js'], english)
  await flood(portOf(whole), 1_100)
  await visitor(portOf(whole)).get('/after')
  await expect.poll(() => panel(whole), { timeout: 20_000 }).toContain('GET /after')
  expect(await panel(whole)).not.toContain('passed unrecorded')
  expect(whole.stderr()).not.toContain('only some of them')
})
