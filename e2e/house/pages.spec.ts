import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MemoryStore } from 'express-session'
import { type Listening, listen } from '../lab/listen.ts'
import { openIndex } from '../lab/pages/index-page.ts'
import { root } from '../lab/places.ts'
import { type AppModule, slugs, type Variant } from '../lab/scenarios.ts'
import { expect, secret, test } from './fixtures.ts'
import { noticeErrors, surplusWidth, violations } from './look.ts'

const startPath: Readonly<Record<string, string>> = { views: '/foo' }

/** login/no-next-route answers 401; secret/missing is about a 500. */
const isExpected = (slug: string, error: string) =>
  error.includes('status of 401') || (slug === 'secret' && error.includes('status of 500'))

/**
 * An app that the lab runs in processes of its own, run in this one: its page is the same, and each process takes as long
 * to start as several pages to look at. Undefined for any other app.
 */
async function withoutProcesses({ file }: Variant): Promise<Listening | undefined> {
  const { createApp, processes }: AppModule = await import(pathToFileURL(join(root, file)).href)
  if (!processes) return undefined
  return listen(createApp({ store: new MemoryStore(), secret, otherUrl: () => '' }), 0)
}

for (const slug of slugs()) {
  test.describe(slug, () => {
    test.use({ app: slug })

    test(`axe finds nothing on the pages of ${slug} and its variants, and they fit into 320 px`, async ({
      page,
      demo,
    }) => {
      const errors = noticeErrors(page)
      const seen = new Set<string>()
      await page.setViewportSize({ width: 320, height: 640 })
      for (const variant of demo.lab.scenario.variants) {
        const { name } = variant
        const alone = await withoutProcesses(variant)
        if (!alone) await demo.lab.setVariant(name)
        const start = alone ? `http://localhost:${alone.port}/` : (startPath[slug] ?? '/')
        // a second visit may look different; once is enough to see that of the documented app
        for (const visit of name === 'app' ? [1, 2] : [1]) {
          await page.goto(start)
          const content = await page.content()
          if (seen.has(content)) continue // many variants differ in what they do, not in what they show
          seen.add(content)
          expect(await violations(page), `${name}, visit ${visit}`).toEqual([])
          expect(await surplusWidth(page), `${name}, visit ${visit}`).toBe(0)
        }
        await alone?.close()
      }
      expect(errors.filter((error) => !isExpected(slug, error))).toEqual([])
    })

    test(`axe finds nothing on the lab page of ${slug}, dark in Japanese and light in English, and it fits into 320 px`, async ({
      page,
    }) => {
      const errors = noticeErrors(page)
      await page.setViewportSize({ width: 320, height: 640 })
      for (const [language, colorScheme] of [
        ['ja', 'dark'],
        ['en', 'light'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.goto(`/__lab/?lang=${language}`)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        expect(await violations(page), language).toEqual([])
        expect(await surplusWidth(page), language).toBe(0)
      }
      expect(errors.filter((error) => !isExpected(slug, error))).toEqual([])
    })
  })
}

test('axe finds nothing on a page in words about a problem', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/no-such-page')
  expect(await violations(page)).toEqual([])
  expect(await surplusWidth(page)).toBe(0)
})

test('axe finds nothing on the index, and it leads to the lab', async ({ page, demo }) => {
  const index = openIndex()
  index.add(demo.lab)
  const listening = await listen(index.handler, 0)
  const errors = noticeErrors(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`http://localhost:${listening?.port}/`)
  expect(await violations(page)).toEqual([])
  expect(await surplusWidth(page)).toBe(0)
  await page.getByRole('link', { name: demo.lab.scenario.title.ja }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(demo.lab.scenario.title.ja)
  expect(errors).toEqual([])
  await listening?.close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the counter counts, and the lab page shows the demo, the lesson and the code', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'tap!' }).click()
    await expect(page.getByLabel('count')).toHaveText('1')
    await page.goto('/__lab/')
    await expect(page.frameLocator('iframe').getByLabel('count')).toHaveText('1')
    await expect(page.getByRole('heading', { name: '試す' })).toBeVisible()
    await expect(page.locator('figure.source').last()).toContainText("name: 'counter.sid'")
  })

  test.describe('of login', () => {
    test.use({ app: 'login' })

    test('the form logs in', async ({ page }) => {
      await page.goto('/')
      await page.getByLabel('Username').fill('hanako')
      await page.getByRole('button', { name: 'Login' }).click()
      await expect(page.getByText('hello, hanako!')).toBeVisible()
    })
  })
})
