import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright/test'
import type { Finding } from '#store-contract'
import { claims } from '#store-contract'
import { makeResults } from '../../docs-site/results/results.ts'
import { makeRunInfo } from '../../docs-site/results/run-info.ts'
import { answers, fitnessOf, ranked } from '../../docs-site/site/matrix-answer.ts'
import { compareStores, evidenceFile, matrixFile, wasRun } from '../../docs-site/site/matrix-data.ts'
import { storePage } from '../../docs-site/site/matrix-evidence.ts'
import { matrixWords } from '../../docs-site/site/matrix-words.ts'
import { writeSite } from '../../docs-site/site/site.ts'
import { listed } from '../../matrix/listed.ts'
import { readResults } from '../../matrix/results.ts'
import { sectionOf, statements } from '../../statements/index.ts'
import { expect, test } from '../support/fixtures.ts'
import { noticeErrors, overflow, violations } from '../support/look.ts'

const run = compareStores().filter(wasRun)

test('the answer for a database is its best store as measured, the good ones first, and follows the data', () => {
  const best = ranked(run)
  const fitness = best.map(fitnessOf)
  expect(fitness.lastIndexOf('good')).toBeLessThan(fitness.indexOf('limited'))
  expect(fitness.lastIndexOf('limited')).toBeLessThan(fitness.indexOf('unfit'))
  const inSqlite = (stores: typeof run) =>
    /<b>SQLite<\/b>\s*<span><span class="sign is-([\w-]+)">.*?<a href="([^"]+)"/s.exec(
      answers(stores, 'en').html,
    )
  const sqliteWith = (summary: Partial<(typeof run)[number]['summary']>) =>
    run.map((store) =>
      store.listed.name === 'connect-sqlite3'
        ? { ...store, summary: { ...store.summary, ...summary } }
        : store,
    )
  const [, tone, file] =
    inSqlite(
      sqliteWith({ works: true, resaveFalseIsSafe: 'yes', expiry: 'yes', persistent: 'yes', faults: [] }),
    ) ?? []
  expect([tone, file]).toEqual(['holds', evidenceFile('connect-sqlite3')])
  const forgetful = sqliteWith({ persistent: 'no' })
  expect(inSqlite(forgetful)?.[2]).toBe(evidenceFile('better-sqlite3-session-store'))
  const only = forgetful.filter(({ listed: { name } }) => name === 'connect-sqlite3')
  expect(inSqlite(only)?.[1]).toBe('condition')
  const faults = only[0]?.summary.faults.length ?? 0
  expect(faults).toBeGreaterThan(0)
  expect(answers(only, 'en').html).toContain(`Restart: gone · Faults: ${faults}`)
  expect(answers(compareStores(), 'en').html).toMatch(/No answer.*MongoDB/)
})

test('a claim that is newer than the last run of a store is not measured yet, and no fault', () => {
  const results = readResults()
  const connectRedis = results.stores.filter(({ name }) => name === 'connect-redis')
  for (const language of ['ja', 'en'] as const) {
    const { word } = matrixWords[language].notMeasured
    const textWith = (found: Readonly<Record<string, Finding>>) => {
      const stores = connectRedis.map((store) => ({ ...store, found }))
      const compared = compareStores({ ...results, stores }).filter(wasRun)
      expect(compared.flatMap(({ summary }) => summary.faults)).toEqual([])
      return compared.map((store) => storePage(store, language).html).join('')
    }
    const all = Object.fromEntries(claims.map(({ id }) => [id, { answer: 'yes', evidence: null } as const]))
    expect(textWith(all)).not.toContain(word)
    const { 'touch.in-use': _, ...older } = all
    expect(textWith(older).split(word)).toHaveLength(2)
  }
})

test('a fault is told as a report to the author: steps, what happened, what should be', () => {
  const results = readResults()
  const [store] = results.stores.filter(({ name }) => name === 'connect-redis')
  const fault = { ja: '写しを取らない', en: 'it keeps no copy' }
  const stores = store
    ? [{ ...store, found: { 'data.copy': { answer: 'no', instead: fault, evidence: 'seen' } as const } }]
    : []
  for (const language of ['ja', 'en'] as const) {
    const { mend, report } = matrixWords[language]
    const compared = compareStores({ ...results, stores }).filter(wasRun)
    const text = compared.map((one) => storePage(one, language).html).join('')
    const claim = claims.find(({ id }) => id === 'data.copy')
    const [, inReport = ''] = text.split(mend)
    const parts = [
      report.steps,
      'push',
      report.happened,
      fault[language],
      report.should,
      claim?.title[language] ?? '-',
    ]
    const places = parts.map((part, n) =>
      inReport.indexOf(part, n === 3 ? inReport.indexOf(report.happened) : 0),
    )
    expect(Math.min(...places), text).toBeGreaterThan(0)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  }
})

