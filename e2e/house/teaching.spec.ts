import type { Page } from 'playwright/test'
import { languages } from '../../common/words.ts'
import { plans } from '../../lab/course/plans.ts'
import { instructorView } from '../../lab/pages/instructor-view.ts'
import { expect } from '../support/fixtures.ts'
import { overflow, show, test, violations } from '../support/look.ts'

const anchor = (page: Page) => new URL(page.url()).hash

test('the presenter view is one thing on a screen in large letters, turned by the keys of a remote control', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1200, height: 720 }) // where letters in parts of the screen would be smaller
  await page.goto('/__lab/present#step-1-ask')
  const shown = page.getByRole('article')
  await expect(shown).toHaveCount(1)
  const sizes = await shown
    .locator('p, button')
    .evaluateAll((all) => all.map((each) => parseFloat(getComputedStyle(each).fontSize)))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(28)
  await page.keyboard.press('PageDown')
  expect(anchor(page)).toBe('#step-1-answer')
  await page.keyboard.press('ArrowRight')
  await expect(shown.getByRole('listitem')).toHaveText(['延びる', '延びない', '延びる', '延びない'])
  await page.keyboard.press('Enter')
  await expect(shown.locator('.is-right')).toHaveText(['延びない', '延びる', '0'])
  await page.keyboard.press('PageUp')
  expect(anchor(page)).toBe('#step-2')
  await page.reload()
  await expect(shown).toHaveAccessibleName('2. tap!ではなく、再読み込みをする')
  await expect(page.getByText('3 / 6', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'ラボを別のウィンドウで開く' })).toHaveAttribute(
    'href',
    /__lab\/#step-2$/,
  )
  await page.goto('/__lab/present#break-cookie-only') // as from an exercise of a plan
  await expect(shown).toHaveAccessibleName('壊してみる')
  await page.keyboard.press('Space') // all of it is in sight, and nothing is turned over unseen
  await expect(shown).toHaveAccessibleName('わかったこと')
})

test('beside the answer stands what was measured since the question was shown', async ({ page, demo }) => {
  const visit = (path: string) => page.evaluate((url) => fetch(url), path)
  await page.goto('/__lab/present#step-3-ask')
  const measured = page.getByRole('article').locator('.measured')
  await page.keyboard.press('Enter')
  await expect(measured).toHaveText('まだ測定していません')
  await page.keyboard.press('Enter') // hidden again
  for (const path of ['/tap', '/destroy']) await visit(path)
  expect(demo.wire().length).toBeGreaterThan(0)
  await page.keyboard.press('Enter')
  await expect(measured).toHaveText('付いている')
})

test('every lesson and exercise of a plan leads to the presenter view', () => {
  const { plans: shown } = instructorView('en', {})
  const firsts = shown.map(({ steps }) => steps.flatMap(({ materials }) => materials[0]?.url ?? []))
  const present = plans.map(({ parts }) =>
    parts.flatMap((part) => {
      if ('lesson' in part) return [`/go/${part.lesson}/present?lang=en`]
      if ('what' in part) return []
      const [slug, variant] = part.exercise.split('/')
      return [`/go/${slug}/present?lang=en#break-${variant}`]
    }),
  )
  expect(firsts).toEqual(present)
})

/** A sentence of an answer, in either language. */
const told = {
  counter: ['3にはなりません', 'not 3'],
  login: ['再読み込みしても直りません', 'a reload does not mend it'],
} as const

const sheetsOf = async (page: Page) =>
  (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length

for (const slug of ['counter', 'login'] as const) {
  test.describe(slug, () => {
    test.use({ app: slug })

    test(`the handout of ${slug} is three sheets of A4 with its answers on the last one, and its answer sheet one without any`, async ({
      warmPage,
      request,
    }) => {
      for (const [n, language] of languages.entries()) {
        await warmPage.emulateMedia({ colorScheme: n === 0 ? 'dark' : 'light' })
        for (const [path, sheets] of [
          ['handout', 3],
          ['answer-sheet', 1],
        ] as const) {
          const response = await request.get(`/__lab/${path}?lang=${language}`)
          await show(warmPage, await response.text(), response.url())
          expect(await violations(warmPage), path).toEqual([])
          expect(await overflow(warmPage), path).toBe(0)
          expect(await sheetsOf(warmPage), `${path}, ${language}`).toBe(sheets)
          await expect(warmPage.getByText(told[slug][n] ?? '')).toHaveCount(path === 'handout' ? 1 : 0)
          await expect(warmPage.locator('.sheet > .step').getByText(told[slug][n] ?? '')).toHaveCount(0)
        }
        const present = await request.get(`/__lab/present?lang=${language}`)
        await show(warmPage, await present.text(), present.url())
        expect(await violations(warmPage), 'present').toEqual([])
        expect(await overflow(warmPage), 'present').toBe(0)
      }
    })
  })
}

for (const slug of ['store-contract', 'other-devices', 'cookie-session']) {
  test.describe(slug, () => {
    test.use({ app: slug })

    test(`the handout of ${slug}, which has the longest code, is three sheets as well`, async ({
      warmPage,
      request,
    }) => {
      for (const language of languages) {
        const response = await request.get(`/__lab/handout?lang=${language}`)
        await show(warmPage, await response.text(), response.url())
        expect(await sheetsOf(warmPage), language).toBe(3)
      }
    })
  })
}
