import type { Page } from 'playwright/test'
import { expect, test } from '../support/fixtures.ts'

test.use({ viewport: { width: 1280, height: 900 } })

const step = (page: Page, title: string) => page.getByRole('article', { name: title })
const predicted = (page: Page) => page.getByRole('group', { name: /^予想/ })
const destroy = '3. session destroy!を押す'

test('one step at a time is beside the demo and the inspector, and keys, links and the address turn to others', async ({
  page,
}) => {
  await page.goto('/__lab/')
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.getByRole('link', { name: '次へ' }).click()
  await expect(step(page, '1. 最後のtap!から10秒待つ')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(step(page, destroy)).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(1)
  expect(new URL(page.url()).hash).toBe('#step-3')
  await page.goto('/__lab/?lang=en') // where one has been, in the other language too
  await expect(step(page, '3. Press session destroy!')).toBeVisible()
  for (const width of [1280, 1000]) {
    await page.setViewportSize({ width, height: 900 })
    for (const part of [page.locator('.demo iframe'), page.locator('#inspector-verdict')])
      await expect(part).toBeInViewport()
  }
  await expect(page.getByRole('button', { name: 'Copy' }).first()).toBeAttached()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.locator('#inspector .status')).toBeInViewport() // what is left of cookie and row
})

test('a prediction outlives reload, starting over and a switch, and is compared with what was seen and measured', async ({
  page,
  context,
  request,
}) => {
  await page.goto('/__lab/#step-3')
  const none = predicted(page).getByLabel('付いていない')
  await none.check()
  const frame = page.frameLocator('.demo iframe')
  const scrolled = await page.evaluate(() => {
    scrollTo(0, 90)
    return scrollY
  })
  expect(scrolled).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'この版に切り替える: rolling' }).click()
  await expect(page.locator('.controls .is-running')).toContainText('rolling')
  await page.locator('.demo').getByRole('button', { name: 'やり直す' }).click()
  await expect(frame.getByLabel('数')).toHaveText('0')
  expect(await page.evaluate(() => scrollY)).toBe(scrolled) // no button moves the page
  await expect(none).toBeChecked()
  await page.reload()
  await expect(none).toBeChecked()
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['counter.sid'])

  const compare = page.getByRole('button', { name: '答え合わせをする' })
  const outcome = step(page, destroy).getByRole('status')
  await compare.click()
  await expect(outcome).toHaveText('まず、何が見えたかを答えてください。')
  await page.locator('.is-seen').getByLabel('付いていない').check()
  await compare.click()
  await expect(outcome).toContainText('まだ測れません')
  await frame.getByRole('link', { name: 'session destroy!' }).click()
  await expect(frame.getByLabel('数')).toHaveText('0')
  await compare.click()
  await expect(outcome).toContainText('測定付いている')
  await expect(outcome).toContainText('見えたものが、測定と違います')
  await page.locator('.is-seen').getByLabel('付いている').check()
  await compare.click()
  await expect(outcome).toContainText('予想と違いました')
  expect(new URL(page.url()).hash).toBe('#step-3')
  const handedIn = async () => (await (await request.get('/__lab/hand-in.json')).json()).lessons[0].answers
  await expect
    .poll(async () => (await handedIn())?.questions['step-3-1'])
    .toEqual({ predicted: '0', seen: '1', measured: 'yes' })
})

test('the frame of the demo is a small browser: path, back and reload, and as high as what it shows', async ({
  page,
  demo,
}) => {
  await page.goto('/__lab/')
  const frame = page.frameLocator('.demo iframe')
  const path = page.getByLabel('パス')
  await path.fill('tap')
  await path.press('Enter')
  await expect(frame.getByLabel('数')).toHaveText('1')
  await path.fill('nowhere')
  await path.press('Enter')
  await expect(frame.getByRole('heading')).toHaveText('404 Not Found')
  await page.getByRole('button', { name: '戻る' }).click()
  await expect(frame.getByLabel('数')).toHaveText('1')
  const before = demo.wire().length
  await page.locator('.address').getByRole('button', { name: '再読み込み' }).click()
  await expect.poll(() => demo.wire().length).toBe(before + 1)
  await expect(page.getByRole('link', { name: '2人目の訪問者として開く' })).toHaveAttribute(
    'href',
    demo.url.replace('localhost', '127.0.0.1'),
  )
  await expect
    .poll(() =>
      page.locator('.demo iframe').evaluate((element) => {
        const { clientHeight, contentDocument } = element as HTMLIFrameElement
        return clientHeight - (contentDocument?.documentElement.scrollHeight ?? 0)
      }),
    )
    .toBeGreaterThanOrEqual(0)
})

test('a file that does not run is told on the lab page, in words', async ({ request, demo }) => {
  Object.assign(demo.lab, { problem: () => 'app.ts:1:2: ERROR: <oops>' })
  const html = await (await request.get('/__lab/')).text()
  expect(html).toContain('apps/counter/app.ts は、いまのままでは動きません。')
  expect(html).toContain('app.ts:1:2: ERROR: &lt;oops&gt;')
})
