import { existsSync, readFileSync } from 'node:fs'
import { request as httpRequest, IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { diffLines } from 'diff'
import { root } from '../../common/places.ts'
import { createOwnCookies } from '../../lab/own-cookies.ts'
import { readScenario, slugs } from '../../lab/scenarios/scenarios.ts'
import { excerpt } from '../../lab/scenarios/source.ts'
import { expect, test } from '../support/fixtures.ts'
import { setCookieOf } from '../support/wire.ts'

const name = 'counter.sid'

for (const slug of slugs()) {
  test(`the scenario ${slug} is whole: app, test, lesson and script, and each variant says what it is`, () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const missing = [
      ...[
        `apps/${slug}/app.ts`,
        `e2e/scenarios/${slug}.spec.ts`,
        `lessons/ja/${slug}.md`,
        `lessons/en/${slug}.md`,
      ].filter((file) => !existsSync(join(root, file))),
      ...['README.md', 'README.ja.md'].filter(
        (file) => !readFileSync(join(root, file), 'utf8').includes(`npm run demo:${slug}\``),
      ),
      ...(scripts[`demo:${slug}`] === `node lab/cli/run.mjs lab/cli/demo.ts ${slug}`
        ? []
        : [`script demo:${slug}`]),
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

test('every variant is its app with one thing changed: at most 20 of its lines are its own', () => {
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const grown = slugs().flatMap((slug) => {
    const [documented, ...others] = readScenario(slug).variants
    return others
      .map(({ file }) => ({ file, own: diffLines(read(documented.file), read(file)) }))
      .map(({ file, own }) => ({
        file,
        lines: own.reduce((sum, { added, count }) => sum + (added ? count : 0), 0),
      }))
      .filter(({ lines }) => lines > 20)
  })
  expect(grown).toEqual([])
})

test('a variant exports only what the lab reads of it: what is true of the whole scenario is said in app.ts', () => {
  const read = ['createApp', 'createSecondApp', 'processes', 'isSticky', 'rotation', 'runsVisitorScripts']
  const unread = slugs()
    .flatMap((slug) => readScenario(slug).variants.slice(1))
    .flatMap(({ file }) => {
      const exported = readFileSync(join(root, file), 'utf8').matchAll(/^export \w+ (\w+)/gm)
      return [...exported].map(([, name = '']) => ({ file, name })).filter(({ name }) => !read.includes(name))
    })
  expect(unread).toEqual([])
})

test('no variant in which a visitor’s script runs is behind a TLS proxy: its other origin speaks HTTP only', () => {
  const says = (file: string, what: string) => readFileSync(join(root, file), 'utf8').includes(what)
  const both = slugs()
    .map((slug) => readScenario(slug).variants)
    .filter(([documented]) => says(documented.file, 'isBehindTlsProxy'))
    .flatMap((variants) => variants.filter(({ file }) => says(file, 'runsVisitorScripts')))
  expect(both).toEqual([])
})

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

test('a reset expires not more cookies than a head holds, and remembers no names that visitors make up', () => {
  const cookies = createOwnCookies('counter')
  const madeUp = (from: number) => Array.from({ length: 500 }, (_, n) => `counter.${from + n}`)
  for (let n = 0; n < 6_000; n += 500) {
    const lines = cookies.expiring(madeUp(n))
    expect(lines[0]).toContain(`counter.${n}=;`)
    expect(lines.join('').length).toBeLessThan(8_000)
  }
  expect(cookies.expiring([])).toEqual([])

  const answer = (line: string) => {
    const res = new ServerResponse(new IncomingMessage(new Socket()))
    cookies.watch(res)
    res.setHeader('Set-Cookie', line)
    res.emit('finish')
  }
  answer('connect.sid=1; Path=/; HttpOnly')
  for (let n = 0; n < 6_000; n++) answer(`made.up.${n}=1; Path=/`)
  expect(cookies.expiring([]).length).toBeLessThanOrEqual(100)
  answer('connect.sid=2; Path=/admin; Domain=app.test')
  const lines = cookies.expiring(['counter.sid', 'else.sid'])
  expect(lines.slice(0, 2)).toEqual([
    'counter.sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'connect.sid=; Path=/admin; Domain=app.test; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ])
  expect(lines.length).toBeLessThanOrEqual(101)
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

test('switching to a variant changes the code that answers and keeps the session', async ({
  page,
  demo,
  sid,
}) => {
  await page.goto('/tap')
  const before = await sid(name)
  await page.goto('/__lab/')
  await page.getByRole('button', { name: 'この版に切り替える: rolling' }).click()
  await expect(page.locator('.is-running')).toContainText('rolling')
  await expect.poll(() => demo.wire().at(-1)?.setCookie).toHaveLength(1) // rolling: with every response
  await expect(page.frameLocator('iframe').getByLabel('数')).toHaveText('1')
  expect(await sid(name)).toBe(before)

  // what comes of a variant stands in a fold of its own, not in the code or beside it
  const telling = page.locator('#code').getByText(/(?:壊した版|比べる版): /)
  await expect(telling).toHaveCount(1 + demo.lab.scenario.variants.slice(1).length)
  await expect(page.locator('#code .note:not([open]) > p').filter({ hasText: '版: ' })).toHaveCount(
    await telling.count(),
  )
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
    await expect(page.frameLocator('iframe >> nth=0').getByText('訪問回数: 1')).toBeVisible()
    await expect(page.frameLocator('iframe >> nth=1').getByText('スタンプ: *')).toBeVisible()
  })
})

test('a demo answers any host name: only its lab page does not', async ({ page, demo }) => {
  await page.goto(demo.url.replace('localhost', 'app.test'))
  await expect(page.getByLabel('count')).toHaveText('0')
  expect(setCookieOf(demo.wire()[0]?.setCookie ?? [], name)).toBeDefined()
})
