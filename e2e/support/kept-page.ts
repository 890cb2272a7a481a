import type { Browser, Page } from 'playwright/test'
import { listen } from '../../lab/http/listen.ts'

/**
 * A page, 320 px wide, into which tests put documents. In a page that has just been opened, axe has to be read and compiled
 * anew, which takes five times as long as to look.
 */
export async function openKeptPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 }, locale: 'ja-JP' })
  // a script that reads document.cookie needs an origin, and only one of this machine gets stylesheets from it
  const home = await listen(
    (_req, res) => res.setHeader('Content-Type', 'text/html').end('<!doctype html>'),
    0,
  )
  await page.goto(`http://localhost:${home?.port}/`)
  await home?.close()
  return page
}
