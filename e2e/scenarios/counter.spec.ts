import { createApp } from '../../apps/counter/app.ts'
import { listen } from '../../lab/http/listen.ts'
import { expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { press, textOf } from '../support/press.ts'
import { prove } from '../support/prove.ts'
import { parseSetCookie, setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'counter.sid'
const seconds = (from: string | undefined, to: unknown) =>
  (Date.parse(String(to)) - Date.parse(String(from))) / 1000

test('Set-Cookie has every attribute that the app writes out, and no other', async ({ page, evidence }) => {
  const response = await page.goto('/')
  const lines = (await response?.headerValues('set-cookie')) ?? []
  await evidence.setCookie('Set-Cookie', lines)
  expect(lines.map(parseSetCookie)).toEqual([
    {
      name,
      value: expect.stringMatching(/^s%3A[\w-]{32}\.[\w%]+$/),
      attributes: { Path: '/', Expires: expect.any(String), HttpOnly: true, SameSite: 'Lax' },
    },
  ])
})

test('the jar holds the cookie as it was sent', async ({ page, demo, cookie, evidence }) => {
  const before = Date.now() / 1000
  await page.goto('/')
  const held = await cookie(name)
  const after = Date.now() / 1000
  await evidence.cookie('cookie', held)
  expect(held).toEqual({
    name,
    value: setCookieOf(demo.wire()[0]?.setCookie ?? [], name)?.value,
    domain: 'localhost',
    path: '/',
    httpOnly: true,
    secure: false,
    sameSite: 'Lax',
    expires: expect.any(Number),
  })
  const ends = held?.expires ?? 0
  expect(ends).toBeGreaterThan(before + 9) // Expires is in whole seconds
  expect(ends).toBeLessThan(after + 10.1)
})

prove(
  ['counter.expiry-is-10-seconds'],
  'Expires is 10 seconds after Date, and so is the row',
  { holdsIn: 'counter', failsIn: 'counter/no-expiry', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const response = await request.get('/')
    const { date, 'set-cookie': line = '' } = response.headers()
    const { value, attributes } = parseSetCookie(line)
    const row = await demo.row(sidOf(value))
    await evidence.setCookie('Set-Cookie', line)
    await evidence.row('row', row)
    expect(Math.abs(seconds(date, attributes['Expires']) - 10)).toBeLessThanOrEqual(1)
    expect(Math.abs(((row?.expires ?? 0) - Date.now()) / 1000 - 10)).toBeLessThan(1)
  },
)

prove(
  ['counter.tap-increments'],
  'three taps count three',
  { holdsIn: 'counter', failsIn: 'counter/secure-on-http' },
  async ({ page, evidence }) => {
    await page.goto('/')
    const count = () => textOf(page, '[aria-label="count"]')
    const counts = [await count()]
    for (let tap = 0; tap < 3; tap++) {
      await press(page, 'tap!')
      counts.push(await count())
    }
    await evidence.json('counts', counts)
    expect(counts).toEqual(['0', '1', '2', '3'])
  },
)

prove(
  ['counter.tap-after-expiry-starts-new-session'],
  'after 10 seconds the jar is empty, the row is refused, and a tap starts at 1 with a new id',
  { holdsIn: 'counter', failsIn: 'counter/no-expiry', tag: '@waits' },
  async ({ page, request, demo, cookie, sid, evidence }) => {
    await page.goto('/tap')
    await page.goto('/tap')
    await expect(page.getByLabel('count')).toHaveText('2')
    const old = (await sid(name)) ?? ''
    const copied = `${name}=${signed(old, secret)}`
    await page.waitForTimeout(10_500) // the expiry under test

    const held = await cookie(name)
    await evidence.cookie('cookie after 10.5 s', held ?? null)
    expect(held).toBeUndefined()

    // a row that has ended may still lie there: it has to be refused
    const replay = await request.get('/', { headers: { cookie: copied } })
    const replayed = demo.wire().at(-1)
    await evidence.calls('store calls for a copy of the old cookie', replayed?.calls)
    expect(replayed?.calls[0]).toMatchObject({ method: 'get', sid: old, data: null })
    expect(await replay.text()).toContain('>0</p>')

    await page.getByRole('link', { name: 'tap!' }).click()
    await expect(page.getByLabel('count')).toHaveText('1')
    const renewed = await sid(name)
    await evidence.json('sid before and after', [old, renewed])
    expect(renewed).not.toBe(old)
  },
)

prove(
  ['counter.expiry-is-10-seconds'],
  'a reload extends the row and not the cookie: its 10 seconds run from the last tap',
  { holdsIn: 'counter', failsIn: 'counter/rolling', verdict: 'condition', tag: '@waits' },
  async ({ page, demo, cookie, sid, evidence }) => {
    await page.goto('/tap')
    const row = async () => demo.row((await sid(name)) ?? '')
    const [cookieBefore, rowBefore] = [await cookie(name), await row()]
    await page.waitForTimeout(3_000)
    const response = await page.reload()
    expect(await response?.headerValues('set-cookie')).toEqual([])
    const [cookieAfter, rowAfter] = [await cookie(name), await row()]
    await evidence.cookie('cookie before and after a reload', [cookieBefore, cookieAfter])
    await evidence.row('row before and after it', [rowBefore, rowAfter])
    expect(cookieAfter?.expires).toBe(cookieBefore?.expires)
    expect((rowAfter?.expires ?? 0) - (rowBefore?.expires ?? 0)).toBeGreaterThan(2_900)
  },
)

prove(
  ['rolling.default-false'],
  'a reload that changes nothing sends no Set-Cookie',
  { holdsIn: 'counter', failsIn: 'counter/rolling' },
  async ({ page, evidence }) => {
    await page.goto('/')
    const response = await page.reload()
    const lines = await response?.headerValues('set-cookie')
    await evidence.setCookie('Set-Cookie on reload', lines)
    expect(lines).toEqual([])
  },
)

prove(
  ['counter.destroy-discards-session'],
  'session destroy! removes the row, and a copy of the old cookie finds nothing',
  { holdsIn: 'counter', failsIn: 'counter/cookie-only' },
  async ({ page, request, demo, sid, evidence }) => {
    await page.goto('/tap')
    const old = (await sid(name)) ?? ''
    expect(await demo.row(old)).toBeDefined()
    await press(page, 'session destroy!')
    const row = await demo.row(old)
    await evidence.row('row after destroy', row ?? null)
    expect(row).toBeUndefined()
    const replay = await request.get('/', { headers: { cookie: `${name}=${signed(old, secret)}` } })
    expect(await replay.text()).toContain('>0</p>')
  },
)

prove(
  ['counter.destroy-redirects-and-new-session'],
  'after destroy the cookie is still in the jar: only / replaces it, with a new id and a count of 0',
  { holdsIn: 'counter', failsIn: 'counter/cookie-only' },
  async ({ page, demo, sid, evidence }) => {
    await page.goto('/tap')
    const old = await sid(name)
    await press(page, 'session destroy!')
    await expect(page.getByLabel('count')).toHaveText('0')
    const [destroyed, first] = demo.wire().slice(-2)
    await evidence.exchange('destroy and what follows', [destroyed, first])
    expect(destroyed).toMatchObject({ url: '/destroy', status: 302, location: '/', setCookie: [] })
    expect(sidOf(first?.cookie?.split('=')[1] ?? '')).toBe(old) // sent once more
    expect(first?.calls.map(({ method }) => method)).toEqual(['get', 'set'])
    const renewed = await sid(name)
    expect(renewed).toBeDefined()
    expect(renewed).not.toBe(old)
  },
)

test('two visitors are separate', async ({ page, browser, demo }) => {
  const other = await browser.newPage({ baseURL: demo.url })
  await page.goto('/tap')
  await page.goto('/tap')
  await other.goto('/tap')
  await expect(page.getByLabel('count')).toHaveText('2')
  await expect(other.getByLabel('count')).toHaveText('1')
  await page.reload()
  await expect(page.getByLabel('count')).toHaveText('2')
  await other.context().close()
})

const forged = 'thisIdWasMadeUpByTheVisitor-0001'
for (const [what, value, reason] of [
  [
    'a tampered signature',
    `s%3A${forged}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
    'cookie signature invalid',
  ],
  ['an unsigned id', forged, 'cookie unsigned'],
  ['an unknown id that is validly signed', signed(forged, secret), 'no session found'],
  ['an empty value', '', 'no SID sent, generating session'],
] as const) {
  test(`${what} starts a new session and never adopts the id`, async ({ request, demo, evidence }) => {
    const response = await request.get('/', { headers: { cookie: `${name}=${value}` } })
    expect(response.status()).toBe(200)
    const [exchange] = demo.wire()
    await evidence.exchange('exchange', exchange)
    const given = setCookieOf(exchange?.setCookie ?? [], name)
    expect(given).toBeDefined()
    expect(sidOf(given?.value ?? '')).not.toBe(forged)
    expect(exchange?.debug.join('\n')).toContain(reason)
    expect(await demo.row(forged)).toBeUndefined()
  })
}

prove(
  ['counter.start-message'],
  'the demo says which port it listens on: the one that was asked for, or the next when that is taken',
  {
    holdsIn: {
      app: inlineApp({ scenario: 'counter', name: 'npm run demo:counter', createApp }),
      given: { script: 'lab/cli/demo.ts', args: ['counter'] },
    },
    failsIn: {
      app: inlineApp({ scenario: 'counter', name: 'npm start', createApp }),
      given: { script: 'lab/cli/start.ts', args: [] },
    },
    verdict: 'condition',
  },
  async ({ given: { script, args }, start, evidence }) => {
    const taken = await listen(() => {}, 0)
    const port = taken?.port ?? 0
    const printed = async () => {
      const lab = await start(script, [...args, '--port', String(port)])
      await lab.kill()
      return lab.stdout()
    }
    const beside = await printed()
    await taken?.close()
    const alone = await printed()
    await evidence.json('printed when the port is free', alone)
    await evidence.json('printed when it is taken', beside)
    expect(alone).toContain(`Example app listening on port ${port}!`)
    expect(beside).toMatch(/^Example app listening on port \d+!$/m)
    expect(beside).not.toContain(`listening on port ${port}!`)
  },
)
