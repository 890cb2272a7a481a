import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { type Demo, expect, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'

test.use({ app: 'cross-origin', ignoreHTTPSErrors: true })

const refused = '✕ Failed to fetch'

/** Where the page is, and which of its calls to make: that to another port, or that to another site. */
const places = {
  port: ({ secondUrl }: Demo) => ({ url: secondUrl, nth: 0 }),
  site: ({ secondUrl }: Demo) => ({ url: secondUrl, nth: 1 }),
  https: ({ secureSecondUrl }: Demo) => ({ url: secureSecondUrl, nth: 1 }),
  'one host': ({ secureSecondUrl }: Demo) => ({ url: secureSecondUrl, nth: 0 }),
}

/** What the page shows after each of two calls. */
async function callTwice(page: Page, { url, nth }: { url: string; nth: number }): Promise<string[]> {
  await page.goto(url)
  return page.evaluate(async (nth) => {
    const find = (selector: string) => document.querySelectorAll<HTMLElement>(selector)[nth]
    const shown = () => find('output')?.textContent ?? ''
    const seen: string[] = []
    while (seen.length < 2) {
      find('button')?.click()
      while (shown() === '…') await new Promise((resolve) => setTimeout(resolve, 2))
      seen.push(shown())
    }
    return seen
  }, nth)
}

/** What the page shows, and the counts that the API has then, one for each session. */
interface Sight {
  shown: string[]
  rows: number[]
}

const goesOn: Sight = { shown: ['1', '2'], rows: [2] }
const anew: Sight = { shown: ['1', '1'], rows: [1, 1] }
const unread = [refused, refused]

/** Rung by rung; each from where it is about. */
const ladder = {
  'no-cors': { port: { shown: unread, rows: [1, 1] } }, // the call arrives all the same
  'no-include': { port: anew },
  'any-origin': { port: { shown: unread, rows: [2] } }, // the cookie is kept, and comes back
  'no-allow-credentials': { port: { shown: unread, rows: [2] } },
  lax: { port: goesOn, site: anew },
  'none-without-secure': { https: anew },
  none: { site: anew, https: goesOn },
  partitioned: { https: goesOn },
  app: { 'one host': goesOn },
} as const

/** Calls the API twice as a new visitor. */
async function visit(page: Page, demo: Demo, place: keyof typeof places): Promise<Sight> {
  await page.context().clearCookies()
  await demo.lab.sites[0].store.clear()
  const shown = await callTwice(page, places[place](demo))
  const rows = (await demo.rows()).map(({ data }) => (JSON.parse(data) as { count: number }).count)
  return { shown, rows }
}

test('rung by rung, until the page counts on another site; and on one host, where it is no question', async ({
  page,
  demo,
  evidence,
}) => {
  const seen: Record<string, Record<string, Sight>> = {}
  for (const [rung, from] of Object.entries(ladder)) {
    await demo.lab.setVariant(rung)
    seen[rung] = {}
    for (const place of Object.keys(from) as (keyof typeof places)[])
      seen[rung][place] = await visit(page, demo, place)
  }
  await evidence.json('what the page shows, and the counts in the store', seen)
  expect(seen).toEqual(ladder)
})

test('where third-party cookies are blocked, None with Secure is of no use, Partitioned is, and one host needs neither', async ({
  playwright,
  wholeBrowser,
  demo,
  evidence,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'lab-profile-'))
  await mkdir(join(profile, 'Default'))
  const blocking = { profile: { cookie_controls_mode: 1 } }
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocking))
  const options = { ...wholeBrowser, ignoreHTTPSErrors: true }
  const context = await playwright.chromium.launchPersistentContext(profile, options)
  const [page = await context.newPage()] = context.pages()
  const seen: Record<string, Sight> = {}
  for (const rung of ['none', 'partitioned', 'app']) {
    await demo.lab.setVariant(rung)
    seen[rung] = await visit(page, demo, rung === 'app' ? 'one host' : 'https')
  }
  await demo.lab.setVariant('partitioned')
  await visit(page, demo, 'https')
  await page.goto(demo.secureUrl.replace('localhost', '127.0.0.1')) // the API itself, in a tab of its own: another partition
  const apart = await page.getByText('/api/count').textContent()
  await context.close()
  await rm(profile, { recursive: true })
  await evidence.json('what the page shows, and the counts in the store', seen)
  expect(seen).toEqual({ none: anew, partitioned: goesOn, app: goesOn })
  expect(apart).toBe('/api/count: 0')
})

prove(
  ['finding.cors-names-one-origin'],
  'the API names the pages that may read it, and no other: with cookies, * is refused, and to send back any Origin would let everybody in',
  { holdsIn: 'cross-origin/lax', failsIn: 'cross-origin/any-origin' },
  async ({ request, demo, evidence }) => {
    const ask = async (origin: string) => {
      const response = await request.post(`${demo.url}api/count`, { headers: { origin } })
      return response.headers()['access-control-allow-origin']
    }
    const own = new URL(demo.secondUrl).origin
    const seen = { own: await ask(own), evil: await ask('https://evil.test'), none: await ask('null') }
    await evidence.json('Access-Control-Allow-Origin', seen)
    expect(seen).toEqual({ own, evil: undefined, none: undefined })
  },
)

prove(
  ['finding.one-host-needs-no-cors'],
  'on one host the page names no other origin, and the answer needs no Access-Control header at all',
  { holdsIn: 'cross-origin', failsIn: 'cross-origin/lax' },
  async ({ request, demo, evidence }) => {
    const page = await (await request.get(demo.secondUrl)).text()
    const answer = await request.post(`${demo.secondUrl}api/count`, {
      headers: { origin: new URL(demo.secondUrl).origin },
    })
    const seen = { status: answer.status(), body: await answer.text() }
    await evidence.json('what the page’s own server answers at /api/count', seen)
    expect(page).not.toContain(new URL(demo.url).host)
    expect(seen).toEqual({ status: 200, body: '{"count":1}' })
    expect(answer.headers()).not.toHaveProperty('access-control-allow-origin')
  },
)
