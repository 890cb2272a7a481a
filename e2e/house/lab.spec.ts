import { existsSync, readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { excerpt } from '../lab/lessons.ts'
import { root } from '../lab/places.ts'
import { readScenario, slugs } from '../lab/scenarios.ts'
import { expect, test } from './fixtures.ts'
import { setCookieOf } from './wire.ts'

const name = 'counter.sid'

for (const slug of slugs()) {
  test(`the scenario ${slug} is whole: app, test, lesson and script, and each variant says what it is`, () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const missing = [
      ...[
        `apps/${slug}/app.ts`,
        `e2e/${slug}.spec.ts`,
        `lessons/ja/${slug}.md`,
        `lessons/en/${slug}.md`,
      ].filter((file) => !existsSync(join(root, file))),
      ...['README.md', 'README.ja.md'].filter(
        (file) => !readFileSync(join(root, file), 'utf8').includes(`npm run demo:${slug}\``),
      ),
      ...(scripts[`demo:${slug}`] === `node lab/run.mjs lab/demo.ts ${slug}` ? [] : [`script demo:${slug}`]),
      ...readScenario(slug)
        .variants.slice(1)
        .filter(({ note }) => !note.ja || !note.en)
        .map(({ file }) => `${file}: its two comment lines`),
    ]
    expect(missing).toEqual([])
  })

  test(`every app of ${slug} is small: 60 lines, or 15 more than its README block`, () => {
    const readmeLines: Readonly<Record<string, number>> = { login: 78, views: 34, welcome: 17 }
    const most = Math.max(60, (readmeLines[slug] ?? 0) + 15)
    for (const { file } of readScenario(slug).variants) {
      const lines = readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
      expect(lines.length, file).toBeLessThanOrEqual(most)
    }
  })
}

test('apps import only packages, the two files beside them, and what lies in a folder of their own', () => {
  for (const slug of slugs()) {
    for (const { file } of readScenario(slug).variants) {
      const imports = [...readFileSync(join(root, file), 'utf8').matchAll(/from '(\.[^']*)'/g)].map(
        ([, path]) => path,
      )
      for (const path of imports) expect(path, file).toMatch(/^\.\.\/(create-app|page)\.ts$|^\.\/[a-z]+\//)
    }
  }
})

test('the reset removes the rows and expires the cookies of this scenario, and no others', async ({
  page,
  context,
  demo,
  cookie,
}) => {
  await context.addCookies([
    { name: 'connect.sid', value: 'of-other-work', url: demo.url },
    { name: 'theme', value: 'dark', url: demo.url },
    { name: 'counter.left-over', value: 'of-an-earlier-run', url: demo.url },
  ])
  await page.goto('/tap')
  expect(await demo.rows()).toHaveLength(1)
  await page.goto('/__lab/')
  const answered = page.waitForResponse('**/__lab/reset')
  await page.route('**/*', (route) =>
    route.request().url().includes('__lab/reset') ? route.continue() : route.abort(),
  )
  await page.getByRole('button', { name: 'やり直す' }).click()
  await answered
  expect(await demo.rows()).toEqual([])
  expect(await cookie(name)).toBeUndefined()
  expect((await context.cookies()).map((kept) => kept.name).sort()).toEqual(['connect.sid', 'theme'])
})

test('switching to a variant changes the code that answers and keeps the session', async ({ page, sid }) => {
  await page.goto('/tap')
  const before = await sid(name)
  await page.goto('/__lab/')
  await page.getByRole('button', { name: 'この版に切り替える: rolling' }).click()
  await expect(page.locator('.is-running')).toContainText('rolling')
  await expect(page.frameLocator('iframe').getByText('開き直すだけでも延びます')).toBeVisible()
  await expect(page.frameLocator('iframe').getByLabel('count')).toHaveText('1')
  expect(await sid(name)).toBe(before)
})

