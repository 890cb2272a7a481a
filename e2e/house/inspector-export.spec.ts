import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { listen } from '../../lab/http/listen.ts'
import { cpuTime } from '../../packages/inspector/src/diagnose/lookout.ts'
import type { Exchange, StoreCall } from '../../packages/inspector/src/exchange.ts'
import { longestData } from '../../packages/inspector/src/exchange.ts'
import { createInspector } from '../../packages/inspector/src/index.ts'
import { exportRecord, type ImportedRecord, importRecord } from '../../packages/inspector/src/model/export.ts'
import { createNames } from '../../packages/inspector/src/model/names.ts'
import { createStory } from '../../packages/inspector/src/model/story.ts'
import { exchange, storeCall } from '../support/exchange.ts'
import { expect, secret, test } from '../support/fixtures.ts'
import { signed } from '../support/wire.ts'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const everyHex = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('')
const everyUnicode = (text: string) =>
  [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
/** The ways in which a value may be written where it stands. */
const writings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => encodeURIComponent(JSON.stringify(text)),
  everyHex,
]

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const signs = `${letters}-_.~:/!*'()äß日本 "\\%&=`

/** A record in which sids, signatures and cookie values stand in random places, and all of these. */
function hidden(seed: number): { exchanges: Exchange[]; outside: StoreCall[]; secrets: string[] } {
  const next = random(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const word = (from: string, length: number) => Array.from({ length }, () => pick([...from])).join('')
  const sids = [
    word(`${letters}-_`, 32), // as express-session makes them
    word(letters, 4 + Math.floor(next() * 6)), // short ones of `genid`
    `${pick(['user', 'id'])}-${Math.floor(next() * 1e6)}`,
    `${word(letters, 2)}${word(signs, 6 + Math.floor(next() * 20))}${word(letters, 2)}`,
    String(1e9 + Math.floor(next() * 1e9)),
  ]
  const values = sids.map((sid) => signed(sid, secret))
  const signatures = values.map((value) => decodeURIComponent(value).split('.').at(-1) ?? '')
  const others = [word(letters, 20), word(letters, 6), word(`${letters}/+=.`, 40)]
  const secrets = [...sids, ...signatures, ...others]
  const any = () => pick(writings)(pick([...secrets, ...values.map((value) => decodeURIComponent(value))]))
  const around = (text = any()) =>
    pick(['/p/{}', '/?sid={}&x=1', 'sess_{}', '/a;{}', 'error at "{}"', '<{}>']).replace('{}', () => text)
  const call = (): StoreCall => {
    const sid = pick(sids)
    const nested = { [pick(secrets)]: pick(secrets), list: [[around()], JSON.stringify({ own: sid })], n: 1 }
    const data = pick([nested, { number: Number(sids[4]) }, { text: any() }])
    return storeCall({
      method: pick(['get', 'set', 'touch', 'destroy'] as const),
      sid,
      data: pick([JSON.stringify(data), everyUnicode(sid), null]),
      error: pick([null, around()]),
      ...(next() < 0.3 && { errorCode: around() }),
    })
  }
  const line = (name: string, value: string) => `${name}=${value}; Path=${pick(['/', around()])}; HttpOnly`
  const exchanges = Array.from({ length: 4 }, (_, index) => {
    const shuffled = values.map(
      (value, place) => `${pick(['a.sid', 'b', pick(sids).replace(/[^\w]/g, '')])}.${place}=${value}`,
    )
    const encoded = others.map((value, place) => `other${place}=${encodeURIComponent(value)}`)
    return exchange({
      id: index + 1,
      url: around(),
      location: pick([null, around()]),
      origin: pick([null, around()]),
      fetch: { site: around(), mode: null, dest: around() },
      client: { host: 'localhost', userAgent: `Chrome/1 ${around()}` },
      cookie: [...shuffled, ...encoded].join('; '),
      setCookie: [line('c.sid', pick(values)), line('x', encodeURIComponent(pick(others)))],
      calls: [call(), call(), call()],
      debug: [
        `fetching ${pick(sids)}`,
        `saving ${pick(sids)}`,
        `error ${around()}`,
        `set-cookie ${line('d.sid', pick(values))}`,
      ],
    })
  })
  // of a session that no request knows, too: a job's, a socket's
  const ofNobody = `job-${word(letters, 12)}`
  secrets.push(ofNobody)
  const outside = [call(), call(), { ...call(), sid: ofNobody }]
  return { exchanges, outside, secrets }
}

const exported = (exchanges: readonly Exchange[], outside: readonly StoreCall[] = []) => {
  const story = createStory({ secrets: [secret] })
  story.follow(exchanges, { outside })
  return [...exportRecord(exchanges, story.names, outside)].join('')
}

/** What of `secrets` a text holds, however it is written there. */
const leaks = (text: string, secrets: readonly string[]) =>
  secrets.filter((kept) =>
    writings.some(
      (write) => text.includes(write(kept)) || text.includes(JSON.stringify(write(kept)).slice(1, -1)),
    ),
  )

test('whatever a request holds, and wherever: no sid, signature or cookie value is exported', () => {
  const found: unknown[] = [] // collected: each `expect` is a step, and there would be thousands
  for (let seed = 1; seed <= 400; seed++) {
    const { exchanges, outside, secrets } = hidden(seed)
    const text = exported(exchanges, outside)
    for (const kept of leaks(text, secrets)) found.push([seed, kept])
    const back = importRecord(text)
    if (typeof back === 'string') found.push([seed, back])
    const callsOf = (record: Pick<ImportedRecord, 'exchanges' | 'outside'>) => [
      ...record.exchanges.flatMap(({ calls }) => calls),
      ...record.outside,
    ]
    const before = callsOf({ exchanges, outside })
    const after = typeof back === 'string' ? [] : callsOf(back)
    if (after.length !== before.length) found.push([seed, `${after.length} calls of ${before.length}`])
    for (const [index, call] of after.entries()) {
      if (before[index]?.data?.startsWith('{') && !isJson(call.data)) found.push([seed, call.data])
    }
  }
  expect(found).toEqual([])
})

function isJson(text: string | null): boolean {
  try {
    return typeof JSON.parse(text ?? '') === 'object'
  } catch {
    return false
  }
}

test('a sid that a recorded text was cut in the middle of does not leave in part', () => {
  const sid = 'Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6'
  const data = `{"pad":"${'x'.repeat(longestData - 28)}${sid}`.slice(0, longestData)
  expect(data.endsWith(sid.slice(0, 20))).toBe(true)
  expect(exported([exchange({ calls: [storeCall({ sid, data })] })])).not.toContain(sid.slice(0, 10))
})

test('a signed value that no cookie and no call held is taken out as well', () => {
  const value = signed('never-seen-in-a-cookie-or-a-call', secret)
  const text = exported([
    exchange({ url: `/?link=${value}`, calls: [storeCall({ error: decodeURIComponent(value) })] }),
  ])
  expect(text).not.toContain('never-seen')
})

test('what is no secret stays: numbers, words that only look alike, all that is known of a request', () => {
  const given = exchange({
    id: 7,
    url: '/s/7?count=7&next=/abc1def',
    origin: 'http://localhost:3000',
    fetch: { site: 'same-origin', mode: 'cors', dest: 'empty' },
    sessions: [1, 2],
    headAt: 3,
    end: 'cut',
    duration: null,
    cookie: 'sid=s%3Aabc1.x',
    calls: [
      storeCall({
        sid: 'abc1',
        data: '{"count":7,"word":"xabc1"}',
        error: 'gone',
        errorCode: 'ENOENT',
        duration: null,
      }),
    ],
  })
  const back = importRecord(exported([given]))
  expect(back).toEqual({
    exchanges: [
      { ...given, cookie: 'sid=s%3Asid-1.signature', calls: [{ ...given.calls[0], sid: 'sid-1' }] },
    ],
    outside: [],
    passed: [],
  })
})

test('calls outside of any request leave with the names that the requests know, and come back', () => {
  const [known, own] = ['0123456789abcdef', 'fedcba9876543210']
  const at = Date.UTC(2026, 0, 2)
  const outside = [
    storeCall({ method: 'set', sid: known, at, data: `{"by":"a timer","of":"${known}"}` }),
    storeCall({ method: 'destroy', sid: own, at: at + 1, data: null, error: `no ${own}`, duration: null }),
  ]
  const given = [exchange({ calls: [storeCall({ sid: known })], url: `/?left=${own}` })]
  const story = createStory({ secrets: [secret] })
  story.follow(given, { outside })
  const text = [...exportRecord(given, story.names, outside)].join('')
  expect(leaks(text, [known, own])).toEqual([])
  expect(importRecord(text)).toMatchObject({
    exchanges: [{ calls: [{ sid: 'sid-1' }], url: '/?left=sid-2' }],
    outside: [
      { ...outside[0], sid: 'sid-1', data: '{"by":"a timer","of":"sid-1"}' },
      { ...outside[1], sid: 'sid-2', error: 'no sid-2' },
    ],
  })
})

test('a record that was read in has the names that it had', () => {
  const names = createNames()
  const live = createNames()
  for (const sid of ['first', 'second', 'third']) live.of(sid)
  expect(names.of('sid-3')).toMatchObject({ number: 3, label: '#3', tone: live.of('third').tone })
  expect(names.of('sid-1').label).toBe('#1')
  expect(names.of('not-an-alias')).toMatchObject({ number: 4, label: '#4 not-' })
  expect(names.of('sid-4')).toMatchObject({ number: 5 })
})

test.describe('beside a running app', () => {
  /** Requests, each with 100 forged cookies. */
  const signature = randomBytes(32).toString('base64')
  const crowded = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      exchange({
        id: index + 1,
        cookie: Array.from({ length: 100 }, (_, place) => {
          const forged = `${randomBytes(16).toString('base64url')}!${index}(${place})`
          return `app.sid=${encodeURIComponent(`s:${forged}.${signature}`)}`
        }).join('; '),
        calls: [storeCall({ sid: `session-${index}`, data: JSON.stringify({ cart: 'x'.repeat(2_000) }) })],
      }),
    )

  test('export and import of 200 requests with 100 forged cookies each do not keep it waiting', async () => {
    const exchanges = crowded(200)
    const inspector = createInspector({ limit: 200, secret })
    Object.assign(inspector.recorder, { exchanges: () => exchanges })
    const server = await listen(
      inspector.around((_req, res) => res.end('app')),
      0,
    )
    if (!server) throw new Error('no port')
    const origin = `http://localhost:${server.port}`
    await fetch(`${origin}/__lab/inspector/panel`) // here the record is understood, a part with each poll
    const delay = monitorEventLoopDelay({ resolution: 5 })
    const started = performance.now()
    delay.enable()
    const record = await (await fetch(`${origin}/__lab/inspector/export.json`)).text()
    const answer = await fetch(`${origin}/__lab/inspector/import`, {
      method: 'POST',
      headers: { Origin: origin },
      body: new URLSearchParams({ record }),
      redirect: 'manual',
    })
    delay.disable()
    const took = performance.now() - started
    await server.close()
    expect(record.length).toBeGreaterThan(1_000_000)
    expect(answer.status).toBe(303)
    expect(delay.max / 1e6 / took).toBeLessThan(0.5) // a share: on a busy machine everything takes longer
  })

  test('four times as many requests cost four times as much, and between two pieces there is little of it', () => {
    const cost = (count: number) => {
      const exchanges = crowded(count)
      const list = Array.from({ length: 500 }, (_, place) => ({ place, name: `article ${place}` }))
      const outside = exchanges
        .slice(count * 0.9)
        .map(({ id }) =>
          storeCall({ method: 'set', sid: `j-${id}`, data: JSON.stringify({ list }).slice(0, longestData) }),
        )
      const story = createStory({ secrets: [] })
      story.follow(exchanges, { outside })
      let [before, longest, whole] = [cpuTime(), 0, 0]
      for (const _piece of exportRecord(exchanges, story.names, outside)) {
        const now = cpuTime()
        longest = Math.max(longest, now - before)
        whole += now - before
        before = now
      }
      return { longest, whole }
    }
    cost(25)
    const many = cost(200)
    expect(many.whole / cost(50).whole).toBeLessThan(10) // quadratic: 16
    expect(many.longest / many.whole).toBeLessThan(0.1)
  })

  test('what is no record of ours, or could not be shown, is refused in the words of the reader', async () => {
    const server = await listen(
      createInspector().around((_req, res) => res.end('app')),
      0,
    )
    if (!server) throw new Error('no port')
    const origin = `http://localhost:${server.port}`
    const send = async (record: string, lang: string) => {
      const answer = await fetch(`${origin}/__lab/inspector/import?lang=${lang}`, {
        method: 'POST',
        headers: { Origin: origin },
        body: new URLSearchParams({ record }),
        redirect: 'manual',
      })
      return [answer.status, await answer.text()] as const
    }
    const [status, text] = await send('{"a":1}', 'ja')
    expect([status, text]).toEqual([400, expect.stringContaining('この観察画面の記録ではありません')])
    expect(text).toContain('<a href="/__lab/inspector/?lang=ja#inspector-tools">')
    const broken = exported([exchange()]).replace('"at":1000000', '"at":"soon"')
    expect(await send(broken, 'en')).toEqual([400, expect.stringContaining('has no number or no time')])
    expect(await send('x'.repeat(34e6), 'en')).toEqual([413, expect.stringContaining('Up to 32 MB')])
    const deep = `${'['.repeat(7_990)}${']'.repeat(7_990)}`
    const call = storeCall({ method: 'set', sid: 'the-sid', data: `{"deep":${deep}}` })
    const odd = exported([
      exchange({ setCookie: [`sid=${signed('the-sid', secret)}; Path=/`], calls: [call] }),
    ])
    expect((await send(odd.replace('"duration":5', '"duration":-1e16'), 'ja'))[0]).toBe(303)
    const page = await fetch(`${origin}/__lab/inspector/?record=imported`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('[[[[')])
    await server.close()
  })
})
