import type { Page } from 'playwright/test'
import { expect, test } from '../support/fixtures.ts'

const headings = (page: Page) => async () =>
  Promise.all(page.frames().map((frame) => frame.evaluate(() => document.querySelector('h1')?.textContent)))

test.describe(() => {
  test.use({ app: 'same-site', locale: 'ja-JP' })

  test('demos speak the language of the page around them, at whatever origin, and a switch turns them too', async ({
    page,
    demo,
    browser,
    cookie,
  }) => {
    await page.goto('/__lab/')
    const inJapanese = ['よそのサイトから来るリクエスト', 'ショップ', 'よそのサイト', 'ショップ']
    await expect.poll(headings(page)).toEqual(inJapanese)
    await page.frames()[1]?.getByRole('button', { name: 'ログイン' }).click()
    await expect
      .poll(() => page.frames()[1]?.locator('p').first().innerText())
      .toBe('こんにちは、hanakoさん。注文: 0件')
    await page.getByRole('link', { name: 'English' }).click()
    const inEnglish = ['Requests from other sites', 'shop', 'another site', 'shop']
    await expect.poll(headings(page)).toEqual(inEnglish)
    await page.goto('/__lab/') // a language that was chosen stays chosen
    await expect.poll(headings(page)).toEqual(inEnglish)
    await page.goto('/')
    await expect(page.getByRole('heading')).toHaveText('shop')
    const cookies = await page.context().cookies()
    expect(cookies.map(({ name }) => name)).toEqual(['same-site.sid'])
    expect(await cookie('same-site.sid')).toBeDefined()
    expect(demo.exchanges().filter(({ url }) => url.includes('__lab'))).toEqual([])

    const japanese = await browser.newPage()
    await japanese.goto(demo.url)
    await expect(japanese.getByRole('heading')).toHaveText('ショップ')
    await expect(japanese).toHaveTitle('ショップ')
    await japanese.goto(`${demo.url}nowhere`)
    await expect(japanese.locator('main')).toHaveText(
      /^404 Not Found\s*このアプリに、そのページはありません。\s*戻る\s*$/,
      {
        useInnerText: true,
      },
    )
    await japanese.close()
  })
})

test.describe(() => {
  test.use({ app: 'redirect-save', locale: 'ja-JP' })

  test('what a visitor has typed stays as it is, and the app goes on writing English', async ({
    page,
    demo,
    request,
  }) => {
    await page.goto(demo.url)
    await expect(page.locator('p strong')).toHaveText('(なし)')
    await page.getByLabel('新しいメモ').fill('reload')
    await page.getByRole('button', { name: '保存する' }).click()
    await expect(page.locator('p strong')).toHaveText('reload')
    await expect(page.getByRole('link')).toHaveText('再読み込み')
    expect(await (await request.get('/')).text()).toContain('<a href="/">reload</a>')
  })
})

test.describe(() => {
  test.use({ app: 'cookie-attributes', locale: 'ja-JP' })

  test('what a page’s own script writes is said in Japanese too', async ({ page, demo }) => {
    await page.goto(demo.url)
    await expect(page.locator('output')).toHaveText('(なし)')
    await page.locator('output').evaluate((output) => {
      output.textContent = ''
      setTimeout(() => output.append('(nothing)'))
    })
    await expect(page.locator('output')).toHaveText('(なし)')
  })
})

test.describe(() => {
  test.use({ app: 'login' })

  test('what a demo shows is compared with what its code says, in whatever language it is shown', async ({
    page,
  }) => {
    await page.goto('/__lab/#step-3')
    await expect(page.frameLocator('.demo iframe').getByLabel('ユーザー名')).toBeVisible()
    const step = page.locator('#step-3')
    for (const seen of ['挨拶のページ', '挨拶のページになる'])
      await step.locator('.is-seen').getByLabel(seen, { exact: true }).check()
    await step.getByRole('button', { name: '答え合わせをする' }).click()
    await expect(step.getByRole('status')).toContainText('測定ログインのページのまま')
  })
})

test.describe(() => {
  test.use({ app: 'login/no-escape', locale: 'ja-JP' })

  test('beside an exercise too, a demo on another origin speaks the language of its page', async ({
    page,
    demo,
  }) => {
    await page.goto(`${demo.labUrl}exercises/no-escape?lang=en`)
    await expect(page.frameLocator('iframe').getByRole('heading')).toHaveText('login')
    expect(new URL(page.frames()[1]?.url() ?? '').origin).not.toBe(new URL(page.url()).origin)
  })
})