test('the slowness of the store is set on the page and takes effect', async ({ page, demo }) => {
  await page.goto('/__lab/')
  await page.getByLabel('ストアの書き込みを遅くする').fill('300')
  await page.getByRole('button', { name: '設定する' }).click()
  await expect(page.getByLabel('ストアの書き込みを遅くする')).toHaveValue('300')
  await page.goto('/tap')
  const saved = demo
    .wire()
    .findLast(({ url }) => url === '/tap')
    ?.calls.find(({ method }) => method === 'set')
  expect(saved?.duration).toBeGreaterThan(295)
})

/** A request with headers that no browser page could send. */
const raw = (url: string, method: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    httpRequest(url.replace('localhost', '127.0.0.1'), { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

test('the lab pages answer to loopback names only, and change nothing for a foreign page', async ({
  demo,
}) => {
  const { host } = new URL(demo.url)
  const lab = `${demo.url}__lab/`
  expect(await raw(lab, 'GET', { host })).toBe(200)
  expect(await raw(lab, 'GET', { host: 'evil.test' })).toBe(403)
  expect(await raw(`${lab}about`, 'GET', { host: 'localhost.evil.test' })).toBe(403)
  expect(await raw(`${lab}reset`, 'POST', { host })).toBe(403)
  expect(await raw(`${lab}reset`, 'POST', { host, origin: 'http://evil.test' })).toBe(403)
  expect(await raw(`${lab}reset`, 'POST', { host, origin: `http://${host}` })).toBe(303)
})

test('the lab pages are neither kept nor framed, and run nothing from elsewhere', async ({ request }) => {
  const headers = (await request.get('/__lab/')).headers()
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['set-cookie']).toBeUndefined()
})

test('a visit to the lab page is not seen by the app', async ({ page, demo }) => {
  await page.goto('/__lab/about')
  expect(demo.wire()).toEqual([])
  expect(await demo.rows()).toEqual([])
})

for (const [what, form, status] of [
  ['a variant that is not there', { url: 'variant', form: { variant: 'nope' } }, 404],
  ['no variant', { url: 'variant', form: {} }, 404],
  ['a delay that is no number', { url: 'delay', form: { delay: 'x' } }, 400],
  ['a delay of an hour', { url: 'delay', form: { delay: '3600000' } }, 400],
] as const) {
  test(`the lab page refuses ${what} with ${status}`, async ({ request, demo }) => {
    const headers = { origin: demo.url.slice(0, -1) }
    const response = await request.post(`/__lab/${form.url}`, { form: form.form, headers })
    expect(response.status()).toBe(status)
  })
}

test.describe('a page shows a source by reading it', () => {
  const source = "a()\n  b('/x', () => {\n    c()\n  })\n\n  d()\n"
  test('the statement that starts so, down to its end', () => {
    expect(excerpt(source, "b('/x'")).toBe("b('/x', () => {\n  c()\n})")
    expect(excerpt(source, 'd()')).toBe('d()')
    expect(excerpt(source, '')).toBe(source.trimEnd())
    expect(excerpt(source, 'nothing')).toBeUndefined()
  })
})

test.describe('two apps in one scenario', () => {
  test.use({ app: 'multi-app' })

  test('both are shown under the host name that the reader used', async ({ page, demo }) => {
    await page.goto(`${demo.url.replace('localhost', '127.0.0.1')}__lab/`)
    await expect(page.frameLocator('iframe >> nth=0').getByText('visits: 1')).toBeVisible()
    await expect(page.frameLocator('iframe >> nth=1').getByText('stamps: *')).toBeVisible()
  })
})

test('a demo answers any host name: only its lab page does not', async ({ page, demo }) => {
  await page.goto(demo.url.replace('localhost', 'app.test'))
  await expect(page.getByLabel('count')).toHaveText('0')
  expect(setCookieOf(demo.wire()[0]?.setCookie ?? [], name)).toBeDefined()
})
