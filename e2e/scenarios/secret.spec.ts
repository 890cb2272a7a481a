import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookieParser from 'cookie-parser'
import express, { type Express, type Request } from 'express'
import session from 'express-session'
import type { Parts } from '../../apps/create-app.ts'
import { root } from '../../common/places.ts'
import { type Demo, expect, inlineApp, secret, test } from '../support/fixtures.ts'
import { runScript } from '../support/own-process.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf, sidOf, signed } from '../support/wire.ts'

const name = 'secret.sid'
const renewed = `${secret}, renewed`
type Visit = Request & { session: { visits?: number } }
type Secret = session.SessionOptions['secret']

/** What a signature has to be: the base64 of the HMAC-SHA256 of the id, without its padding. */
const hmac = (sid: string, key: string | Buffer) =>
  createHmac('sha256', key).update(sid).digest('base64').replace(/=+$/, '')

/** The id and the signature that a cookie's value is made of. */
function partsOf(value: string): { sid: string; signature: string } {
  const decoded = decodeURIComponent(value)
  return { sid: sidOf(value), signature: decoded.slice(decoded.lastIndexOf('.') + 1) }
}

/** One visit with this cookie value: how many visits the app knows of; undefined when it does not say so. */
async function visit(demo: Demo, value?: string, path = ''): Promise<number | undefined> {
  const headers = value === undefined ? {} : { cookie: `${name}=${value}` }
  const text = await (await fetch(demo.url + path, { headers })).text()
  const count = /visits: (\d+)/.exec(text)?.[1]
  return count === undefined ? undefined : Number(count)
}

/** The value of the cookie that the last exchange set; empty when it set none. */
const given = (setCookie: readonly string[] | undefined) => setCookieOf(setCookie ?? [], name)?.value ?? ''

/** The documented app, with something else around or inside it. */
const inline = (what: string, build: (app: Express, parts: Parts) => void) =>
  inlineApp({
    scenario: 'secret',
    name: what,
    createApp(parts) {
      const app = express()
      build(app, parts)
      app.get('/{*path}', (req: Visit, res) => {
        req.session.visits = (req.session.visits ?? 0) + 1
        res.send(`visits: ${req.session.visits}`)
      })
      return app
    },
  })
const withSecret = (what: string, choose: (given: string) => Secret) =>
  inline(what, (app, { store }) => {
    app.use(session({ name, secret: choose(secret), store, resave: false, saveUninitialized: false }))
  })

/** Runs a few lines in a process of their own: the code it ended with, and what it printed. */
async function run(code: string) {
  const script = await runScript(`import session from 'express-session'\n${code}`)
  return { code: await script.ended, output: script.output() }
}

test.use({ app: 'secret' })

prove(
  ['secret.required'],
  'without a secret the app starts, and every request that reaches the session gets 500',
  { holdsIn: 'secret/missing', failsIn: 'secret', verdict: 'condition' },
  async ({ request, demo, evidence }) => {
    const answers = [(await request.get('/')).status(), (await request.get('/')).status()]
    await evidence.json('answers of a session without a secret', answers)
    expect(answers).toEqual([500, 500])
    expect((await request.get('/style.css')).status()).toBe(200) // answered before the session
    expect(demo.exchanges().flatMap(({ setCookie }) => setCookie)).toEqual([])
  },
)

prove(
  ['secret.required'],
  'no secret is needed where cookie-parser has one: it leaves it as req.secret, and that signs',
  {
    holdsIn: inline('cookie-parser has the only secret', (app, { store }) => {
      app.use(cookieParser(secret))
      app.use(session({ name, store, resave: false, saveUninitialized: false } as session.SessionOptions))
    }),
    failsIn: 'secret/missing',
    verdict: 'condition',
  },
  async ({ demo, evidence }) => {
    expect(await visit(demo)).toBe(1)
    const value = given(demo.wire()[0]?.setCookie)
    await evidence.setCookie('Set-Cookie', demo.wire()[0]?.setCookie)
    const { sid, signature } = partsOf(value)
    expect(signature).toBe(hmac(sid, secret))
    expect(await visit(demo, value)).toBe(2)
  },
)

