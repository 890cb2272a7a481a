import { diagnoses } from '../../packages/inspector/src/diagnoses/index.ts'
import { secretsOf } from '../../packages/inspector/src/watch/secrets.ts'
import { findingsOf, sessionCall, signedValueOf, type Visit, type Visits } from '../support/case-visits.ts'
import { expect, test } from '../support/fixtures.ts'

const plain = 'Path=/; HttpOnly; SameSite=Lax'
const ann = { user: 'ann' }
const scriptOf = (site: string, more: Visit = {}): Visit => ({
  origin: 'http://localhost:5173',
  fetch: { site, mode: 'cors', dest: 'empty' },
  ...more,
})
const bank: Visit = {
  origin: 'https://bank.test',
  fetch: { site: 'cross-site', mode: 'navigate', dest: 'document' },
}
const viaProxy = (proto: string, isTrusted: boolean, more: Visit = {}): Visit => ({
  facts: { forwarded: { proto, for: '203.0.113.7' }, isTrusted },
  ...more,
})
const unsent: Visit = { writes: 'a', lines: ['not secured'] }
const oneOf = (given: string, more: Visit = {}): Visits => [
  ['POST /a', { writes: 'a', given, ...more }],
  ['GET /a'],
]
const made = (sid: string, at: string, more: Visit = {}): Visits[number] => [
  at,
  { writes: sid, given: plain, ...more },
]
const long = (start: string) => start.padEnd(32, '0')

interface Case {
  id: string
  speaks: Visits
  /** What looks like it, and is none. */
  not: string
  silent: Visits
  calls?: Parameters<typeof findingsOf>[2]
}

