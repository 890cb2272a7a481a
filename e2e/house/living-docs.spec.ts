import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listen } from '../lab/listen.ts'
import { findEnds, findLifetime } from '../lab/living-docs/lifetimes.ts'
import { drawLifetimes } from '../lab/living-docs/picture.ts'
import { type Run, readRun, resultFiles, siteIn } from '../lab/living-docs/places.ts'
import { plainMessage, publishable } from '../lab/living-docs/publishable.ts'
import { countStandings, makeResults, type ObservedTest } from '../lab/living-docs/results.ts'
import { makeRunInfo } from '../lab/living-docs/run-info.ts'
import { sections } from '../lab/living-docs/sections.ts'
import { writeSite } from '../lab/living-docs/site.ts'
import { appSource } from '../lab/living-docs/sources.ts'
import { docsWords } from '../lab/living-docs/words.ts'
import { openIndex } from '../lab/pages/index-page.ts'
import { root } from '../lab/places.ts'
import { statements } from '../statements/index.ts'
import { expect, test } from './fixtures.ts'
import { noticeErrors, surplusWidth, violations } from './look.ts'

const sid = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const line = `counter.sid=s%3A${sid}.x; Path=/; Expires=Sun, 22 Nov 2026 04:50:46 GMT; HttpOnly; SameSite=Lax`
const row = {
  sid,
  data: '{"cookie":{"originalMaxAge":10000,"path":"/"},"count":1}',
  expires: Date.parse('2026-11-22T04:50:49Z'),
}
const exchange = {
  method: 'GET',
  url: '/?<script>',
  cookie: `counter.sid=s%3A${sid}.x`,
  status: 302,
  location: '/',
  setCookie: [line],
  calls: [{ method: 'get', sid, at: 1, duration: 1, data: null, error: null }],
  debug: ['no SID sent, generating session'],
}
const jarCookie = {
  name: 'counter.sid',
  value: `s%3A${sid}.x`,
  domain: 'localhost',
  path: '/',
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: 'Lax',
}

/** Evidence of every kind that the fixtures hand out. */
const evidence = [
  { label: 'Set-Cookie', value: line },
  {
    label: 'a line taken apart',
    value: { name: 'a', value: 'b', attributes: { Path: '/', HttpOnly: true } },
  },
  { label: 'none', value: [] },
  { label: 'row', value: row },
  { label: 'cookie', value: jarCookie },
  { label: 'exchanges', value: [exchange] },
  { label: 'log', value: 'one\ntwo' },
  { label: 'counts', value: ['0', '1'] },
  { label: 'null', value: null },
  {
    label: 'anything',
    value: { deep: { deeper: { deepest: [{ a: 1 }] } }, rowAfter: row.expires, '<b>': '<i>' },
  },
]

const spec = 'e2e/counter.spec.ts'
const proveLine = readFileSync(join(root, spec), 'utf8')
  .split('\n')
  .findIndex((text) => text.startsWith('prove('))

function observed(
  id: string,
  verdict: ObservedTest['verdict'],
  more: Partial<ObservedTest> = {},
): ObservedTest[] {
  const proof: ObservedTest = {
    ids: [id],
    role: 'proof',
    app: 'counter',
    verdict,
    title: `proof of ${id}`,
    file: spec,
    line: proveLine + 1,
    status: 'passed',
    message: '',
    duration: 1200,
    evidence,
  }
  return [
    { ...proof, ...more },
    { ...proof, role: 'counter-example', app: 'counter/rolling', message: 'expect(1).toBe(2)', evidence: [] },
  ]
}

/** A run with statements of every standing, whatever the catalogue says today. */
function run(): Run {
  const [first, second, third, fourth] = statements.map(({ id }) => id)
  const tests = [
    ...observed(first ?? '', 'holds'),
    ...observed(second ?? '', 'condition', { app: 'counter: an app in a test' }),
    ...observed(third ?? '', 'does-not-hold'),
    ...observed(fourth ?? '', 'holds', { status: 'failed' }),
  ]
  const verdicts = new Map(tests.map(({ ids, verdict }) => [ids[0], verdict]))
  const catalogue = statements.map((statement) => {
    const verdict = verdicts.get(statement.id)
    return { ...statement, ...(verdict && { verdict }) }
  })
  const results = makeResults(tests, catalogue)
  return { results, info: makeRunInfo(results, { passed: 7, failed: 1, skipped: 0 }, 'Chromium 1.2') }
}