test('session() without a secret prints one line and goes on, each request is an error; an empty array is refused at once', async ({
  evidence,
}) => {
  const options = 'resave: false, saveUninitialized: false'
  const missing = await run(
    `const middleware = session({ ${options} }); console.log('started')
    middleware({ url: '/', headers: {} }, {}, (error) => console.log('next:', error.message))`,
  )
  const empty = await run(`session({ secret: [], ${options} }); console.log('started')`)
  await evidence.json('what is printed', { missing, empty })
  expect(missing.code).toBe(0)
  expect(missing.output).toContain('started')
  expect(missing.output).toContain('next: secret option required for sessions')
  expect(missing.output).toContain('express-session deprecated req.secret; provide secret option')
  expect(empty.code).toBe(1)
  expect(empty.output).toContain('TypeError: secret option array must contain one or more strings')
})

for (const [what, choose, expected] of [
  ['an empty string is as none', () => '', [undefined, undefined]],
  ['an empty string in an array is taken: everyone can sign', () => [''], [1, 2]],
  [
    'undefined in an array, as from a variable that is not set: no cookie, and no session is ever found again',
    () => [process.env['NO_SUCH_VARIABLE'] as string],
    [1, 1],
  ],
] as const) {
  test.describe(what, () => {
    test.use({ app: withSecret(what, choose as () => Secret) })
    test('is so', async ({ demo, evidence }) => {
      const first = await visit(demo)
      const value = given(demo.wire()[0]?.setCookie)
      const second = await visit(demo, value)
      await evidence.json('visits and cookie', { first, value, second })
      expect([first, second]).toEqual(expected)
      if (second === 2) expect(partsOf(value).signature).toBe(hmac(sidOf(value), ''))
    })
  })
}

prove(
  ['secret.signs-session-id-cookie'],
  'the cookie is s:, the id, a dot and the HMAC of the id under the secret; a changed id is refused',
  { holdsIn: 'secret', failsIn: 'secret/keyboard-cat' },
  async ({ demo, evidence }) => {
    await visit(demo)
    const value = given(demo.wire()[0]?.setCookie)
    const { sid, signature } = partsOf(value)
    await evidence.json('cookie, and the HMAC-SHA256 of its id', {
      value,
      sid,
      signature,
      hmac: hmac(sid, secret),
    })
    expect(decodeURIComponent(value)).toBe(`s:${sid}.${hmac(sid, secret)}`)
    expect(await visit(demo, value)).toBe(2)
    const changed = `${sid.slice(0, -1)}${sid.endsWith('A') ? 'B' : 'A'}`
    expect(await visit(demo, encodeURIComponent(`s:${changed}.${signature}`))).toBe(1)
    expect(demo.wire().at(-1)?.debug.join()).toContain('cookie signature invalid')
  },
)

const bothForms = (what: string, one: Secret, several: Secret) =>
  inline(what, (app, { store }) => {
    const options = { name, store, resave: false, saveUninitialized: false }
    app.use('/one', session({ ...options, secret: one }))
    app.use('/several', session({ ...options, secret: several }))
  })

prove(
  ['secret.string-or-array'],
  'one string and an array of strings both give a session that is found again',
  {
    holdsIn: bothForms('a string, and an array', secret, [renewed, secret]),
    failsIn: bothForms('an empty string, and an array', '', [renewed, secret]),
  },
  async ({ demo, evidence }) => {
    const seen: Record<string, (number | undefined)[]> = {}
    for (const path of ['one', 'several']) {
      const first = await visit(demo, undefined, path)
      const value = given(demo.wire().at(-1)?.setCookie)
      seen[path] = [first, await visit(demo, value, path)]
    }
    await evidence.json('visits', seen)
    expect(seen).toEqual({ one: [1, 2], several: [1, 2] })
  },
)

prove(
  ['secret.array-first-element-signs'],
  'the signature is the first element’s, and no other’s',
  {
    holdsIn: 'secret/rotated',
    failsIn: withSecret('the new secret put last', (previous) => [previous, renewed]),
  },
  async ({ demo, evidence }) => {
    await visit(demo)
    const { sid, signature } = partsOf(given(demo.wire()[0]?.setCookie))
    const by = { first: hmac(sid, renewed), second: hmac(sid, secret) }
    await evidence.json('signature, and what each secret would make of the id', { signature, ...by })
    expect(signature).toBe(by.first)
    expect(signature).not.toBe(by.second)
  },
)