const cases: readonly Case[] = [
  {
    id: 'secure-over-http',
    speaks: [['GET /', unsent]],
    not: 'a health check that comes past the proxy',
    silent: [
      ['GET /', unsent],
      ['GET /', viaProxy('https', true, { writes: 'b', given: `${plain}; Secure` })],
    ],
  },
  {
    id: 'proxy-not-trusted',
    speaks: [['POST /', viaProxy('https', false, unsent)]],
    not: 'a proxy that is trusted',
    silent: [['POST /', viaProxy('https', true, { writes: 'a', given: `${plain}; Secure` })]],
  },
  {
    id: 'proxy-without-proto',
    speaks: [['POST /', viaProxy('http, https', true, unsent)]],
    not: 'a visitor who came over plain HTTP where others have HTTPS',
    silent: [
      ['POST /', viaProxy('http', true, unsent)],
      ['POST /', viaProxy('https', true, { writes: 'b', given: `${plain}; Secure` })],
    ],
  },
  {
    id: 'outside-cookie-path',
    speaks: [['GET /', { lines: ['pathname mismatch'], status: 500, facts: { isMissedAside: true } }]],
    not: 'a page that does without the session',
    silent: [
      ['GET /', { lines: ['pathname mismatch'], facts: { isMissedAside: true } }],
      ['GET /admin', { sends: 'a', finds: ann }],
      ['GET /', { lines: ['pathname mismatch'], status: 500 }],
    ],
  },
  {
    id: 'cookie-cannot-be-serialized',
    speaks: [['POST /', { writes: 'a', data: ann, rowCookie: { domain: 'http://a.test' } }]],
    not: 'a cookie that was held back for another reason',
    silent: [['POST /', { writes: 'a', data: ann, rowCookie: { domain: 'a.test', sameSite: 'lax' } }]],
  },
  {
    id: 'samesite-none-without-secure',
    speaks: oneOf('Path=/; SameSite=None'),
    not: 'one that a browser has kept, as behind a proxy that adds Secure',
    silent: [
      ['POST /', { writes: 'a', given: 'Path=/; SameSite=None' }],
      ['GET /', { sends: 'a', finds: ann, fetch: { site: 'same-origin', mode: 'cors', dest: 'empty' } }],
    ],
  },
  {
    id: 'domain-does-not-match',
    speaks: oneOf('Domain=shop.test; Path=/'),
    not: 'a proxy that does not say which host it was asked for',
    silent: oneOf('Domain=shop.test; Path=/', { facts: { forwarded: { for: '203.0.113.7' } } }),
  },
  {
    id: 'cookie-prefix-broken',
    calls: [sessionCall({ name: '__Host-sid' })],
    speaks: oneOf('Path=/; HttpOnly'),
    not: 'one that has what its prefix asks for',
    silent: oneOf('Path=/; Secure; HttpOnly'),
  },
  {
    id: 'cross-origin-without-credentials',
    speaks: [
      ['POST /login', scriptOf('same-site', { writes: 'a', given: plain })],
      ['GET /me', scriptOf('same-site')],
    ],
    not: 'several visitors, and one who is new',
    silent: [
      ['POST /login', scriptOf('same-site', { writes: 'a', given: plain })],
      ['GET /me', scriptOf('same-site', { sends: 'a', finds: ann })],
      ['GET /me', scriptOf('same-site')],
    ],
  },
  {
    id: 'cors-refuses-credentials',
    speaks: [['GET /me', scriptOf('same-site', { sends: 'a', finds: ann, facts: { allowsOrigin: '*' } })]],
    not: 'a public call without a cookie, nor a form',
    silent: [
      ['GET /menu', scriptOf('same-site', { facts: { allowsOrigin: '*' } })],
      ['POST /pay', { ...bank, sends: 'a', finds: ann }],
    ],
  },
  {
    id: 'samesite-keeps-it-back',
    speaks: [
      ['POST /order', { writes: 'a', given: plain }],
      ['POST /paid', bank],
    ],
    not: 'a forged form that is refused',
    silent: [
      ['POST /order', { writes: 'a', given: plain }],
      ['POST /transfer', { ...bank, status: 403 }],
    ],
  },
  {
    id: 'born-expired',
    speaks: oneOf('Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT', {
      rowCookie: { originalMaxAge: -5, expires: '1970-01-01T00:00:01.000Z' },
    }),
    not: 'a session that is ended so',
    silent: [
      [
        'POST /logout',
        { sends: 'a', finds: ann, writes: 'a', given: 'Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT' },
      ],
    ],
  },
  {
    id: 'fixed-expires',
    speaks: ['a', 'b'].map((sid) => [
      'POST /',
      {
        writes: sid,
        given: 'Path=/; Expires=Thu, 01 Jan 1970 01:00:01 GMT',
        rowCookie: { expires: '1970-01-01T01:00:01.500Z' },
      },
    ]),
    not: 'two that end at midnight',
    silent: ['a', 'b'].map((sid) => [
      'POST /',
      {
        writes: sid,
        given: 'Path=/; Expires=Fri, 02 Jan 1970 00:00:00 GMT',
        rowCookie: { expires: '1970-01-02T00:00:00.000Z' },
      },
    ]),
  },
  {
    id: 'max-age-in-seconds',
    speaks: oneOf(plain, { rowCookie: { originalMaxAge: 3600 } }),
    not: 'a short time that is meant so',
    silent: oneOf(plain, { rowCookie: { originalMaxAge: 2150 } }),
  },
  {
    id: 'name-shared-with-another-app',
    speaks: [
      ['POST /', { writes: 'a', given: plain }],
      ['POST /', { sends: 'x', refused: true, writes: 'b', given: plain }],
      ['POST /', { sends: 'y', refused: true, writes: 'c', given: plain }],
    ],
    not: 'one leftover of before',
    silent: [
      ['POST /', { writes: 'a', given: plain }],
      ['POST /', { sends: 'x', refused: true, writes: 'b', given: plain }],
      ['GET /', { sends: 'b', finds: ann }],
    ],
  },
  {
    id: 'cookie-twice',
    speaks: [
      [
        'GET /',
        {
          cookie: `sid=${signedValueOf('old')}; sid=${signedValueOf('new')}`,
          lines: ['fetching old', 'no session found'],
        },
      ],
    ],
    not: 'two of which the first is right',
    silent: [
      [
        'GET /',
        {
          cookie: `sid=${signedValueOf('old')}; sid=${signedValueOf('new')}`,
          lines: ['fetching old', 'session found'],
        },
      ],
    ],
  },
  {
    id: 'script-can-read-cookie',
    speaks: oneOf('Path=/; SameSite=Lax'),
    not: 'another cookie',
    silent: [
      [
        'GET /',
        { writes: 'a', given: plain, setCookie: [`sid=${signedValueOf('a')}; ${plain}`, 'XSRF-TOKEN=1'] },
      ],
    ],
  },
  {
    id: 'not-secure-over-https',
    speaks: oneOf(plain, viaProxy('https', true)),
    not: 'HTTP, and a proxy that nobody trusts',
    silent: [...oneOf(plain), ...oneOf(plain, viaProxy('https', false))],
  },
  {
    id: 'samesite-unset',
    speaks: oneOf('Path=/; HttpOnly'),
    not: 'a cookie that says SameSite',
    silent: oneOf(plain),
  },
  {
    id: 'shared-cache-can-keep-cookie',
    speaks: [['GET /menu', { writes: 'a', given: plain, facts: { caching: 'public, max-age=60' } }]],
    not: 'what is private, asked for again each time, or has no cookie',
    silent: [
      ['GET /menu', { writes: 'a', given: plain, facts: { caching: 'private, max-age=60' } }],
      ['GET /menu', { writes: 'b', given: plain, facts: { caching: 'public, max-age=0' } }],
      ['GET /menu', { facts: { caching: 'public, max-age=60' } }],
    ],
  },
  {
    id: 'session-for-static-files',
    speaks: ['/a.css', '/b.js'].map((file) => [
      `GET ${file}`,
      { sends: 'a', finds: {}, facts: { isFile: true } },
    ]),
    not: 'files behind a login, nor what the app makes itself',
    silent: [
      ['GET /in/a.css', { status: 302, location: '/login' }],
      ['GET /in/a.css', { sends: 'a', finds: ann, facts: { isFile: true } }],
      ['GET /in/b.css', { sends: 'a', finds: ann, facts: { isFile: true } }],
      ['GET /mine.js', { sends: 'a', finds: ann }],
      ['GET /mine.js', { sends: 'a', finds: ann }],
    ],
  },
  {
    id: 'changed-by-prefetch',
    speaks: [
      [
        'GET /add',
        { sends: 'a', finds: {}, writes: 'a', data: { basket: ['tea'] }, facts: { purpose: 'prefetch' } },
      ],
    ],
    not: 'a prefetch that reads, nor a click',
    silent: [
      ['GET /', { sends: 'a', finds: ann, facts: { purpose: 'prefetch' } }],
      ['GET /add', { sends: 'a', finds: {}, writes: 'a', data: { basket: ['tea'] } }],
    ],
  },
  {
    id: 'logout-by-get',
    speaks: [['GET /logout', { sends: 'a', finds: ann, destroys: 'a' }]],
    not: 'a POST, nor a time that is over',
    silent: [
      ['POST /logout', { sends: 'a', finds: ann, destroys: 'a' }],
      ['GET /home', { sends: 'b', finds: ann }],
      ['GET /home', { sends: 'b', finds: ann, destroys: 'b' }],
      ['GET /home', { sends: 'c', finds: ann, destroys: 'c' }],
    ],
  },
  {
    id: 'secret-differs',
    speaks: [
      ['POST /', { writes: 'a', given: plain }],
      ['GET /', { sends: 'a', refused: true }],
    ],
    not: 'a signature that was tampered with',
    silent: [
      ['POST /', { writes: 'a', given: plain }],
      [
        'GET /',
        {
          cookie: `sid=${signedValueOf('a', 'y'.repeat(43))}`,
          lines: ['cookie signature invalid'],
          facts: { hasRefusedRow: true },
        },
      ],
    ],
  },
  {
    id: 'predictable-id',
    calls: [sessionCall({ hasGenid: true })],
    speaks: [made(long('b1'), 'POST /'), made(long('b2'), 'POST /')],
    not: 'random ids that begin alike',
    silent: [
      made('sess-8f14e45fceea167a5a36dedd4bea2543', 'POST /'),
      made('sess-c9f0f895fb98ab9159f51fd0297e236d', 'POST /'),
    ],
  },
  {
    id: 'id-kept-at-login',
    speaks: [
      [
        'POST /login',
        { sends: 'a', finds: { lang: 'ja' }, writes: 'a', data: { lang: 'ja', passport: { user: 7 } } },
      ],
    ],
    not: 'a new id at login, nor a voucher',
    silent: [
      [
        'POST /login',
        { sends: 'a', finds: { lang: 'ja' }, destroys: 'a', writes: 'b', data: ann, given: plain },
      ],
      [
        'POST /voucher',
        { sends: 'b', finds: {}, writes: 'b', data: { gift: { user: 'bo' }, nickname: 'x' } },
      ],
    ],
  },
  {
    id: 'logout-keeps-the-user',
    speaks: [
      ['POST /logout', { sends: 'a', finds: ann }],
      ['GET /me', { sends: 'a', finds: ann }],
    ],
    not: 'a page that asks first, a logout of other devices, or one that is refused',
    silent: [
      ['GET /logout', { sends: 'a', finds: ann }],
      ['POST /logout-other-devices', { sends: 'a', finds: ann }],
      ['POST /logout', { sends: 'a', finds: ann, status: 403 }],
      ['POST /logout', { sends: 'a', finds: ann, destroys: 'a' }],
    ],
  },
  {
    id: 'secret-data-in-session',
    speaks: [['POST /', { writes: 'a', data: { draft: { newPassword: 'heron' } } }]],
    not: 'words about one, its date, or the last digits of a card',
    silent: [
      [
        'POST /',
        {
          writes: 'a',
          data: { errors: { password: 'too short' }, passwordChangedAt: '2026-01-01', csrfSecret: 'x' },
        },
      ],
      ['POST /', { writes: 'a', data: { card: '4242', cardNumber: '**** 4242', hasPassword: true } }],
    ],
  },
]

