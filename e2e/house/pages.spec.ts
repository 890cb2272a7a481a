import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MemoryStore } from 'express-session'
import { root } from '../../common/places.ts'
import { type Listening, listen } from '../../lab/http/listen.ts'
import { openIndex } from '../../lab/pages/index-page.ts'
import { type AppModule, slugs, type Variant } from '../../lab/scenarios/scenarios.ts'
import { expect, secret } from '../support/fixtures.ts'
import {
  heightOnLaptop,
  laptop,
  noticeErrors,
  overflow,
  show,
  showOnly,
  test,
  violations,
} from '../support/look.ts'

/** What is around a lesson is the same for all scenarios of one shape: plain, with two apps, processes, a form. */
const allShapes = ['counter', 'multi-app', 'cluster', 'playground']

const startPath: Readonly<Record<string, string>> = { views: '/foo', order: '/admin' }

/** The answer of login/no-next-route is 401; those of secret/missing, and of order where there is no session, are 500. */
const isExpected = (slug: string, error: string) =>
  error.endsWith(': 401') || (['secret', 'order'].includes(slug) && error.endsWith(': 500'))

const twoScreens = 2 * laptop.height

const looks = [
  ['ja', 'dark'],
  ['en', 'light'],
] as const

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
      warmPage,
      request,
      demo,
    }) => {
      const errors = noticeErrors(warmPage)
      const seen = new Set<string>()
      for (const variant of demo.lab.scenario.variants) {
        const { name } = variant
        const alone = await withoutProcesses(variant)
        if (!alone) await demo.lab.setVariant(name)
        const start = alone ? `http://localhost:${alone.port}/` : (startPath[slug] ?? '/')
        // a second visit may look different; once is enough to see that of the documented app
        for (const visit of name === 'app' ? [1, 2] : [1]) {
          const response = await request.get(start)
          const html = await response.text()
          if (!response.ok()) errors.push(`${name}: ${response.status()}`)
          if (seen.has(html)) continue // many variants differ in what they do, not in what they show
          seen.add(html)
          await show(warmPage, html, response.url())
          expect(await violations(warmPage), `${name}, visit ${visit}`).toEqual([])
          expect(await overflow(warmPage), `${name}, visit ${visit}`).toBe(0)
          if (name === 'app') expect(await heightOnLaptop(warmPage, 'main')).toBeLessThanOrEqual(twoScreens)
        }
        await alone?.close()
      }
      expect(errors.filter((error) => !isExpected(slug, error))).toEqual([])
    })

    test(`axe finds nothing in the lesson of ${slug}, dark in Japanese and light in English, and its lab page fits into 320 px`, async ({
      warmPage,
      request,
    }) => {
      const errors = noticeErrors(warmPage)
      for (const [language, colorScheme] of looks) {
        await warmPage.emulateMedia({ colorScheme })
        const response = await request.get(`/__lab/?lang=${language}`)
        await show(warmPage, await response.text(), response.url())
        await expect(warmPage.locator('html')).toHaveAttribute('lang', language)
        expect(await overflow(warmPage), language).toBe(0)
        // a step and the demo of it stand side by side
        for (const part of ['.step', '.demo'])
          expect(await heightOnLaptop(warmPage, part), `${part}, ${language}`).toBeLessThanOrEqual(twoScreens)
        // without JavaScript all steps are there, in their order
        const shown = await warmPage.locator('.step:visible').evaluateAll((all) => all.map(({ id }) => id))
        expect(shown).toEqual(shown.map((_id, n) => `step-${n}`))
        expect(shown).toHaveLength(await warmPage.locator('.steps li').count())
        await expect(warmPage.locator('figure.source .code-keyword').first()).toBeAttached()
        await showOnly(warmPage, '.lesson')
        expect(await violations(warmPage), language).toEqual([])
      }
      expect(errors).toEqual([])
    })
  })
}

for (const slug of allShapes) {
  test.describe(slug, () => {
    test.use({ app: slug })

    test(`axe and the console complain of nothing on the lab page of ${slug}, dark in Japanese and light in English`, async ({
      page,
      warmPage,
    }) => {
      const errors = noticeErrors(page)
      await page.setViewportSize({ width: 320, height: 640 })
      for (const [language, colorScheme] of looks) {
        await page.goto(`/__lab/?lang=${language}`)
        expect(await overflow(page), language).toBe(0)
        await warmPage.emulateMedia({ colorScheme })
        await show(warmPage, await page.content(), page.url()) // as the scripts have left it
        expect(await violations(warmPage), language).toEqual([])
      }
      await expect(warmPage.locator('.course-turn')).toBeVisible()
      await warmPage.emulateMedia({ media: 'print' })
      await expect(warmPage.locator('.course-turn')).toBeHidden() // leads nowhere on paper
      expect(errors).toEqual([])
    })
  })
}

test('axe finds nothing on the pages about what is wrong, and they fit into 320 px', async ({
  warmPage,
  request,
}) => {
  for (const path of ['troubles', 'causes/secure-over-http', 'search?q=secure', 'paste'])
    for (const [language, colorScheme] of looks) {
      await warmPage.emulateMedia({ colorScheme })
      const response = await request.get(`/__lab/${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      expect(response.status(), path).toBe(200)
      await show(warmPage, await response.text(), response.url())
      expect(await violations(warmPage), path).toEqual([])
      expect(await overflow(warmPage), path).toBe(0)
    }
})

test('axe finds nothing on a page in words about a problem', async ({ warmPage, request }) => {
  const answer = await request.get('/no-such-page')
  await show(warmPage, await answer.text(), answer.url())
  expect(await violations(warmPage)).toEqual([])
  expect(await overflow(warmPage)).toBe(0)
})

test('axe finds nothing on the index, and it leads to the lab', async ({ page, warmPage, demo }) => {
  const index = openIndex()
  index.add(demo.lab)
  const listening = await listen(index.handler, 0)
  const errors = noticeErrors(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`${demo.labUrl}?lang=en`) // which the lab keeps; of a link from a Japanese page, Japanese is expected
  await page.goto(`http://localhost:${listening?.port}/`)
  await show(warmPage, await page.content(), page.url())
  expect(await violations(warmPage)).toEqual([])
  await warmPage.emulateMedia({ media: 'print' })
  await expect(warmPage.locator('.lessons .card').first()).toHaveCSS('break-inside', 'avoid')
  expect(await overflow(page)).toBe(0)
  await page.getByRole('link', { name: demo.lab.scenario.title.ja, exact: true }).click()
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
    await expect(page.getByRole('heading', { name: '3. session destroy!を押す' })).toBeVisible()
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