prove(
  ['secret.array-all-elements-verify'],
  'a cookie signed with any of three secrets is accepted; a fourth is not',
  {
    holdsIn: withSecret('three secrets', (previous) => [renewed, previous, 'the oldest']),
    failsIn: withSecret('only the first of them', () => renewed),
  },
  async ({ demo, evidence }) => {
    await visit(demo)
    const sid = sidOf(given(demo.wire()[0]?.setCookie))
    const seen = []
    for (const key of [renewed, secret, 'the oldest', 'another']) {
      seen.push(await visit(demo, signed(sid, key)))
    }
    await evidence.json('visits after the first, with each signature', seen)
    expect(seen).toEqual([2, 3, 4, 1])
  },
)

// these open a session in the documented app, then let the app under test take over, as after a new start
prove(
  ['secret.rotation-array-keeps-sessions'],
  'the new secret first and the old one behind it: a browser’s session goes on, and new visitors get the new signature',
  { holdsIn: 'secret/rotated', failsIn: 'secret/changed', verdict: 'condition' },
  async ({ page, browser, demo, sid, cookie, evidence }) => {
    const after = demo.lab.variant().name
    await demo.lab.setVariant('app')
    await page.goto('/')
    await page.reload()
    const before = await sid(name)
    await demo.lab.setVariant(after)
    await page.reload()
    const text = await page.getByText('visits:').textContent()
    await evidence.json('after the rotation', { text, before, after: await sid(name) })
    expect(text).toBe('visits: 3')
    expect(await sid(name)).toBe(before)
    expect(partsOf((await cookie(name))?.value ?? '').signature).toBe(hmac(before ?? '', secret))
    const newcomer = await browser.newPage({ baseURL: demo.url })
    await newcomer.goto('/')
    const [fresh] = await newcomer.context().cookies()
    await newcomer.context().close()
    expect(partsOf(fresh?.value ?? '').signature).toBe(hmac(sidOf(fresh?.value ?? ''), renewed))
  },
)

prove(
  ['secret.keep-previous-while-rotating'],
  'a cookie that is not sent again keeps its old signature: without the previous secret its session is lost',
  { holdsIn: 'secret/rotated', failsIn: 'secret/rotated-rolling', verdict: 'condition' },
  async ({ page, demo, sid, evidence }) => {
    const rotated = demo.lab.variant().name
    await demo.lab.setVariant('app')
    await page.goto('/')
    const before = await sid(name)
    const seen = []
    for (const variant of [rotated, 'changed']) {
      await demo.lab.setVariant(variant)
      await page.reload()
      const text = await page.getByText('visits:').textContent()
      seen.push({ variant, text, setCookie: demo.wire().at(-1)?.setCookie })
    }
    await evidence.json(
      'with the previous secret, and without it',
      seen.map(({ variant, text }) => [variant, text]),
    )
    await evidence.setCookie(
      'Set-Cookie with it, and without it',
      seen.map(({ setCookie }) => setCookie?.[0]),
    )
    expect(seen[0]).toEqual({ variant: rotated, text: 'visits: 2', setCookie: [] })
    expect(seen[1]?.text).toBe('visits: 1')
    expect(await sid(name)).not.toBe(before)
  },
)

prove(
  ['secret.change-invalidates-sessions'],
  'after a change no cookie fits, but the row stays: with the old secret back the session goes on',
  { holdsIn: 'secret/changed', failsIn: 'secret/rotated', verdict: 'condition' },
  async ({ page, demo, cookie, sid, evidence }) => {
    const after = demo.lab.variant().name
    await demo.lab.setVariant('app')
    await page.goto('/')
    await page.reload()
    const old = (await cookie(name))?.value ?? ''
    const row = await demo.row(sidOf(old))
    await demo.lab.setVariant(after)
    await page.reload()
    const text = await page.getByText('visits:').textContent()
    const left = await demo.row(sidOf(old))
    await evidence.json('after the change', text)
    await evidence.exchange('the request after it', demo.wire().at(-1))
    await evidence.row('row that is left', left)
    expect(text).toBe('visits: 1')
    expect(await sid(name)).not.toBe(sidOf(old))
    expect(left).toEqual(row)
    await demo.lab.setVariant('app')
    const revived = await visit(demo, old)
    await evidence.json('visits with the old cookie and the old secret', revived)
    expect(revived).toBe(3)
  },
)

