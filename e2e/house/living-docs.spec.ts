import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import express from 'express'
import { createNames, diagnoses } from '#inspector'
import { root } from '../../common/places.ts'
import type { Evidence, SeenRow } from '../../docs-site/results/evidence.ts'
import { type Proof, proofAnnotation } from '../../docs-site/results/proof.ts'
import { plainMessage, publishable } from '../../docs-site/results/publishable.ts'
import { countStandings, makeResults, type ObservedTest } from '../../docs-site/results/results.ts'
import { type Run, readRun, resultFiles, siteIn } from '../../docs-site/results/run-files.ts'
import { makeRunInfo } from '../../docs-site/results/run-info.ts'
import { showEvidence } from '../../docs-site/site/evidence-view.ts'
import { findEnds, findLifetime } from '../../docs-site/site/lifetimes.ts'
import { compareStores, wasRun } from '../../docs-site/site/matrix-data.ts'
import { drawLifetimes } from '../../docs-site/site/picture.ts'
import { writeSite } from '../../docs-site/site/site.ts'
import { appSource, settingsOf } from '../../docs-site/site/sources.ts'
import { statementView } from '../../docs-site/site/statement-view.ts'
import { docsWords } from '../../docs-site/site/words.ts'
import { fromToFile, versionsFile } from '../../docs-site/versions/files.ts'
import { versionWords } from '../../docs-site/versions/words.ts'
import { listen } from '../../lab/http/listen.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import type { Lab } from '../../lab/site.ts'
import { findings, sections, statements } from '../../statements/index.ts'
import { expect, inlineApp } from '../support/fixtures.ts'
import { noticeErrors, overflow, show, test, violations } from '../support/look.ts'
import { runNode } from '../support/own-process.ts'
import { sampleVersions } from '../support/sample-versions.ts'
import { linesOfApp, linesOfProof } from '../support/source-range.ts'
import { parseSetCookie } from '../support/wire.ts'

/** A finding of this lab, in whose words nothing has to be escaped. */
function found() {
  const one = findings.find(({ id }) => id === 'finding.first-cookie-of-the-name-counts')
  if (!one) throw new Error('no finding')
  return one
}

/** The first statements of the catalogue, which stand on one page. */
function statementAt(index: number) {
  const found = statements[index]
  if (!found) throw new Error(`no statement ${index}`)
  return found
}
const [first, second, third, fourth] = [statementAt(0), statementAt(1), statementAt(2), statementAt(3)]

const aFinding = found()