test.describe('of cookies, origins, logins and ids', () => {
  for (const { id, speaks, not, silent, calls } of cases) {
    test(`${id} is told, and not of ${not}`, () => {
      const [found] = findingsOf(id, speaks, calls)
      expect(found?.exchanges.length).toBeGreaterThan(0)
      expect([found?.words.ja, found?.words.en].every((text) => text && !text.includes('undefined'))).toBe(
        true,
      )
      expect(JSON.stringify(found)).not.toContain('x'.repeat(20)) // no signature of a cookie
      expect(findingsOf(id, silent, calls)).toEqual([])
    })
  }

  test('default-name is told of connect.sid, and of no other name', () => {
    const calls = [sessionCall({ name: 'connect.sid' })]
    expect(findingsOf('default-name', oneOf(plain), calls)).toHaveLength(1)
    expect(findingsOf('default-name', oneOf(plain))).toEqual([])
  })

  test('weak-secret is told of known and short ones and of usual words, and not of random ones', () => {
    const told = (secret: string) =>
      findingsOf('weak-secret', [], [sessionCall({ secrets: secretsOf(secret, '') })]).length
    const weak = ['keyboard cat', 'Squirrel!', 'summer-2026', 'supersecretsessionsecretkey12345678', 'x9!kQ']
    expect(weak.map(told)).toEqual(weak.map(() => 1))
    const random = ['9f86d081884c7d659a2feaa0c55ad015', 'correct horse battery staple and more of it']
    expect(random.map(told)).toEqual([0, 0])
  })

  test('one made twice is a predictable id whoever makes it', () => {
    const twice = [made(long('a'), 'POST /x'), made(long('a'), 'POST /y')]
    expect(findingsOf('predictable-id', twice)[0]?.words.en).toContain('POST /x and POST /y')
    expect(findingsOf('predictable-id', [made(long('a'), 'POST /x'), made(long('b'), 'POST /y')])).toEqual([])
  })

  test('each diagnosis has an id of its own', () => {
    const ids = diagnoses.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