/** What people write when they are asked for a secret: words, alone and in pairs. */
const words =
  'secret keyboard cat dog admin password session cookie express test my key change me your node app'
const phrases = words
  .split(' ')
  .flatMap((word, _, all) => [
    word,
    ...all.flatMap((other) => [`${word} ${other}`, `${word}-${other}`, `${word}${other}`]),
  ])
const digits = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))

/** Looks for the secret of a cookie among guesses, at home: it takes no request at all. */
function crack(value: string, guesses: readonly string[]) {
  const { sid, signature } = partsOf(value)
  const start = performance.now()
  const found = guesses.find((guess) => hmac(sid, guess) === signature)
  const perSecond = Math.round(guesses.length / ((performance.now() - start) / 1000))
  return { found: found ?? null, tried: guesses.length, perSecond: found ? '—' : perSecond }
}

prove(
  ['secret.should-be-random-and-opaque'],
  'one cookie of one’s own is enough to try secrets made of words: the app’s is not among them',
  { holdsIn: 'secret', failsIn: 'secret/keyboard-cat' },
  async ({ demo, evidence }) => {
    await visit(demo)
    const result = crack(given(demo.wire()[0]?.setCookie), phrases)
    await evidence.json('trying words', result)
    expect(result.found).toBeNull()
  },
)

prove(
  ['secret.hmac-sha256-32-bytes'],
  'the signature is 32 bytes of HMAC-SHA256; all secrets of four digits are tried in no time, and are not this one',
  { holdsIn: 'secret', failsIn: withSecret('four digits', () => '4711') },
  async ({ demo, evidence }) => {
    await visit(demo)
    const value = given(demo.wire()[0]?.setCookie)
    const { signature } = partsOf(value)
    await evidence.json('signature', { signature, bytes: Buffer.from(signature, 'base64').length })
    expect(signature).toMatch(/^[A-Za-z0-9+/]{43}$/)
    expect(Buffer.from(signature, 'base64')).toHaveLength(32)
    const result = crack(value, digits)
    await evidence.json('trying 0000 to 9999; 32 random bytes have 2^256 values', result)
    expect(result.found).toBeNull()
    expect(partsOf(value).signature).toBe(hmac(sidOf(value), secret))
  },
)

prove(
  ['secret.use-environment-variable'],
  'no text in the app’s source signs its cookies: reading the repository is not enough',
  { holdsIn: 'secret', failsIn: 'secret/keyboard-cat' },
  async ({ demo, evidence }) => {
    const { file } = demo.lab.variant()
    const texts = [...readFileSync(join(root, file), 'utf8').matchAll(/'([^'\n]*)'/g)].map(
      ([, text]) => text ?? '',
    )
    await visit(demo)
    const result = crack(given(demo.wire()[0]?.setCookie), texts)
    await evidence.json(`trying every text of ${file}`, result)
    expect(texts).not.toEqual([])
    expect(result.found).toBeNull()
  },
)

prove(
  ['secret.unguessable-limits-hijack-to-guessing-sid'],
  'even the right id opens nothing without its signature; with a guessed secret it does, and a copied cookie always does',
  { holdsIn: 'secret', failsIn: 'secret/keyboard-cat', verdict: 'does-not-hold' },
  async ({ demo, evidence }) => {
    await visit(demo)
    const value = given(demo.wire()[0]?.setCookie)
    const sid = sidOf(value) // the attacker knows it: no guess could be better
    const copied = await visit(demo, value)
    const attempts = {
      'the id alone': sid,
      'the id marked as signed': encodeURIComponent(`s:${sid}`),
      'a made-up signature': encodeURIComponent(`s:${sid}.${'A'.repeat(43)}`),
      'signed with a guess': signed(sid, 'keyboard cat'),
    }
    const seen: Record<string, number | undefined> = { 'a copy of the whole cookie': copied }
    for (const [what, attempt] of Object.entries(attempts)) seen[what] = await visit(demo, attempt)
    await evidence.json('visits that each attempt gets to see', seen)
    expect(copied).toBe(2)
    expect(Object.values(seen).slice(1)).toEqual([1, 1, 1, 1])
  },
)