const sid = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const line = `counter.sid=s%3A${sid}.x; Path=/; Expires=Sun, 22 Nov 2026 04:50:46 GMT; HttpOnly; SameSite=Lax`
const row = {
  sid,
  data: '{"cookie":{"originalMaxAge":10000,"path":"/"},"count":1}',
  expires: Date.parse('2026-11-22T04:50:49Z'),
}
const call = { method: 'get' as const, sid, data: null, error: null }
const exchange = {
  method: 'GET',
  url: '/?<script>',
  cookie: `counter.sid=s%3A${sid}.x`,
  status: 302,
  location: '/',
  setCookie: [line],
  calls: [call],
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

/** Evidence of every kind. */
const evidence: Evidence[] = [
  { kind: 'setCookie', label: 'Set-Cookie', value: [line] },
  { kind: 'setCookie', label: 'none', value: [] },
  { kind: 'row', label: 'row', value: [row] },
  { kind: 'row', label: 'row before and after', value: [row, null] },
  { kind: 'cookie', label: 'cookie', value: [jarCookie] },
  { kind: 'exchange', label: 'exchange', value: [exchange] },
  { kind: 'calls', label: 'store calls', value: [call] },
  { kind: 'json', label: 'log', value: 'one\ntwo' },
  { kind: 'json', label: 'counts', value: ['0', '1'] },
  { kind: 'json', label: 'null', value: null },
  {
    kind: 'json',
    label: 'anything',
    value: { deep: { deeper: { deepest: [{ a: 1 }] } }, rowAfter: row.expires, '<b>': '<i>' },
  },
]

const spec = 'e2e/scenarios/counter.spec.ts'
const proveLine = readFileSync(join(root, spec), 'utf8')
  .split('\n')
  .findIndex((text) => text.startsWith('prove('))

const counter = { kind: 'file', scenario: 'counter', variant: 'app' } as const

function observed(
  id: string,
  verdict: ObservedTest['verdict'],
  more: Partial<ObservedTest> = {},
): ObservedTest[] {
  const proof: ObservedTest = {
    ids: [id],
    role: 'proof',
    app: counter,
    verdict,
    title: `proof of ${id}`,
    file: spec,
    line: proveLine + 1,
    source: { file: spec, line: proveLine + 1, lastLine: proveLine + 3 },
    status: 'passed',
    message: '',
    duration: 1200,
    evidence,
  }
  return [
    { ...proof, ...more },
    {
      ...proof,
      role: 'counter-example',
      app: { ...counter, variant: 'rolling' },
      message: 'expect(1).toBe(2)',
      evidence: [],
    },
  ]
}

/** A run with statements of every standing, whatever the catalogue says today. */
function run(): Run {
  const tests = [
    ...observed(first.id, 'holds'),
    ...observed(second.id, 'condition', {
      app: { kind: 'inline', scenario: 'counter', name: 'an app in a test', source: [] },
    }),
    ...observed(third.id, 'does-not-hold'),
    ...observed(fourth.id, 'holds', { status: 'failed' }),
  ]
  const verdicts = new Map(tests.map(({ ids, verdict }) => [ids[0], verdict]))
  const catalogue = statements.map((statement) => {
    const verdict = verdicts.get(statement.id)
    return { ...statement, ...(verdict && { verdict }) }
  })
  const results = makeResults(tests, catalogue)
  const ofFindings = makeResults(observed(aFinding.id, 'holds'), findings)
  return {
    results,
    findings: ofFindings,
    info: makeRunInfo(results, { passed: 7, failed: 1, skipped: 0 }, 'Chromium 1.2'),
  }
}

test.describe('results', () => {
  test('have one entry for every statement, in the order of the catalogue', () => {
    const { results } = run()
    expect(results.map(({ id }) => id)).toEqual(statements.map(({ id }) => id))
    expect(results[0]).toMatchObject({
      verdict: 'holds',
      status: 'passed',
      tests: [{ file: spec, line: proveLine + 1, app: counter, status: 'passed', duration: 1200, evidence }],
      counterExamples: [
        { app: { variant: 'rolling' }, failedAsExpected: true, message: 'expect(1).toBe(2)' },
      ],
    })
  })

  test('of a proof that fails have no evidence, and its verdict is not counted', () => {
    const { results } = run()
    expect(results[3]).toMatchObject({ status: 'failed', tests: [{ evidence: [] }] })
    const counts = countStandings(results)
    expect(counts).toMatchObject({ failed: 1, condition: 1, 'does-not-hold': 1 })
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(statements.length)
  })

  test('say nothing about this computer alone, and stay short', () => {
    expect(publishable({ a: [`${root}apps/x.ts`, `\u001b[31mred\u001b[39m`] })).toEqual({
      a: ['./apps/x.ts', 'red'],
    })
    expect(JSON.stringify(publishable('x'.repeat(100_000))).length).toBeLessThan(5_000)
    expect(publishable(Array(61).fill('x'))).toHaveLength(61)
    expect(publishable(Array(62).fill({ sid }))).toEqual(Array(60).fill({ sid }))
    const message = plainMessage(
      `\u001b[2mexpect(\u001b[22m1)\n${'line\n'.repeat(100)}Call log:\n  - waiting`,
    )
    expect(message).toMatch(/^expect\(1\)/)
    expect(message.split('\n').length).toBeLessThan(30)
    expect(message).not.toContain('Call log')
  })

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  test('are checked when they are read: which file, where in it, and what to do', ({}, testInfo) => {
    const { results, findings: own, info } = run()
    const folder = testInfo.outputPath('results')
    mkdirSync(folder)
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
    write(resultFiles.run, JSON.stringify(info))
    write(resultFiles.results, JSON.stringify(results))
    expect(readRun(folder)).toEqual({ results, findings: [], info }) // of a run before there were any
    write(resultFiles.findings, JSON.stringify(own))
    expect(readRun(folder)).toEqual({ results, findings: own, info })
    const inWords = (what: string) => new RegExp(`results\\.json .*${what}.*npm test .*\n.*results\\.json is`)
    write(resultFiles.results, JSON.stringify(results).replace('"kind":"row"', '"kind":"rows"'))
    expect(() => readRun(folder)).toThrow(inWords('0\\.tests\\.0\\.evidence\\.2\\.kind'))
    write(resultFiles.results, '[{')
    expect(() => readRun(folder)).toThrow(inWords('JSON'))
  })

  test('are written by a whole run, which is red for the rest of the catalogue', async ({
    browser,
  }, testInfo) => {
    // the reporter finds the browser of the run here
    testInfo.annotations.push({ type: 'browser', description: `Chromium ${browser.version()}` })
    test.slow() // a Playwright in a Playwright
    const folder = testInfo.outputPath('tiny')
    const code = await runPlaywright(folder, first.id)
    const written = readRun(folder)
    expect(written?.results).toHaveLength(statements.length)
    expect(written?.results[0]).toMatchObject({
      id: first.id,
      section: first.section,
      status: 'passed',
      tests: [
        {
          ...{ title: 'one is one', file: spec, line: proveLine + 1, status: 'passed' },
          source: { file: spec, line: proveLine + 1 },
          app: { scenario: 'one' },
          evidence: [{ kind: 'json', label: 'seen', value: [1] }],
        },
      ],
      counterExamples: [{ app: { scenario: 'two' }, failedAsExpected: true }],
    })
    expect(written?.results[0]?.counterExamples[0]?.message).toContain('expect(received).toBe(expected)')
    expect(written?.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id))
    expect(written?.info).toMatchObject({
      versions: { node: process.versions.node, browser: 'Chromium 1.2.3' },
      tests: { passed: 2, failed: 1, skipped: 0 },
    })
    expect(code.status).toBe(1)
    expect(code.output).toContain('no-such-statement: ')
    expect(code.output).toMatch(
      /did not fail by its assertion: .*fails before it claims anything\n.*none is not/,
    )
    expect(code.output).toMatch(/^2 passed, \d+ failed$/m)
  })
})

