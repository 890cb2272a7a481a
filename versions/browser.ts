import { createRequire } from 'node:module'
import { findBrowser } from '../lab/chromium/browser.ts'

// required here: what is imported would be the same module for the specs
const require = createRequire(import.meta.url)
const playwright = require('playwright') as typeof import('playwright')

type Use = (value: unknown) => Promise<void>
interface Options {
  [name: string]: unknown
  baseURL: string
  ignoreHTTPSErrors: boolean
}

/** The fixtures that need a browser; a claim that needs none of them is tried without. */
export const ofBrowser: readonly string[] = ['browser', 'wholeBrowser', 'context', 'page', 'keptPage']

export const hasBrowser = (): boolean => findBrowser() !== undefined

/**
 * What Playwright itself gives a test, with the settings of the project's own tests. The browser is one for the process,
 * launched for the first claim that asks.
 */
export function playwrightFixtures({
  launchOptions,
  actionTimeout,
  ...settings
}: Record<string, unknown>): Record<string, unknown> {
  let browser: Promise<import('playwright').Browser> | undefined
  return {
    ...{ playwright, launchOptions, browserName: 'chromium', baseURL: undefined, ignoreHTTPSErrors: false },
    ...settings,
    viewport: { width: 1280, height: 720 },
    browser: async ({ launchOptions: options }: { launchOptions: object }, use: Use) => {
      browser ??= playwright.chromium.launch(options)
      await use(await browser)
    },
    context: async ({ browser: own, baseURL, ignoreHTTPSErrors, locale, viewport }: Options, use: Use) => {
      const context = await (own as import('playwright').Browser).newContext({
        ...{ baseURL, ignoreHTTPSErrors },
        ...({ locale, viewport } as object),
      })
      context.setDefaultTimeout(actionTimeout as number)
      await use(context)
      await context.close()
    },
    page: async ({ context }: { context: import('playwright').BrowserContext }, use: Use) =>
      use(await context.newPage()),
    request: async ({ baseURL, ignoreHTTPSErrors }: Options, use: Use) => {
      const context = await playwright.request.newContext({ baseURL, ignoreHTTPSErrors })
      await use(context)
      await context.dispose()
    },
  }
}
