import { test as base, type LaunchOptions, type Page } from 'playwright/test'
import { findBrowser } from '../../lab/chromium/browser.ts'
import { openKeptPage } from './kept-page.ts'
import { type ServerPool, serverPool } from './server-pool.ts'

interface Kept {
  serverPool: ServerPool
  keptPage: Page
  /** How to launch a browser with all that belongs to its window and profile: see `findHeadlessShell` for what that is. */
  wholeBrowser: LaunchOptions
}

/**
 * What a worker keeps from test to test, made for the first one that asks. All of it is declared here, and every spec's
 * `test` comes from this one: for tests that differ in it, Playwright ends a worker and starts another.
 */
export const test = base.extend<object, Kept>({
  serverPool: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
    async ({}, use) => {
      const servers = serverPool()
      await use(servers)
      await servers.end()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  keptPage: [
    async ({ browser }, use) => {
      const page = await openKeptPage(browser)
      await use(page)
      await page.close()
    },
    { scope: 'worker' },
  ],

  wholeBrowser: [
    async ({ launchOptions }, use) => {
      const executablePath = findBrowser()
      await use({ ...launchOptions, ...(executablePath && { executablePath }) })
    },
    { scope: 'worker' },
  ],
})

export { expect } from 'playwright/test'