/** Runs Playwright on a spec of a proof and its counter-example that leaves its results in `folder`. */
async function runPlaywright(folder: string, id: string): Promise<{ status: number | null; output: string }> {
  const annotations = (role: Proof['role'], scenario: string) =>
    JSON.stringify([
      proofAnnotation({
        statements: [id, 'no-such-statement'],
        verdict: 'holds',
        role,
        app: { kind: 'file', scenario, variant: 'app' },
        source: { file: spec, line: proveLine + 1 },
      }),
      { type: 'browser', description: 'Chromium 1.2.3' },
    ])
  writeFileSync(
    `${folder}.spec.mjs`,
    `import { expect, test } from 'playwright/test'
import { keepExpectedFailure } from ${JSON.stringify(pathToFileURL(join(root, 'e2e/support/expected-failure.ts')).href)}
test('one is one', { annotation: ${annotations('proof', 'one')} }, async ({}, testInfo) => {
  await testInfo.attach('seen', { body: '{"kind":"json","label":"seen","value":[1]}', contentType: 'application/json' })
  expect(1).toBe(1)
})
test.describe('counter-example', () => {
  test.afterEach(({}, testInfo) => keepExpectedFailure(testInfo))
  test.fail('one is one', { annotation: ${annotations('counter-example', 'two')} }, () => expect(2).toBe(1))
  test.fail('fails before it claims anything', () => none.of.it)
})
`,
  )
  const config = `${folder}.config.mjs`
  const reporter = join(root, 'e2e/support/reporter.ts')
  writeFileSync(
    config,
    `export default { testMatch: 'tiny.spec.mjs', reporter: [[${JSON.stringify(reporter)}]], workers: 1 }\n`,
  )
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')
  const run = await runNode([cli, 'test', '--config', config, '--output', `${folder}-out`], {
    env: { LAB_WHOLE_RUN: '1', LAB_DOCS_FOLDER: folder, FORCE_COLOR: '0' },
  })
  return { status: await run.ended, output: run.output() }
}

test('evidence is kept by its kind, in order, without what no page shows', async ({ evidence }, testInfo) => {
  const more = { ...exchange, id: 7, client: { host: 'localhost', userAgent: 'x' } }
  await evidence.exchange('two', [more, undefined])
  await evidence.setCookie('taken apart', parseSetCookie(line))
  await evidence.row('none', undefined)
  await evidence.json('nothing', undefined)
  const kept = testInfo.attachments.map(({ body }) => JSON.parse(String(body)))
  expect(kept).toEqual([
    { kind: 'exchange', label: 'two', value: [exchange, null] },
    { kind: 'setCookie', label: 'taken apart', value: [line] },
    { kind: 'row', label: 'none', value: [] },
    { kind: 'json', label: 'nothing', value: null },
  ])
})