test.describe('results', () => {
  test('have one entry for every statement, in the order of the catalogue', () => {
    const { results } = run()
    expect(results.map(({ id }) => id)).toEqual(statements.map(({ id }) => id))
    expect(results[0]).toMatchObject({
      verdict: 'holds',
      status: 'passed',
      tests: [{ file: spec, line: proveLine + 1, app: 'counter', status: 'passed', duration: 1200 }],
      counterExample: { app: 'counter/rolling', failedAsExpected: true, message: 'expect(1).toBe(2)' },
    })
    expect(results[0]?.evidence.map(({ label }) => label)).toEqual(evidence.map(({ label }) => label))
  })

  test('of a proof that fails have no evidence, and its verdict is not counted', () => {
    const { results } = run()
    expect(results[3]).toMatchObject({ status: 'failed', evidence: [] })
    const counts = countStandings(results)
    expect(counts).toMatchObject({ failed: 1, condition: 1, 'does-not-hold': 1 })
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(statements.length)
  })

  test('say nothing about this computer alone, and stay short', () => {
    expect(publishable({ a: [`${root}apps/x.ts`, `\u001b[31mred\u001b[39m`] })).toEqual({
      a: ['./apps/x.ts', 'red'],
    })
    expect(JSON.stringify(publishable('x'.repeat(100_000))).length).toBeLessThan(5_000)
    const message = plainMessage(
      `\u001b[2mexpect(\u001b[22m1)\n${'line\n'.repeat(100)}Call log:\n  - waiting`,
    )
    expect(message).toMatch(/^expect\(1\)/)
    expect(message.split('\n').length).toBeLessThan(30)
    expect(message).not.toContain('Call log')
  })

  test('are written by a whole run, which is red for the rest of the catalogue', async ({
    browser,
  }, testInfo) => {
    // the reporter finds the browser of the run here
    testInfo.annotations.push({ type: 'browser', description: `Chromium ${browser.version()}` })
    test.slow() // a Playwright in a Playwright
    const [first] = statements
    const folder = testInfo.outputPath('tiny')
    const code = await runPlaywright(folder, first.id)
    const written = readRun(folder)
    expect(written?.results).toHaveLength(statements.length)
    expect(written?.results[0]).toMatchObject({
      id: first.id,
      section: first.section,
      status: 'passed',
      tests: [{ title: 'one is one', file: 'e2e/tiny.spec.ts', line: 7, app: 'one', status: 'passed' }],
      counterExample: { app: 'two', failedAsExpected: true },
      evidence: [{ label: 'seen', value: [1], test: 'one is one' }],
    })
    expect(written?.results[0]?.counterExample?.message).toContain('expect(received).toBe(expected)')
    expect(written?.info).toMatchObject({
      versions: { node: process.versions.node, browser: 'Chromium 1.2.3' },
      tests: { passed: 2, failed: 0, skipped: 0 },
    })
    expect(code.status).toBe(1)
    expect(code.output).toContain('no-such-statement: ')
    expect(code.output).toMatch(/^2 passed, \d+ failed$/m)
  })
})

