import express, { type Request } from 'express'
import session from 'express-session'
import type { Page } from 'playwright/test'
import { expect, inlineApp } from '../support/fixtures.ts'
import { show, test, violations } from '../support/look.ts'

const tap = (page: Page) => page.frameLocator('iframe').getByRole('link', { name: 'tap!' }).click()
const part = (page: Page, name: 'wire' | 'jar' | 'row' | 'details') => page.locator(`#inspector-${name}`)

const openAll = (page: Page) =>
  page.locator('#inspector details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '')
  })

/** Whatever the browser complains about, the content security policy included. */
function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(message.text())
  })
  page.on('pageerror', (error) => heard.push(error.message))
  return heard
}

test.describe('beside the counter', () => {
  test('a tap shows on the wire, in the jar and in the store, and nothing is complained about', async ({
    page,
    demo,
  }) => {
    const heard = complaints(page)
    await page.goto('/__lab/')
    await expect(part(page, 'row')).toContainText('"count": 0')
    await tap(page)
    await expect(part(page, 'row')).toContainText('"count": 1')
    await expect(part(page, 'jar')).toContainText('実測')
    await expect(part(page, 'jar')).toContainText('HttpOnly')
    const [row] = await demo.rows()
    const start = row?.sid.slice(0, 4) ?? ''
    for (const name of ['wire', 'jar', 'row'] as const)
      await expect(part(page, name)).toContainText(`#1 ${start}`)
    await expect(page.locator('#inspector-verdict')).toContainText('Cookieとレコードがそろっています')
    expect(heard).toEqual([])
  })

  test('axe finds nothing, in light and dark, in both languages', async ({ warmPage, request }) => {
    await request.get('/tap')
    const showPanel = async (path: string) => {
      const answer = await request.get(path)
      await show(warmPage, await answer.text(), answer.url())
      await openAll(warmPage)
      await expect(part(warmPage, 'row')).toContainText('"count"')
    }
    await showPanel('/__lab/?lang=en')
    expect(await violations(warmPage, '#inspector')).toEqual([])
    await warmPage.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(warmPage, '#inspector')).toEqual([])
    await showPanel('/__lab/inspector/')
    expect(await violations(warmPage, '#inspector')).toEqual([])
  })

  test('the keys walk through time, all columns follow, and a step has an address', async ({
    page,
    demo,
  }) => {
    await page.goto('/tap')
    await page.evaluate(async () => {
      for (let moment = 0; moment < 12; moment++) await fetch('/')
    })
    await page.goto('/destroy')
    const destroyed = demo.wire().find(({ url }) => url === '/destroy')?.id
    const tapped = demo.wire().find(({ url }) => url === '/tap')?.id
    await page.goto('/__lab/inspector/')
    await page.locator(`#moment-${destroyed}`).focus()
    await page.keyboard.press('Enter')
    await expect(part(page, 'row')).toHaveAttribute('data-state', 'gone')
    await expect(page.locator('#inspector-verdict')).toHaveAttribute('data-pair', 'remaining × gone')
    await page.keyboard.press('Home')
    await expect(page.locator(`#moment-${tapped}`)).toBeFocused()
    await expect(page.locator('#inspector-verdict')).toHaveAttribute('data-pair', 'remaining × present')
    await expect(part(page, 'wire')).toContainText('GET /tap')
    await expect(page).toHaveURL(new RegExp(`[?&]at=${tapped}\\b`))
    await page.reload()
    await expect(part(page, 'wire')).toContainText('GET /tap')
    await page.locator('#inspector-timeline').scrollIntoViewIfNeeded()
    await expect(page.locator(`#moment-${tapped}`)).toBeInViewport()
    await expect(page.locator(`#moment-${destroyed}`)).not.toBeInViewport()
    await page.locator(`#moment-${tapped}`).focus()
    await page.keyboard.press('Escape')
    await expect(page.locator('#inspector-past')).toHaveCount(0)
  })

  test('without JavaScript it is the same page, reloaded by hand', async ({ browser, demo }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${demo.url}tap`)
    await page.goto(`${demo.url}__lab/inspector/`)
    await expect(part(page, 'row')).toContainText('"count": 1')
    await expect(page.locator('#inspector-status')).toContainText('あと')
    await page.locator('#inspector-timeline a').first().click()
    await expect(page.locator('#inspector-past')).toBeVisible()
    await expect(part(page, 'wire')).toContainText('GET /tap')
    await context.close()
  })

  test('at 320 px nothing scrolls sideways and the status line says cookie and row', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const address of ['/__lab/', '/__lab/inspector/?lang=en']) {
      await page.goto('/tap')
      await page.goto(address)
      await expect(page.locator('#inspector-status .sid')).toHaveCount(2)
      await expect(page.locator('#inspector-details-fold')).not.toHaveAttribute('open')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await page.locator('#inspector-details').scrollIntoViewIfNeeded()
      await expect(page.locator('#inspector-status')).toBeInViewport()
    }
  })

  test('focus, opened details and typed text stay while new requests come in', async ({ page, request }) => {
    await page.goto('/__lab/inspector/')
    await page.goto('/tap')
    await page.goto('/__lab/inspector/')
    await page.locator('#inspector-lines > summary').click()
    await page.locator('#inspector-tools > summary').click()
    await page.locator('#inspector-record').fill('mine')
    const newest = await page.locator('#inspector-wire .number').first().textContent()
    await request.get('/tap')
    await page.evaluate(() => fetch('/tap'))
    await expect(page.locator('#inspector-wire .number').first()).not.toHaveText(newest ?? '')
    await expect(page.locator('#inspector-record')).toBeFocused()
    await expect(page.locator('#inspector-record')).toHaveValue('mine')
    await expect(page.locator('#inspector-lines')).toHaveAttribute('open')
  })

  test('the altered signature is sent by the inspector, and the cookie of the browser stays', async ({
    page,
    demo,
    sid,
  }) => {
    await page.goto('/tap')
    const before = await sid('counter.sid')
    await page.goto('/__lab/inspector/')
    await page.locator('#inspector-tools > summary').click()
    await page.locator('#inspector-tamper').click()
    await expect(page.locator('#inspector-verdict')).toHaveAttribute('data-pair', 'wrong × present')
    await expect(part(page, 'wire')).toContainText('観察画面が送信')
    await expect(part(page, 'details')).toContainText('署名が合わない')
    const sent = demo.wire().at(-1)
    expect(sent).toMatchObject({ sentBy: 'inspector', url: '/' })
    expect(sent?.debug).toContain('cookie signature invalid')
    expect(await sid('counter.sid')).toBe(before)
    await page.locator('[data-live-link]').click()
    await expect(part(page, 'jar')).toHaveAttribute('data-state', 'remaining')
  })

  test('two host names are two visitors, each with a jar of its own', async ({ page, demo }) => {
    await page.goto('/tap')
    const other = demo.url.replace('localhost', '127.0.0.1')
    await page.goto(`${other}tap`)
    await page.goto('/__lab/inspector/')
    await expect(page.locator('.clients a')).toHaveText([/A · localhost/, /B · 127\.0\.0\.1/])
    await expect(page.locator('.lane-browser')).toHaveCount(2)
    await expect(part(page, 'jar')).toContainText('#1')
    await expect(part(page, 'jar')).toHaveAttribute('data-by', 'measured')
    await page.locator('#client-B').click()
    await expect(part(page, 'jar')).toContainText('#2')
    await expect(part(page, 'jar')).toHaveAttribute('data-by', 'inferred')
    await page.setViewportSize({ width: 320, height: 640 }) // too narrow for all that there is to say of a row
    const lines = await page.locator('#inspector-others li').evaluateAll((rows) =>
      rows.map((row) => {
        const { width, height } = row.getBoundingClientRect()
        return [row.scrollWidth > width, height / Number.parseFloat(getComputedStyle(row).lineHeight)]
      }),
    )
    expect(lines).toEqual([[true, expect.closeTo(1, 0)]])
  })

  test('the record goes out without a sid and comes back as the same timeline', async ({ page, demo }) => {
    await page.goto('/tap')
    const record = await (await page.request.get('/__lab/inspector/export.json')).text()
    const [row] = await demo.rows()
    expect(record).not.toContain(row?.sid)
    await page.goto('/__lab/inspector/')
    await page.locator('#inspector-tools > summary').click()
    const file = { name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(record) }
    await page.locator('#inspector-file').setInputFiles(file)
    await expect(page.locator('#inspector-record')).toHaveValue(record)
    await page.locator('.import button').click()
    await expect(page.locator('#inspector')).toContainText('読み込んだ記録を見ています')
    await expect(page.locator('#inspector-timeline')).toContainText('GET /tap')
  })

  test('the end of cookie and row is urgent below 3 s, and announced at 10, 5 and 0 seconds and no other', {
    tag: '@waits',
  }, async ({ page }) => {
    await page.goto('/__lab/inspector/')
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      const status = document.querySelector('p[role="status"].hidden')
      if (status)
        new MutationObserver(() => heard.push(status.textContent ?? '')).observe(status, { childList: true })
      return fetch('/tap')
    })
    const bar = page.locator('#inspector-jar .bar rect')
    await expect(bar).toHaveCount(1)
    const isUrgentWith = (ms: number) =>
      bar.evaluate(async (rect, left) => {
        rect.setAttribute('data-expires', String(Date.now() + left))
        await new Promise((resolve) => setTimeout(resolve, 400)) // the next tick
        return rect.closest('.countdown')?.classList.contains('is-urgent')
      }, ms)
    expect([await isUrgentWith(3_900), await isUrgentWith(2_950)]).toEqual([false, true])
    await expect(part(page, 'jar')).toHaveAttribute('data-state', 'expired', { timeout: 15_000 })
    await expect(part(page, 'row')).toHaveAttribute('data-state', 'expired')
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard)
    const all = heard.join(' ')
    expect(all).toContain('Cookie、あと5秒')
    expect(all).toContain('レコード、あと5秒')
    const sentence = /(Cookie|レコード)(、あと(10|9|5|4)秒|の期限が切れました)/g // a second late on a busy machine
    expect(all.replaceAll(sentence, '').trim()).toBe('')
    expect(all.match(sentence)?.length).toBeLessThanOrEqual(6)
    await expect(page.locator('#inspector-timeline th.event')).toHaveCount(2)
  })

  test('starting over is seen: row and cookie go, by no doing of the app', async ({ page }) => {
    await page.goto('/__lab/')
    await tap(page)
    await expect(part(page, 'row')).toContainText('"count": 1')
    const sid = await page.locator('#inspector-row .sid').first().textContent()
    await page.locator('form[action^="/__lab/reset"] button').click()
    await expect(page.locator('#inspector-timeline')).toContainText('POST /__lab/reset')
    await expect(page.locator('#inspector-row .is-gone')).toContainText(sid?.trim() ?? '?')
  })
})

test.describe('whatever a session holds', () => {
  const evil = '</code><img src=x onerror="window.broken=1"><script>window.broken=1</script>'
  const app = inlineApp({
    scenario: 'counter',
    name: 'hostile data',
    createApp({ store, secret }) {
      const app = express()
      app.get('/favicon.ico', (_req, res) => void res.status(204).end())
      app.use(session({ secret, store, resave: false, saveUninitialized: false, name: 'evil.sid' }))
      app.get('/hostile', (req: Request, res) => {
        const deep = JSON.parse('[{"a":'.repeat(300) + '1' + '}]'.repeat(300))
        const keys = JSON.parse(
          `{"__proto__":{"polluted":1},"constructor":{"prototype":2},${JSON.stringify(evil)}:1}`,
        )
        Object.assign(req.session, { evil, deep, keys })
        res.append('Set-Cookie', `${encodeURIComponent('<b>')}=<i>; Path=/<u>`).send('stored')
      })
      app.get('/large', (req: Request, res) => {
        Object.assign(req.session, { large: 'x'.repeat(1_000_000) })
        res.send('stored')
      })
      app.get('/impossible', (req: Request, res) => {
        const loop: Record<string, unknown> = {}
        loop['loop'] = loop
        Object.assign(req.session, req.query['big'] ? { big: 10n } : { loop })
        res.send('stored')
      })
      return app
    },
  })
  for (const storeUrl of ['memory:', 'sqlite:']) {
    test.describe(storeUrl, () => {
      test.use({ app, storeUrl })

      test('it neither runs as code nor breaks the page', async ({ page, request }) => {
        const heard = complaints(page)
        await request.get(`/hostile?q=${evil}`, { headers: { 'User-Agent': evil, Cookie: `<b>=${evil}` } })
        await page.goto('/hostile')
        await page.goto('/__lab/inspector/?list=all')
        await openAll(page)
        await expect(part(page, 'row')).toContainText('onerror')
        await page.locator('#inspector-timeline a').first().click()
        await expect(page.locator('#inspector-past')).toBeVisible()
        expect(await page.evaluate(() => (window as unknown as { broken?: number }).broken)).toBeUndefined()
        expect(await page.locator('#inspector img, #inspector script').count()).toBe(0)
        expect(await page.evaluate(() => (({}) as Record<string, unknown>)['polluted'])).toBeUndefined()
        expect(heard).toEqual([])
      })

      test('a megabyte is cut, and says so; the panel stays small', async ({ page }) => {
        await page.goto('/large')
        await page.goto('/__lab/inspector/')
        await expect(part(page, 'row')).toContainText('記録できる長さを超えた')
        const html = await (await page.request.get('/__lab/inspector/panel')).text()
        expect(html.length).toBeLessThan(60_000)
      })

      test('what JSON cannot hold fails in the app as it does alone, and the panel tells', async ({
        playwright,
        request,
        demo,
      }) => {
        for (const path of ['/impossible', '/impossible?big=1']) {
          const visitor = await playwright.request.newContext({ baseURL: demo.url })
          visitor.get(path).catch(() => {}) // express-session never answers: that is its own affair
          await expect.poll(() => demo.exchanges().some(({ url }) => url === path)).toBe(true)
          await visitor.dispose()
          await expect
            .poll(async () => (await request.get('/__lab/inspector/?list=all')).text())
            .toContain(`GET ${path}`)
        }
      })
    })
  }
})

test.describe('access', () => {
  test('a foreign Host, a foreign Origin and no Origin get nothing', async ({ request }) => {
    for (const path of ['', 'panel', 'export.json', 'assets/inspector.js']) {
      const answer = await request.get(`/__lab/inspector/${path}`, { headers: { Host: 'evil.test' } })
      expect(answer.status()).toBe(403)
    }
    for (const path of ['tamper', 'clear', 'import']) {
      expect((await request.post(`/__lab/inspector/${path}`)).status()).toBe(403)
      const headers = { Origin: 'http://evil.test' }
      expect((await request.post(`/__lab/inspector/${path}`, { headers })).status()).toBe(403)
    }
  })

  test('nothing is kept, and nothing from elsewhere runs', async ({ request }) => {
    for (const path of ['', 'panel', 'export.json', 'assets/inspector.js']) {
      const headers = (await request.get(`/__lab/inspector/${path}`)).headers()
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['content-security-policy']).toContain("script-src 'self'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['set-cookie']).toBeUndefined()
    }
  })

  test('what is no exported record is refused in words', async ({ request, demo }) => {
    const headers = { Origin: new URL(demo.url).origin }
    const answer = await request.post('/__lab/inspector/import', { headers, form: { record: '{"a":1}' } })
    expect(answer.status()).toBe(400)
  })
})
