import session, { type SessionData, type SessionOptions } from 'express-session'
import { expect, secret } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'
import { counting } from '../support/small-app.ts'
import { setCookieLines, setCookieOf, sidOf, signed } from '../support/wire.ts'

type CookieOptions = SessionOptions['cookie']
const name = 'finding.sid'
const written = (what: string, cookie: object) => counting(what, { cookie: cookie as CookieOptions })

prove(
  ['finding.secure-text-false-is-on'],
  "with secure: 'false' no cookie leaves over HTTP, and the page answers as always",
  {
    holdsIn: written("secure: 'false'", { secure: 'false' }),
    failsIn: written('secure: false', { secure: false }),
  },
  async ({ request, demo, evidence }) => {
    const response = await request.get('/')
    await evidence.exchange('the visit', demo.wire()[0])
    expect([response.status(), setCookieLines(response)]).toEqual([200, []])
  },
)

const behindProxy = counting('secure: true, trust proxy', { cookie: { secure: true } }, { trustProxy: true })

for (const [what, sent] of [
  ['the first entry of X-Forwarded-Proto counts, and not the last', { 'x-forwarded-proto': 'http, https' }],
  ['Forwarded: proto=https is not read', { forwarded: 'proto=https' }],
] as const) {
  prove<Readonly<Record<string, string>>>(
    ['finding.first-forwarded-proto-counts'],
    what,
    {
      holdsIn: { app: behindProxy, given: sent },
      failsIn: { app: behindProxy, given: { 'x-forwarded-proto': 'https, http' } },
    },
    async ({ request, given, demo, evidence }) => {
      const response = await request.get('/', { headers: { ...given } })
      await evidence.json('sent', given)
      await evidence.exchange('the visit', demo.wire()[0])
      expect(setCookieLines(response)).toEqual([])
    },
  )
}

prove(
  ['finding.path-is-a-bare-prefix'],
  'with cookie.path /app there is a session at /apple, and none at /App and //app',
  {
    holdsIn: counting('path: /app', { cookie: { path: '/app' } }),
    failsIn: counting('path: /app, session() only there', { cookie: { path: '/app' } }, { at: '/app' }),
  },
  async ({ demo, evidence }) => {
    const visit = async (path: string) => (await fetch(demo.url.slice(0, -1) + path)).text()
    const seen: Record<string, string> = {}
    for (const path of ['/app', '/apple', '/App', '//app']) seen[path] = await visit(path)
    await evidence.json('what the page says', seen)
    expect(seen).toEqual({ '/app': '1', '/apple': '1', '/App': 'no session', '//app': 'no session' })
  },
)

const anHourFromNow = () => new Date(Date.now() + 3_600_000)
const fixed = anHourFromNow()

prove(
  ['finding.fixed-expires-slides'],
  'with a fixed expires the end of a session moves with each change',
  {
    holdsIn: counting('expires: one date', { cookie: { expires: fixed } }),
    failsIn: counting(
      'that date again in each request',
      {},
      {
        before: (req) => {
          req.session.cookie.expires = fixed
        },
      },
    ),
  },
  async ({ request, demo, evidence }) => {
    const ends: number[] = []
    for (const pause of [0, 30]) {
      await new Promise((resolve) => setTimeout(resolve, pause))
      await request.get('/')
      const [row] = await demo.rows()
      await evidence.row('row', row)
      ends.push(Date.parse(JSON.parse(row?.data ?? '{}').cookie.expires))
    }
    const [first = 0, second = 0] = ends
    expect(second - first).toBeGreaterThanOrEqual(20)
  },
)

prove(
  ['finding.misspelt-option-is-ignored'],
  'samesite and httponly, in lower case, change nothing',
  {
    holdsIn: written('samesite, httponly', { samesite: 'strict', httponly: false }),
    failsIn: written('sameSite, httpOnly', { sameSite: 'strict', httpOnly: false }),
  },
  async ({ request, evidence }) => {
    const lines = setCookieLines(await request.get('/'))
    await evidence.setCookie('Set-Cookie', lines)
    expect(setCookieOf(lines, name)?.attributes).toEqual({ Path: '/', HttpOnly: true })
  },
)

const withDomain = (domain: string) =>
  counting(
    `domain: ${domain}`,
    { cookie: { domain }, store: new session.MemoryStore() },
    { countsRows: true },
  )

prove(
  ['finding.invalid-domain-loses-the-cookie'],
  'with a URL as domain the answer is 200 with its whole body, without a cookie, and there is a row',
  { holdsIn: withDomain('http://localhost'), failsIn: withDomain('localhost') },
  async ({ request, evidence }) => {
    const response = await request.get('/')
    const seen = { status: response.status(), body: await response.text(), lines: setCookieLines(response) }
    const rows = await (await request.get('/rows')).text()
    await evidence.json('the answer, and how many rows there are', { ...seen, rows })
    expect(seen).toEqual({ status: 200, body: '1', lines: [] })
    expect(rows).toBe('1')
  },
)

const plain = counting('as always', {})

prove<string>(
  ['finding.first-cookie-of-the-name-counts'],
  'a valid cookie behind another one of its name is not looked at',
  {
    holdsIn: { app: plain, given: name },
    failsIn: { app: plain, given: 'another.name' },
  },
  async ({ demo, given, evidence }) => {
    const first = await fetch(demo.url)
    const value = setCookieOf(first.headers.getSetCookie(), name)?.value
    const cookie = `${given}=unsigned; ${name}=${value}`
    const count = await (await fetch(demo.url, { headers: { cookie } })).text()
    await evidence.exchange('both cookies', demo.wire().at(-1))
    expect(count).toBe('1')
  },
)

/** Hands out an empty session for an ID that it does not know. */
class Adopting extends session.MemoryStore {
  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    super.get(sid, (error, found) => callback(error, found ?? ({ cookie: {} } as SessionData)))
  }
}

prove(
  ['finding.signed-id-without-row-is-not-adopted'],
  'a validly signed ID without a row is replaced by a new one',
  {
    holdsIn: counting('MemoryStore', { store: new session.MemoryStore() }),
    failsIn: counting('a store that adopts', { store: new Adopting() }),
  },
  async ({ demo, evidence }) => {
    const sid = 'chosen-by-somebody-else'
    const response = await fetch(demo.url, { headers: { cookie: `${name}=${signed(sid, secret)}` } })
    await evidence.exchange('the visit', demo.wire()[0])
    const answer = setCookieOf(response.headers.getSetCookie(), name)?.value
    expect(answer && sidOf(answer)).toMatch(/^[\w-]{32}$/)
  },
)