/** Runs Playwright on a spec of a proof and its counter-example that leaves its results in `folder`. */
async function runPlaywright(folder: string, id: string): Promise<{ status: number | null; output: string }> {
  const annotations = (role: string, app: string) =>
    JSON.stringify([
      { type: 'statement', description: id },
      { type: 'statement', description: 'no-such-statement' },
      { type: 'verdict', description: 'holds' },
      { type: role, description: app },
      { type: 'source', description: 'e2e/tiny.spec.ts:7' },
      { type: 'browser', description: 'Chromium 1.2.3' },
    ])
  writeFileSync(
    `${folder}.spec.mjs`,
    `import { expect, test } from 'playwright/test'
test('one is one', { annotation: ${annotations('proof', 'one')} }, async ({}, testInfo) => {
  await testInfo.attach('seen', { body: '[1]', contentType: 'application/json' })
  expect(1).toBe(1)
})
test.describe('counter-example', () => {
  test.fail('one is one', { annotation: ${annotations('counter-example', 'two')} }, () => expect(2).toBe(1))
})
`,
  )
  const config = `${folder}.config.mjs`
  const reporter = join(root, 'e2e/reporter.ts')
  writeFileSync(
    config,
    `export default { testMatch: 'tiny.spec.mjs', reporter: [[${JSON.stringify(reporter)}]], workers: 1 }\n`,
  )
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')
  const child = spawn(process.execPath, [cli, 'test', '--config', config, '--output', `${folder}-out`], {
    cwd: root,
    env: { ...process.env, LAB_WHOLE_RUN: '1', LAB_DOCS_FOLDER: folder, FORCE_COLOR: '0' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const status = await new Promise<number | null>((done) => child.on('close', done))
  return { status, output }
}

test.describe('a picture of the lives of cookie and row', () => {
  const lasting = { ...jarCookie, expires: row.expires / 1000 - 3 }
  const pictureOf = (...values: unknown[]) => {
    const seen = values.map((value, index) => ({ label: `${index}`, value }))
    return drawLifetimes(findEnds(seen), findLifetime(seen), docsWords.en)?.html
  }

  test('has both ends, and how far they are apart', () => {
    expect(pictureOf(lasting, row)).toContain('Cookie 04:50:46.000 (±0 s); row 04:50:49.000 (+3 s)')
    expect(pictureOf(line, [row, { ...row, expires: row.expires + 5000 }])).toContain('(+8 s)')
  })

  test('is not drawn where an end is missing, or of two sessions', () => {
    expect(pictureOf(row)).toBeUndefined()
    expect(pictureOf(jarCookie, row)).toBeUndefined()
    expect(pictureOf(lasting, { ...row, sid: 'another' })).toBeUndefined()
  })
})

test('the app of a proof is shown from its file, or from the spec that makes it', () => {
  expect(appSource('counter/rolling', undefined, 'failsIn')).toMatchObject({
    file: 'apps/counter/rolling.ts',
    line: 1,
  })
  const proof = { file: 'e2e/living-docs.spec.ts', line: 1, text: '{ holdsIn: jarCookie, failsIn: row }' }
  expect(appSource('counter: a name', proof, 'holdsIn')?.text).toMatch(/^const jarCookie = \{\n[\s\S]*\n\}$/)
  expect(appSource('counter: a name', proof, 'failsIn')?.text).toMatch(/^const row = \{/)
  expect(appSource('../package', undefined, 'holdsIn')).toBeUndefined()
})

test.describe('the site', () => {
  let folder: string
  let size: number
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  test.beforeEach(({}, testInfo) => {
    folder = testInfo.outputPath('site')
    size = writeSite(run(), folder)
  })
  const url = (path: string) => pathToFileURL(join(folder, path)).href
  const pages = ['ja/index.html', `ja/${sections[0]?.slug}.html`]

  test('every link leads to a file and a place in it, and nothing is inline that a strict CSP refuses', () => {
    expect(size).toBeLessThan(15e6)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    )
    expect(files).toHaveLength(1 + 2 * (2 + sections.length))
    const texts = new Map(files.map((file) => [join(folder, file), readFileSync(join(folder, file), 'utf8')]))
    const broken: string[] = []
    for (const [file, text] of texts) {
      expect(text).not.toMatch(/<script(?! src="[^"]+" defer><\/script>)|\sstyle=|\son\w+=/)
      for (const [, href = ''] of text.matchAll(/\shref="([^"]*)"/g)) {
        if (/^https?:/.test(href)) continue
        const [path = '', id] = href.split('#')
        const target = path === '' ? file : resolve(dirname(file), path)
        const isThere = target.endsWith('.html')
          ? texts.get(target)?.includes(id === undefined ? '' : ` id="${id}"`)
          : readFileSync(target).length > 0
        if (!isThere) broken.push(`${file}: ${href}`)
      }
    }
    expect(broken).toEqual([])
  })

  test('opens from file:// in both languages, and a permalink leads to its statement', async ({ page }) => {
    const errors = noticeErrors(page)
    await page.goto(url('index.html'))
    await page.waitForURL('**/ja/index.html')
    const [first, second, third] = statements
    await expect(page.getByRole('heading', { name: '見つかったこと' })).toBeVisible()
    const findings = page.getByRole('region', { name: '見つかったこと' })
    await expect(findings.getByRole('listitem').first()).toContainText(third.ja)
    await expect(findings.getByRole('listitem').nth(1)).toContainText(second.ja)
    await expect(page.getByText('Chromium 1.2')).toBeVisible()
    await page
      .getByRole('navigation', { name: '目次' })
      .getByRole('link', { name: 'session(options)' })
      .click()
    const article = page.getByRole('article', { name: first.ja })
    await expect(article).toContainText('成り立つ')
    await article.getByText('証拠').first().click()
    await expect(article.getByText('Expires=Sun, 22 Nov 2026 04:50:46 GMT').first()).toBeVisible()
    await expect(article.getByText('; HttpOnly', { exact: true }).first()).toBeVisible()
    await article.getByText('アプリのコード').click()
    await expect(article.locator('.diff ins').first()).toContainText('+ ')
    await article.getByRole('link', { name: `この文へのリンク: ${first.id}` }).click()
    expect(new URL(page.url()).hash).toBe(`#${first.id}`)
    await page.getByRole('link', { name: 'English' }).click()
    await expect(page.getByRole('article', { name: first.en })).toContainText('holds')
    expect(errors).toEqual([])
  })

  test('axe finds nothing with everything unfolded, light at 320 px and dark at 1280 px', async ({
    page,
  }) => {
    for (const [width, colorScheme] of [
      [320, 'light'],
      [1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      for (const path of pages) {
        await page.goto(url(path))
        await page.locator('details').evaluateAll((all) => {
          for (const details of all) details.setAttribute('open', '')
        })
        expect(await violations(page), `${path} ${width} ${colorScheme}`).toEqual([])
        expect(await surplusWidth(page), `${path} ${width}`).toBe(0)
      }
    }
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test('unfolds and leads on', async ({ page }) => {
      await page.goto(url(pages[1] ?? ''))
      const article = page.getByRole('article').first()
      await article.getByText('やってみる').click()
      await expect(article.getByText('npm run demo:')).toBeVisible()
      await page.getByRole('link', { name: /^次/ }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(sections[1]?.title.ja ?? '')
    })
  })
})

test.describe('the index of all scenarios', () => {
  test('says how to build the documentation, and shows it once it is there', async ({ page }, testInfo) => {
    const folder = testInfo.outputPath('docs')
    mkdirSync(folder)
    const listening = await listen(openIndex(folder).handler, 0)
    const errors = noticeErrors(page)
    await page.goto(`http://localhost:${listening?.port}/`)
    await expect(page.getByText('npm run docs')).toBeVisible()

    const { results, info } = run()
    writeFileSync(join(folder, resultFiles.results), JSON.stringify(results))
    writeFileSync(join(folder, resultFiles.run), JSON.stringify(info))
    writeSite({ results, info }, siteIn(folder))
    await page.reload()
    await expect(page.getByRole('region', { name: '文書と判定' })).toContainText('条件つき 1文')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '判定と証拠を読む' }).click()
    await expect(page.getByRole('heading', { name: '見つかったこと' })).toBeVisible()
    await page.getByRole('region', { name: '見つかったこと' }).getByRole('link').first().click()
    await expect(page.getByRole('article', { name: statements[2].ja })).toContainText('成り立たない')
    expect(errors).toEqual([])
    await listening?.close()
  })
})

test.describe('the lab page', () => {
  test.use({ app: 'counter' })

  test('has the statements of its scenario, each under its id', async ({ page }) => {
    const own = statements.filter(({ scenario }) => scenario === 'counter')
    await page.goto(`/__lab/#${own[0]?.id}`)
    const section = page.getByRole('region', { name: 'このシナリオで確かめられる文' })
    await expect(section.locator('li')).toHaveCount(own.length)
    for (const { id, ja } of own) await expect(page.locator(`[id="${id}"]`)).toContainText(ja)
    await expect(page.locator(`[id="${own[0]?.id}"]`)).toBeInViewport()
  })
})