test.describe('the page of the stores', () => {
  test.describe.configure({ mode: 'default' }) // the site is written once, and only read
  let folder: string
  const url = (language: string) => pathToFileURL(join(folder, language, matrixFile)).href
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-site-'))
    const results = makeResults([], statements)
    const info = makeRunInfo(results, { passed: 0, failed: 0, skipped: 0 }, null)
    writeSite({ results, findings: [], info }, folder)
  })
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const table = (page: Page) => page.getByRole('group', { name: matrixWords.ja.table })
  const names = (page: Page) => table(page).getByRole('rowheader').getByRole('link').allTextContents()

  test('has every listed store once: run with its verdicts, or not run with the reason', async ({ page }) => {
    await page.goto(url('ja'))
    expect(await names(page)).toEqual(ranked(run).map((store) => store.listed.name))
    const others = page.getByRole('group', { name: matrixWords.ja.notRun }).getByRole('row')
    expect((await others.count()) - 1 + run.length).toBe(listed.length)
    for (const text of await others.allTextContents()) expect(text.trim()).not.toMatch(/–$/)
  })

  test('leads from each verdict to what it rests on', async ({ page }) => {
    await page.goto(url('ja'))
    const row = table(page).getByRole('row').filter({ hasText: 'connect-redis' })
    await row.getByRole('link', { name: /安全|欠陥/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^connect-redis /)
    await expect(page.getByRole('heading', { name: 'touch', exact: true })).toBeInViewport()
    await expect(page.getByText('npm run stores:matrix -- --only connect-redis')).toBeVisible()
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('link', { name: matrixWords.en.backToTable }).click()
    await expect(page.getByRole('heading', { level: 1, name: matrixWords.en.title })).toBeVisible()
  })

  test('is sorted by keyboard, up and down, and says so', async ({ page }) => {
    const errors = noticeErrors(page)
    await page.goto(url('ja'))
    await expect(page.getByText(matrixWords.ja.tableNote)).toBeVisible()
    const heading = table(page).getByRole('columnheader', { name: matrixWords.ja.columns.faults })
    await heading.getByRole('button').press('Enter')
    await expect(heading).toHaveAttribute('aria-sort', 'ascending')
    const faults = () =>
      table(page)
        .locator('td.number')
        .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-sort'))))
    const sorted = await faults()
    expect(sorted).toEqual(sorted.toSorted((one, other) => one - other))
    await heading.getByRole('button').press('Enter')
    await expect(heading).toHaveAttribute('aria-sort', 'descending')
    expect(await faults()).toEqual(sorted.toReversed())
    const byName = table(page).getByRole('columnheader', { name: matrixWords.ja.columns.store })
    await byName.getByRole('button').press('Enter')
    await expect(heading).not.toHaveAttribute('aria-sort')
    expect(await names(page)).toEqual(
      [...(await names(page))].sort(new Intl.Collator('ja', { numeric: true }).compare),
    )
    expect(errors).toEqual([])
  })

  test('is filtered by the database, answer and table alike', async ({ page }) => {
    await page.goto(url('ja'))
    await page.getByLabel(matrixWords.ja.columns.needs).selectOption('Redis')
    await expect(page.locator('.answers li:visible')).toHaveCount(1)
    expect(await names(page)).toEqual(['connect-redis'])
    await expect(page.getByRole('status')).toHaveText(`1 / ${run.length}`)
  })

  test('axe finds nothing on it and on the page of a store, light at 320 px and dark at 1280 px', async ({
    page,
  }) => {
    for (const [width, colorScheme] of [
      [320, 'light'],
      [1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      for (const file of [matrixFile, evidenceFile('connect-memcached')]) {
        await page.goto(url('ja').replace(matrixFile, file))
        expect(await overflow(page), `${file} ${width}`).toBe(0)
        // of stores and claims, whose parts are alike, some are looked at
        await page.locator('.answers > li, tbody tr, .claims > li').evaluateAll((all) => {
          for (const [index, each] of all.entries()) if (index % 12 > 0) each.remove()
        })
        expect(await violations(page), `${file} ${width} ${colorScheme}`).toEqual([])
      }
    }
  })

  test('is linked from the start, the contents and the sections about stores', async ({ page }) => {
    await page.goto(url('ja').replace(matrixFile, 'index.html'))
    await page.getByRole('main').getByRole('link', { name: matrixWords.ja.toMatrix }).click()
    await expect(page).toHaveURL(new RegExp(`${matrixFile}$`))
    const contents = page.getByRole('navigation', { name: '目次' })
    await expect(contents.locator('[aria-current]')).toHaveText(matrixWords.ja.short)
    await contents.getByRole('link', { name: sectionOf('compatible-stores').title.ja }).click()
    await page.getByRole('main').getByRole('link', { name: matrixWords.ja.toMatrix }).click()
    await expect(page.getByRole('heading', { level: 1, name: matrixWords.ja.title })).toBeVisible()
  })

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false })

    test('is a plain table that leads to its evidence', async ({ page }) => {
      await page.goto(url('ja'))
      await expect(page.getByText(matrixWords.ja.tableNote)).toBeHidden()
      await expect(table(page).getByRole('button')).toHaveCount(0)
      await table(page).getByRole('rowheader').first().getByRole('link').click()
      await expect(page.getByRole('heading', { name: /^すべての項目/ })).toBeVisible()
    })
  })
})