test('evidence is shown by its parts and never as JSON: a sid by its name, a session member by member', () => {
  const seeing = { words: docsWords.en, names: createNames() }
  const rows = {
    kind: 'json' as const,
    label: 'alike',
    value: [
      { read: 1, id: sid },
      { read: 2, id: null },
    ],
  }
  const text = [...evidence, rows].map((each) => showEvidence(each, seeing).html).join('\n')
  expect(text).not.toMatch(/[{[]\s*(?:"|&quot;)/)
  expect(text.match(/#\d+ \w+/g)).toEqual(Array(9).fill('#1 AAAA'))
  expect(text).toContain('<b>count</b>: 1')
  expect(text).toContain('<th scope="col">read</th><th scope="col">id</th>')
  expect(text).toContain('/?&lt;script&gt;')
})

test.describe('a picture of the lives of cookie and row', () => {
  const cookie = (expires: number): Evidence => ({
    kind: 'cookie',
    label: '',
    value: [{ ...jarCookie, expires }],
  })
  const lasting = cookie(row.expires / 1000 - 3)
  const rows = (...value: SeenRow[]): Evidence => ({ kind: 'row', label: '', value })
  const pictureOf = (...seen: Evidence[]) =>
    drawLifetimes(findEnds(seen), findLifetime(seen), docsWords.en)?.html

  test('has both ends, and how far they are apart', () => {
    expect(pictureOf(lasting, rows(row))).toContain('Cookie 04:50:46.000 (±0 s); row 04:50:49.000 (+3 s)')
    expect(
      pictureOf(
        { kind: 'setCookie', label: '', value: [line] },
        rows(row, { ...row, expires: row.expires + 5000 }),
      ),
    ).toContain('(+8 s)')
  })

  test('is not drawn where an end is missing, or of two sessions', () => {
    expect(pictureOf(rows(row))).toBeUndefined()
    expect(pictureOf(cookie(-1), rows(row))).toBeUndefined()
    expect(pictureOf(lasting, rows({ ...row, sid: 'another' }))).toBeUndefined()
  })
})

test.describe('the code of a proof', () => {
  const text = `import x from 'x'

const made = inlineApp({ name: 'a { bracket', text: /[({]/ })
function factory(name: string): Partial<App>
{
// laid out as nobody would
if (name) return inlineApp({ name,
text: \`\${x({ a: '}' })} (\` })
return made
}
const other: Partial<App> =
  factory('x') as Partial<App>
const last = 1

for (const name of ['a', 'b']) {
  prove([name], 'title', { holdsIn: factory(name), failsIn: made }, () => {})
}
describe('x', () => {
  const inner = inlineApp({ name: 'y' })
  prove(
    ['c'], 'title',
    { holdsIn: inner, failsIn: inlineApp({ name: 'z' }) },
  )
})
`
  const proofAt = (line: number) => linesOfProof(text, line)
  const appAt = (line: number, proof: number) => linesOfApp(text, line, proof)

  test('is its call, or the loop around it', () => {
    expect(proofAt(16)).toMatchObject({ first: 15, last: 17 })
    expect(proofAt(20)).toMatchObject({ first: 20, last: 23 })
  })

  test('is where its app is made, however that is laid out, unless that is in the proof itself', () => {
    expect(appAt(3, 16)).toMatchObject({ first: 3, last: 3 })
    expect(appAt(7, 16)).toMatchObject({ first: 4, last: 10 })
    expect(appAt(12, 16)).toMatchObject({ first: 11, last: 12 })
    expect(appAt(19, 20)).toMatchObject({ first: 19, last: 19 })
    expect(appAt(22, 20)).toBeUndefined()
  })

  test('is told by prove and by inlineApp, and found in every spec', async () => {
    const make = () => inlineApp({ scenario: 'counter', name: 'made here', createApp: express })
    const own = readFileSync(join(root, 'e2e/house/living-docs.spec.ts'), 'utf8').split('\n')
    const [inner, outer] = make().madeAt
    expect(inner?.file).toBe('e2e/house/living-docs.spec.ts')
    expect(own[(inner?.line ?? 0) - 1]).toContain("name: 'made here'")
    expect(own[(outer?.line ?? 0) - 1]).toContain('make().madeAt')
    const specs = readdirSync(join(root, 'e2e'), { recursive: true, encoding: 'utf8' })
    for (const file of specs.filter((name) => name.endsWith('.spec.ts'))) {
      if (file.endsWith('living-docs.spec.ts')) continue // it has some in a text
      const source = readFileSync(join(root, 'e2e', file), 'utf8')
      for (const [index, each] of source.split('\n').entries()) {
        if (!/^\s*prove\($/.test(each)) continue
        const found = linesOfProof(source, index + 1)
        const last = source.split('\n')[(found?.last ?? 0) - 1]
        expect(last, `${file}:${index + 1}`).toMatch(/^\s*[)}]$/)
      }
    }
  })

  test('is shown from its file', () => {
    expect(appSource({ ...counter, variant: 'rolling' })).toMatchObject({
      file: 'apps/counter/rolling.ts',
      line: 1,
    })
    expect(appSource({ kind: 'file', scenario: '..', variant: 'package' })).toBeUndefined()
    const range = { file: spec, line: proveLine + 2, lastLine: proveLine + 3 }
    const lines = readFileSync(join(root, spec), 'utf8')
      .split('\n')
      .slice(proveLine + 1, proveLine + 3)
    const app = { kind: 'inline' as const, scenario: 'counter', name: 'a name' }
    expect(appSource({ ...app, source: [] })).toBeUndefined()
    expect(appSource({ ...app, source: [range] })).toEqual({
      file: spec,
      line: range.line,
      text: lines.map((each) => each.trimStart()).join('\n'),
    })
  })
})

test('a counter-example of the same code shows the settings that differ, and not the code again', () => {
  const file = 'e2e/scenarios/secure-proxy.spec.ts'
  const text = readFileSync(join(root, file), 'utf8')
  const at = text.split('\n').findIndex((each) => each.includes('cookie.secure.boolean-controls-attribute'))
  const helper = text.split('\n').findIndex((each) => each.startsWith('const inline ='))
  const proof = linesOfProof(text, at)
  const source = { file, line: proof?.first ?? 0, lastLine: proof?.last ?? 0 }
  expect(settingsOf(source)?.text).toMatch(/^holdsIn: inline\(.*\),\nfailsIn: inline\(.*\),$/)
  const app = (name: string) => ({
    ...{ kind: 'inline' as const, scenario: 'secure-proxy', name },
    source: [{ file, line: helper + 1, lastLine: helper + 3 }],
  })
  const [right, wrong] = observed(first.id, 'holds', { app: app('one'), source })
  if (!right || !wrong) throw new Error('no proof')
  const [result] = makeResults([right, { ...wrong, app: app('other') }], [first])
  if (!result) throw new Error('no result')
  const shown = statementView(first, result, 'en').html
  expect(shown.split('const inline =')).toHaveLength(2)
  for (const name of ['one', 'other']) expect(shown).toContain(`<dd lang="en">${name}</dd>`)
  expect(shown.split('failsIn: inline(').length).toBe(3) // in the test, and where the code does not differ
})

test.describe('the site', () => {
  test.describe.configure({ mode: 'default' }) // the site is written once, and only read
  let folder: string
  let size: number
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-site-'))
    size = writeSite(run(), folder, versions)
  })
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const url = (path: string) => pathToFileURL(join(folder, path)).href
  const versions = sampleVersions(first.id, second.id, third.id)
  const pages = [
    ...['ja/index.html', `ja/${sections[0]?.slug}.html`, 'ja/findings.html'],
    ...[`ja/${versionsFile}`, `en/${fromToFile}`],
  ]

  test('every link leads to a file and a place in it, and nothing is inline that a strict CSP refuses', () => {
    expect(size).toBeLessThan(15e6)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    )
    const own =
      ['index', 'matrix', 'findings', 'troubles', 'search'].length +
      diagnoses.length +
      compareStores().filter(wasRun).length +
      2 * versions.results.stacks.length +
      ['releases', 'comparison'].length
    expect(files).toHaveLength(1 + 2 * (own + sections.length))
    const texts = new Map(files.map((file) => [join(folder, file), readFileSync(join(folder, file), 'utf8')]))
    const broken: string[] = []
    for (const [file, text] of texts) {
      expect(text).not.toMatch(
        /<script(?! src="[^"]+" defer><\/script>| type="application\/json")|\sstyle=|\son\w+=/,
      )
      for (const [, href = ''] of text.matchAll(/\shref="([^"]*)"/g)) {
        if (/^https?:/.test(href)) continue
        const [path = '', id] = href.split('#')
        const target = path === '' ? file : resolve(dirname(file), path.replace(/\?.*/, ''))
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
    await page.waitForURL('**/en/index.html') // as this browser prefers
    await page.getByRole('link', { name: '日本語' }).click()
    await page.goto(url('index.html'))
    await page.waitForURL('**/ja/index.html') // as its reader has chosen
    const byVerdict = page.getByRole('region', { name: '判定ごとの文' })
    const listed = byVerdict.getByRole('listitem')
    for (const [index, { ja }] of [fourth, third, second].entries()) {
      await expect(listed.nth(index)).toContainText(ja)
    }
    await byVerdict.getByLabel('判定').selectOption('条件つき')
    await expect(listed).toHaveCount(1)
    await byVerdict.getByLabel('判定').selectOption('すべて')
    await byVerdict.getByLabel('文字で絞り込む').fill(second.ja.slice(0, 20).toUpperCase())
    await expect(byVerdict.getByRole('status')).toHaveText(`1 / ${statements.length}`)
    await expect(listed).toContainText([second.ja])
    await byVerdict.getByRole('button', { name: 'すべて表示' }).press('Enter')
    await expect(byVerdict.getByRole('status')).toHaveText(`${statements.length} / ${statements.length}`)
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

  test('shows the findings of this lab apart, with their proofs, and links them from their sections', () => {
    const read = (file: string) => readFileSync(join(folder, file), 'utf8')
    const [article = ''] = read('ja/findings.html').split(`id="${aFinding.id}"`).slice(1)
    expect(article).toContain(aFinding.title.ja)
    expect(article).toContain(aFinding.ja)
    expect(article.split('</article>')[0]).toContain(docsWords.ja.failedAsExpected)
    expect(read(`en/${aFinding.section}.html`)).toContain(`<a href="findings.html#${aFinding.id}">`)
    for (const { slug } of sections) expect(read(`ja/${slug}.html`)).not.toContain(aFinding.ja)
    expect(read('en/search.html')).toContain(`"findings.html#${aFinding.id}"`)
  })

  test('compares the two releases that are chosen, under an address that chooses them again', async ({
    page,
  }) => {
    const errors = noticeErrors(page)
    await page.goto(url(`ja/${versionsFile}`))
    await page.getByRole('link', { name: /^1\.15\.6.*から1\.19\.0/ }).click()
    const turned = page.locator('#difference .turns > li')
    await expect(turned).toContainText([second.ja, first.ja, third.ja])
    await page.getByRole('group', { name: '変更後' }).getByLabel('リリース').selectOption('1.0.0')
    await expect(turned).toContainText([first.ja])
    await page.goto(
      await page
        .getByRole('link', { name: 'この比較へのリンク' })
        .evaluate((a) => (a as HTMLAnchorElement).href),
    )
    await expect(page.getByLabel('リリース').nth(1)).toHaveValue('1.0.0')
    await page.locator('#difference').getByRole('link', { name: first.ja }).click()
    const badges = page
      .getByRole('article', { name: first.ja })
      .getByRole('list', { name: 'express-sessionのリリース' })
    await expect(badges).toContainText('1.16.0から成り立つ')
    await badges.getByRole('link', { name: '表で見る' }).click()
    await expect(page.getByRole('row').filter({ hasText: first.ja })).toBeInViewport()
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
        expect(await overflow(page), `${path} ${width}`).toBe(0)
      }
    }
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test('unfolds and leads on', async ({ page }) => {
      await page.goto(url(pages[0] ?? ''))
      await expect(page.getByLabel('文字で絞り込む')).toBeHidden()
      const unconfirmed = page.getByRole('listitem').filter({ hasText: statements.at(-1)?.ja ?? '' })
      await expect(unconfirmed).toBeHidden()
      await page.getByRole('link', { name: '未確認' }).click()
      await expect(unconfirmed).toBeVisible()
      await page.goto(url(`ja/${fromToFile}`))
      await expect(page.getByRole('listitem').filter({ hasText: first.ja })).toBeVisible()
      await expect(page.getByRole('combobox')).toHaveCount(0)
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
  test('says how to build the documentation, and shows it once it is there', async ({
    page,
    warmPage,
  }, testInfo) => {
    const folder = testInfo.outputPath('docs')
    mkdirSync(folder)
    const index = openIndex(folder)
    index.add({
      scenario: { slug: third.scenario },
      sites: [{ url: 'http://localhost:1/' }],
    } as unknown as Lab)
    const listening = await listen(index.handler, 0)
    const errors = noticeErrors(page)
    await page.goto(`http://localhost:${listening?.port}/`)
    await expect(page.getByText('npm run docs')).toBeVisible()
    const sentence = `http://localhost:${listening?.port}/sentences/${third.id}?lang=en`
    await page.goto(sentence)
    await expect(page.getByText('npm run docs')).toBeVisible()
    await page.goto(`http://localhost:${listening?.port}/?lang=ja`) // the language of the last address is kept

    const { results, info } = run()
    writeFileSync(join(folder, resultFiles.results), JSON.stringify(results))
    writeFileSync(join(folder, resultFiles.run), JSON.stringify(info))
    writeSite({ results, findings: [], info }, siteIn(folder))
    await page.reload()
    await expect(page.getByRole('region', { name: '公式ドキュメントと判定' })).toContainText('条件つき 1文')
    await show(warmPage, await page.content(), page.url())
    expect(await violations(warmPage)).toEqual([])
    await expect(page.getByRole('link', { name: versionWords.ja.toVersions })).toHaveAttribute(
      'href',
      `/__lab/docs/ja/${versionsFile}`,
    )
    await page.getByRole('link', { name: '判定と証拠を読む' }).click()
    await page.getByRole('link', { name: third.ja }).click()
    const article = page.getByRole('article', { name: third.ja })
    await expect(article).toContainText('成り立たない')
    await article.getByText('やってみる').click()
    const inLab = `http://localhost:${listening?.port}/go/${third.scenario}#${third.id}`
    await expect(article.getByRole('link', { name: inLab })).toHaveAttribute(
      'href',
      inLab.replace(/^.*(?=\/go)/, ''),
    )
    await expect(article.getByText('npm run demo:')).toHaveCount(0)
    await page.goto(sentence)
    await expect(page.getByRole('article', { name: third.en })).toBeInViewport()
    const [finding] = findings
    if (!finding) throw new Error('no finding')
    await page.goto(sentence.replace(third.id, finding.id))
    await expect(page.locator(`[id="${finding.id}"]`)).toBeInViewport()
    expect(errors).toEqual([])
    await listening?.close()
  })
})

test.describe('the lab page', () => {
  test.use({ app: 'counter' })

  test('of a lab with an index leads from each statement to its evidence, in the inspector too', async ({
    demo,
    request,
  }) => {
    const own = statements.filter(({ scenario }) => scenario === 'counter')
    expect(await (await request.get('/__lab/')).text()).not.toContain('/sentences/')
    Object.assign(demo.lab, { indexUrl: 'http://localhost:1/' })
    const text = await (await request.get('/__lab/?lang=en')).text()
    const beside = findings.filter(({ scenario }) => scenario === 'counter')
    for (const { id } of [...own, ...beside])
      expect(text).toContain(`href="http://localhost:1/sentences/${id}?lang=en"`)
    await request.get('/')
    const panel = await (await request.get('/__lab/inspector/panel?lang=en')).text()
    const named = [...panel.matchAll(/<span class="statement">[^:]+: (.+?)<\/span>/g)].map(([, name]) => name)
    const linked = statements.map(
      ({ id }) => `<a href="http://localhost:1/sentences/${id}?lang=en"><code>${id}</code></a>`,
    )
    expect(named).not.toEqual([])
    expect(linked).toEqual(expect.arrayContaining(named))
  })

  test('has the statements of its scenario, each under its id', async ({ page }) => {
    const own = statements.filter(({ scenario }) => scenario === 'counter')
    await page.goto(`/__lab/#${own[0]?.id}`)
    const section = page.getByRole('region', { name: 'このシナリオで確かめられる文' })
    await expect(section.locator('li')).toHaveCount(own.length)
    const beside = findings.filter(({ scenario }) => scenario === 'counter')
    const others = page.locator('#findings')
    await expect(others.locator('li')).toHaveText(beside.map(({ ja }) => new RegExp(ja)))
    for (const { id, ja } of own) await expect(page.locator(`[id="${id}"]`)).toContainText(ja)
    await expect(page.locator(`[id="${own[0]?.id}"]`)).toBeInViewport()
  })
})
