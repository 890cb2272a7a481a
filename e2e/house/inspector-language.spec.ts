import express from 'express'
import session from 'express-session'
import { listen } from '../../lab/http/listen.ts'
import { createInspector } from '../../packages/inspector/src/index.ts'
import { test as base, expect, secret } from '../support/fixtures.ts'

/** Somebody's own app with the inspector around it, listening. */
const test = base.extend<{ own: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  own: async ({}, use) => {
    const inspector = createInspector({ secret })
    const app = express()
    const store = inspector.watchStore(new session.MemoryStore())
    app.use(session({ secret, store, resave: false, saveUninitialized: true, cookie: { maxAge: 60_000 } }))
    app.get('/', (req, res) => void res.send(`visit of ${req.sessionID}`))
    const server = await listen(inspector.around(app), 0)
    await use(`http://localhost:${server?.port}`)
    await server?.close()
  },
})

const asked = async (url: string, language?: string) => {
  const headers = language === undefined ? {} : { 'Accept-Language': language }
  const text = await (await fetch(url, { headers })).text()
  return { text, language: /<html lang="(\w+)"/.exec(text)?.[1] }
}

test('the panel speaks Japanese to whom prefers it, else English; who asks for a language gets it', async ({
  own,
}) => {
  const panel = `${own}/__lab/inspector/`
  for (const [accepted, language] of [
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7', 'ja'],
    ['fr,ja;q=0.5,en;q=0.3', 'ja'],
    ['en-US,en;q=0.9,ja;q=0.8', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    [undefined, 'en'],
  ] as const) {
    expect((await asked(panel, accepted)).language, `${accepted}`).toBe(language)
    for (const lang of ['ja', 'en']) {
      const page = await asked(`${panel}?lang=${lang}`, accepted)
      expect(page.language).toBe(lang)
      expect(page.text).toContain(`data-poll="?lang=${lang}"`)
    }
  }
  expect((await asked(panel, 'ja')).text).toContain('data-poll="?"')
})

for (const [locale, other] of [
  ['ja-JP', 'English'],
  ['en-US', '日本語'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale })

    test('a switch shows the same moment in the other language, and it stays', async ({ page, own }) => {
      await page.goto(own)
      await page.goto(`${own}/__lab/inspector/`)
      await page.locator('#moment-1').click()
      await expect(page.locator('#inspector-past')).toBeVisible()
      await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: other }).click()
      const language = other === 'English' ? 'en' : 'ja'
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.locator('#inspector-past')).toBeVisible()
      await expect(page.getByRole('navigation', { name: 'Language' }).locator('[aria-current]')).toHaveText(
        other,
      )
      await page.locator('[data-live-link]').click()
      await expect(page.locator('#inspector-past')).toHaveCount(0)
      await expect(page).toHaveURL(new RegExp(`lang=${language}`))
    })
  })
}

test("beside somebody's own app there is no talk of demos and scenarios", async ({
  own,
  request,
  playwright,
}) => {
  const texts: string[] = []
  for (const lang of ['ja', 'en']) {
    const visitor = await playwright.request.newContext()
    const look = async (query = '') =>
      texts.push(await (await visitor.get(`${own}/__lab/inspector/?lang=${lang}${query}`)).text())
    await look() // before anything has arrived
    await visitor.get(own)
    await look()
    await look('&at=1')
    const record = await (await visitor.get(`${own}/__lab/inspector/export.json`)).text()
    const headers = { Origin: own }
    for (const form of [{ record }, { record: '{}' }, {}]) {
      const to = `${own}/__lab/inspector/import?lang=${lang}`
      texts.push(await (await request.post(to, { headers, form })).text())
    }
    await look('&record=imported')
    await visitor.dispose()
    await request.post(`${own}/__lab/inspector/clear`, { headers })
  }
  expect(texts.join()).toContain('アプリ')
  expect(texts.join().match(/.{0,40}(demo|デモ|scenario|シナリオ).{0,20}/gi)).toBeNull()
})
