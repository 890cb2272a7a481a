import type { Page } from 'playwright/test'
import * as ownNames from '../../apps/multi-app/app.ts'
import * as sameName from '../../apps/multi-app/same-name.ts'
import { expect, inlineApp, test } from '../support/fixtures.ts'
import { textOf } from '../support/press.ts'
import { prove } from '../support/prove.ts'
import { setCookieOf } from '../support/wire.ts'

test.use({ app: 'multi-app' })

/** Opens an app and reads how many visits, or stamps, it knows of. */
async function visit(page: Page, url: string): Promise<number> {
  await page.goto(url)
  const [text = ''] = /(visits|stamps): .*/.exec(await textOf(page)) ?? []
  return text.startsWith('visits')
    ? Number(text.slice('visits: '.length))
    : text.slice('stamps: '.length).length
}

prove(
  [
    'name.different-names-separate-apps',
    'name.apps-on-one-hostname-must-be-separated',
    'security.do-not-use-default-cookie-name',
  ],
  'three rounds of A-B-A-B on one host: both apps keep their own count',
  { holdsIn: 'multi-app', failsIn: 'multi-app/same-name' },
  async ({ page, demo, context, evidence }) => {
    const seen = []
    for (let round = 0; round < 3; round++) {
      for (const url of [demo.url, demo.secondUrl, demo.url, demo.secondUrl])
        seen.push(await visit(page, url))
    }
    await evidence.json('counts of A, B, A, B, …', seen)
    await evidence.json(
      'jar',
      (await context.cookies()).map(({ name, domain, path }) => ({ name, domain, path })),
    )
    expect(seen).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
  },
)

test.describe('with the default name on both', () => {
  test.use({ app: 'multi-app/same-name' })

  test('each visit to one app destroys the session of the other: every count is 1', async ({
    page,
    demo,
    context,
    evidence,
  }) => {
    const seen = []
    for (let round = 0; round < 3; round++) {
      for (const url of [demo.url, demo.secondUrl, demo.url, demo.secondUrl])
        seen.push(await visit(page, url))
    }
    await evidence.json('counts of A, B, A, B, …', seen)
    expect(seen).toEqual(Array(12).fill(1))
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['connect.sid'])
  })

  test('A A B A B A: A1 A2 B1 A1 B1 A1', async ({ page, demo }) => {
    const { url: a, secondUrl: b } = demo
    const seen = []
    for (const url of [a, a, b, a, b, a]) seen.push(await visit(page, url))
    expect(seen).toEqual([1, 2, 1, 1, 1, 1])
    const panel = await (await page.request.get('/__lab/inspector/panel')).text()
    for (const url of [demo.url, demo.secondUrl]) expect(panel).toContain(`>ポート${new URL(url).port}<`)
  })
})

test.describe('one host name, reached in several ways', () => {
  test.use({ ignoreHTTPSErrors: true })

  prove(
    ['name.scheme-and-port-do-not-separate'],
    'the cookie that port A set over http goes to port B and to https as well; another host name gets none of it',
    {
      holdsIn: inlineApp({
        scenario: 'multi-app',
        name: 'one name for both',
        ...sameName,
        surroundings: { isBehindTlsProxy: true },
      }),
      failsIn: inlineApp({
        scenario: 'multi-app',
        name: 'a name for each',
        ...ownNames,
        surroundings: { isBehindTlsProxy: true },
      }),
    },
    async ({ page, demo, evidence }) => {
      const on = (url: string, host: string) => url.replace('localhost', host)
      await page.goto(on(demo.url, 'app.test'))
      const given = setCookieOf(demo.wire()[0]?.setCookie ?? [], 'connect.sid')?.value
      const sent: Record<string, string | null> = {}
      for (const [what, url] of [
        ['another port', on(demo.secondUrl, 'app.test')],
        ['https', on(demo.secureUrl, 'app.test')],
        ['another host', on(demo.url, 'evil.test')],
      ] as const) {
        await page.context().clearCookies()
        await page.goto(on(demo.url, 'app.test'))
        await page.goto(url)
        sent[what] = demo.wire().at(-1)?.cookie ?? null
      }
      await evidence.json('Cookie sent to another port, scheme and host', sent)
      expect(given).toBeDefined()
      expect(sent).toEqual({
        'another port': expect.stringMatching(/^connect\.sid=/),
        https: expect.stringMatching(/^connect\.sid=/),
        'another host': null,
      })
    },
  )
})

prove(
  ['name.sets-and-reads-cookie-name'],
  'the name is both set and read: the same value under another name is ignored',
  { holdsIn: 'multi-app', failsIn: 'multi-app/same-name' },
  async ({ request, demo, evidence }) => {
    await request.get('/')
    const name = 'multi-app.a.sid'
    const given = setCookieOf(demo.wire()[0]?.setCookie ?? [], name)
    await evidence.setCookie('Set-Cookie', given)
    expect(given).toBeDefined()
    const under = async (other: string) =>
      (await request.get('/', { headers: { cookie: `${other}=${given?.value}` } })).text()
    expect(await under(name)).toContain('visits: 2')
    expect(await under('another.sid')).toContain('visits: 1')
  },
)

prove(
  ['name.default-connect.sid'],
  'without a name the cookie is called connect.sid',
  { holdsIn: 'multi-app/same-name', failsIn: 'multi-app' },
  async ({ request, evidence }) => {
    const line = (await request.get('/')).headers()['set-cookie'] ?? ''
    await evidence.setCookie('Set-Cookie', line)
    expect(line).toMatch(/^connect\.sid=/)
  },
)
