import { request as httpRequest } from 'node:http'
import type { Frame, Page } from 'playwright/test'
import { expect, test } from '../support/fixtures.ts'

test.use({ app: 'login/no-escape' })

const name = 'login.sid'

/** What a script in the page tries with the lab page, and how far it gets. It leaves its report in the document. */
async function attempts(lab: string) {
  const attempt = async (work: () => unknown) => {
    try {
      return String(await work()).slice(0, 100)
    } catch (problem) {
      return (problem as Error).name
    }
  }
  const send = (path: string, body: string) =>
    fetch(lab + path, { method: 'POST', body: new URLSearchParams(body), mode: 'no-cors' })
  const report = {
    inspector: await attempt(async () => (await fetch(`${lab}inspector/`)).text()),
    record: await attempt(async () => (await fetch(`${lab}inspector/export.json`)).text()),
    delay: await attempt(async () => (await send('delay', 'delay=4000')).status),
    reset: await attempt(async () => (await send('reset', '')).status),
    parent: parent === window ? 'none' : await attempt(() => parent.document.title),
    top: top === window ? 'none' : await attempt(() => top?.location.href),
    cookie: document.cookie,
  }
  document.documentElement.dataset['report'] = JSON.stringify(report)
}

const scriptFor = (lab: string) =>
  `<script>const __name = (one) => one; (${attempts})(${JSON.stringify(lab)})</script>`

async function reportOf(frame: Frame | null | undefined) {
  const html = frame?.locator('html[data-report]')
  return JSON.parse((await html?.getAttribute('data-report')) ?? '{}')
}

/** A page of another site, which logs its reader in at the demo under a name of its own choice. */
async function visitForeignPage(page: Page, login: string, user: string) {
  await page.route('http://foreign.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${login}"><textarea name="user"></textarea></form>`,
    }),
  )
  await page.goto('http://foreign.test/')
  await page.locator('textarea').fill(user)
  await page.evaluate(() => document.querySelector('form')?.submit())
}

const blocked = { inspector: 'TypeError', record: 'TypeError', delay: '0', reset: '0', cookie: '' }

test('a script that another site brings in runs on another origin: it reads no ID and presses no button; the lab page says why, and the record and the cookie jar are the same', async ({
  page,
  demo,
  sid,
  evidence,
}) => {
  const refused: [string, number][] = []
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && response.url().includes('/__lab/'))
      refused.push([new URL(response.url()).pathname, response.status()])
  })
  const [site] = demo.lab.sites
  await visitForeignPage(page, `${site?.url}login`, scriptFor(demo.labUrl))
  const alone = await reportOf(page.mainFrame())
  await evidence.json('what the script got at, in a page of its own', alone)
  expect(alone).toEqual({ ...blocked, parent: 'none', top: 'none' })
  expect(page.url()).toBe(demo.url)

  // the same session in the lab page's frame: there, the script runs again
  await page.goto(demo.labUrl)
  const framed = await reportOf(page.frames()[1])
  await evidence.json('what it got at, framed by the lab page', framed)
  expect(framed).toEqual({ ...blocked, parent: 'SecurityError', top: 'SecurityError' })

  expect(refused.sort()).toEqual([
    ['/__lab/delay', 403],
    ['/__lab/delay', 403],
    ['/__lab/reset', 403],
    ['/__lab/reset', 403],
  ])
  expect(demo.lab.delay()).toBe(0)
  expect(await demo.row((await sid(name)) ?? '')).toBeDefined()

  await expect(page.getByText('この版はわざと脆弱です')).toBeVisible()
  await expect(page.frameLocator('.demo iframe').getByRole('heading')).toHaveText('ログイン')
  await expect(page.locator('.demo .address code')).toHaveText(demo.url)
  const recorded = demo.wire().map(({ server, method, url }) => [server, method, url])
  expect(recorded).toContainEqual(['app', 'POST', '/login'])
  await page.getByRole('button', { name: 'この版に切り替える: app' }).click()
  await expect(page.getByText('この版はわざと脆弱です')).toBeHidden()
  // the same visitor, whose name is a text now
  await expect(page.frameLocator('.demo iframe').getByText('こんにちは、<script>')).toBeVisible()
})

/** Method, status and `Location` of an answer, redirects not followed. */
const ask = (url: string, method = 'GET') =>
  new Promise<[string, number | undefined, string | undefined]>((resolve, reject) => {
    httpRequest(url, { method }, (response) => {
      response.resume()
      resolve([method, response.statusCode, response.headers.location])
    })
      .on('error', reject)
      .end(method === 'POST' ? 'user=a' : undefined)
  })

test('at its ordinary address such a variant only redirects, and where it runs there is no lab page', async ({
  demo,
}) => {
  const ordinary = demo.lab.sites[0]?.url ?? ''
  expect(ordinary).not.toBe(demo.url)
  expect(await ask(`${ordinary}some/page?q=1`)).toEqual(['GET', 307, `${demo.url}some/page?q=1`])
  expect(await ask(`${ordinary}/other.test/`)).toEqual(['GET', 307, `${demo.url}/other.test/`])
  expect(await ask(`${ordinary}login`, 'POST')).toEqual(['POST', 307, `${demo.url}login`])
  const { port } = new URL(demo.url)
  expect(await ask(ordinary.replace('localhost', '127.0.0.1'))).toEqual([
    'GET',
    307,
    `http://127.0.0.1:${port}/`,
  ])
  for (const path of ['__lab', '__lab/', '__lab/inspector/', '__LAB/', '/__lab/'])
    expect([path, (await ask(demo.url + path))[1]]).toEqual([path, 404])
  expect((await ask(`${demo.url}__lab/reset`, 'POST'))[1]).toBe(404)

  await demo.lab.setVariant('app')
  expect((await ask(ordinary))[1]).toBe(200)
  expect(await ask(`${demo.url}some/page`)).toEqual(['GET', 307, `${ordinary}some/page`])
  expect((await ask(`${demo.url}__lab/`))[1]).toBe(404)
})

test('the inspector’s altered cookie gets to where the variant runs', async ({ request, demo }) => {
  await request.get(demo.url)
  await request.get(demo.labUrl) // learns the name of the cookie
  const origin = new URL(demo.labUrl).origin
  await request.post(`${demo.labUrl}inspector/tamper`, { headers: { origin }, form: {} })
  expect(demo.wire().map(({ sentBy }) => sentBy)).toEqual(['browser', 'inspector'])
})
