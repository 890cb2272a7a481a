import express from 'express'
import session from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { openBrowserWindow } from '../../lab/chromium/browser-window.ts'
import { startLab } from '../../lab/lab.ts'
import { createRecorder } from '../../packages/inspector/src/recorder.ts'
import { expect, test } from '../support/fixtures.ts'

/** A Chromium of the lab's own shows the lab page; what it says of its jar is what the page says. */
const inspected = test.extend<{ panelOf: (createApp: CreateApp, host?: string) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  panelOf: async ({}, use, testInfo) => {
    const window = await openBrowserWindow({ isHeadless: true })
    const closing: (() => Promise<void>)[] = [() => window.close()]
    await use(async (createApp, host = 'localhost') => {
      const lab = await startLab({
        slug: 'counter',
        module: { createApp },
        secret: ['x'.repeat(32)],
        storeUrl: 'memory:',
        folder: testInfo.outputPath(),
        recorder: createRecorder(),
        jarSources: [window.source],
        hasLabPages: true,
      })
      closing.push(lab.close)
      const [{ url }] = lab.sites
      const page = await window.open(url.replace('localhost', host))
      await page.goto(`${url}__lab/inspector/`)
      return page.locator('#inspector-jar').innerText()
    })
    for (const close of closing) await close()
  },
})

const appWith =
  (cookie: session.SessionOptions['cookie']): CreateApp =>
  ({ store, secret }) => {
    const app = express()
    app.use(session({ secret, store, resave: false, saveUninitialized: true, cookie }))
    app.get('/', (_req, res) => void res.send('<link rel="icon" href="data:,">'))
    return app
  }

inspected(
  'the true jar: the browser itself says why it refused the cookie, or until when it keeps it',
  async ({ panelOf }) => {
    expect(await panelOf(appWith({ sameSite: 'none' }))).toContain('SameSiteNoneInsecure')
    expect(await panelOf(appWith({ maxAge: 60_000 }))).toMatch(/あり[\s\S]*あと([345]\d|60)秒/)
  },
)