const kinds: Record<string, Exclude<Secret, unknown[]>> = {
  Buffer: randomBytes(32),
  Uint8Array: new Uint8Array(randomBytes(32)),
  DataView: new DataView(new Uint8Array(randomBytes(32)).buffer),
  KeyObject: createSecretKey(randomBytes(32)),
}
const ofKinds = (what: string, choose: (kind: Secret) => Secret) =>
  inline(what, (app, { store }) => {
    const options = { name, store, resave: false, saveUninitialized: false }
    for (const [kind, key] of Object.entries(kinds))
      app.use(`/${kind}`, session({ ...options, secret: choose(key) }))
  })

prove(
  ['secret.any-createHmac-type'],
  'a Buffer, a Uint8Array, a DataView and a KeyObject of 32 random bytes sign and verify',
  {
    holdsIn: ofKinds('binary secrets', (key) => key),
    failsIn: ofKinds('the same ones turned into text', (key) => String(key)),
  },
  async ({ demo, evidence }) => {
    const seen: Record<string, (number | undefined)[]> = {}
    for (const kind of Object.keys(kinds)) {
      const first = await visit(demo, undefined, kind)
      const value = given(demo.wire().at(-1)?.setCookie)
      if (kind === 'Buffer') {
        const { sid, signature } = partsOf(value)
        expect(signature).toBe(hmac(sid, kinds['Buffer'] as Buffer))
      }
      seen[kind] = [first, await visit(demo, value, kind)]
    }
    await evidence.json('visits', seen)
    expect(Object.values(seen)).toEqual(Object.keys(kinds).map(() => [1, 2]))
  },
)

prove(
  ['session.no-cookie-parser-needed'],
  'without cookie-parser the session reads Cookie and writes Set-Cookie by itself',
  {
    holdsIn: 'secret',
    failsIn: inline('what a session would be that cannot read the Cookie header', (app, { store }) => {
      app.use((req, _res, next) => {
        delete req.headers.cookie
        next()
      })
      app.use(session({ name, secret, store, resave: false, saveUninitialized: false }))
    }),
  },
  async ({ page, demo, evidence }) => {
    const source = readFileSync(join(root, demo.lab.scenario.variants[0].file), 'utf8')
    expect(source).not.toContain('cookie-parser')
    await page.goto('/')
    await page.reload()
    const text = await page.getByText('visits:').textContent()
    const wire = demo.wire().map(({ cookie, setCookie }) => ({ cookie, setCookie }))
    await evidence.exchange('two visits', demo.wire())
    expect(text).toBe('visits: 2')
    expect(wire[1]).toEqual({ cookie: wire[0]?.setCookie[0]?.split(';')[0], setCookie: [] })
  },
)

prove(
  ['session.cookie-parser-secret-mismatch-issues'],
  'with another secret in cookie-parser the session works; req.signedCookies says false, and the other secret opens sessions too',
  {
    holdsIn: 'secret/cookie-parser',
    failsIn: inline('cookie-parser with the same secret', (app, { store }) => {
      app.use(cookieParser(secret))
      app.use(session({ name, secret, store, resave: false, saveUninitialized: false }))
      app.get('/', (req: Visit, res) => {
        req.session.visits = (req.session.visits ?? 0) + 1
        const seen = String(req.signedCookies[name])
        res.send(`<p>visits: ${req.session.visits}</p><p>cookie-parser: ${seen}</p>`)
      })
    }),
    verdict: 'condition',
  },
  async ({ request, demo, evidence }) => {
    await visit(demo)
    const value = given(demo.wire()[0]?.setCookie)
    const answer = await request.get('/', { headers: { cookie: `${name}=${value}` } })
    const text = await answer.text()
    const forged = await visit(demo, signed(sidOf(value), 'keyboard cat'))
    await evidence.json('the session’s own cookie', text.match(/<p>[^<]*/g))
    await evidence.json('visits with a cookie that cookie-parser’s secret signed', forged)
    expect(text).toContain('visits: 2')
    expect(text).toContain('cookie-parser: false')
    expect(forged).toBe(3)
  },
)
