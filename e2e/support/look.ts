import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'
import { test as base } from './fixtures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(
    within: string,
    options: { iframes: boolean; preload: boolean; resultTypes: string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** `warmPage`: the page that its worker keeps, for documents that tests put there with `show`. */
export const test = base.extend<{ warmPage: Page }>({
  warmPage: async ({ keptPage }, use) => {
    await use(keptPage)
    await keptPage.removeAllListeners()
    await keptPage.emulateMedia({ colorScheme: null })
  },
})

/**
 * Shows a document as it has come over the wire, with its stylesheets. Scripts from elsewhere do not run, and frames stay empty:
 * they are documents of their own.
 * @param url where the document is from
 */
export async function show(page: Page, html: string, url: string): Promise<void> {
  const alone = html
    .replaceAll(/<script [^>]*src=[^>]*><\/script>/g, '')
    .replaceAll(/(<iframe [^>]*?)src="[^"]*"/g, '$1')
    .replace('<head>', `<head><base href="${url}">`)
  if (!alone.includes('<base')) throw new Error(`${url}: a document without a head`)
  await page.setContent(alone)
}

/** Leaves of what is in `main` nothing but this element. */
export const showOnly = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).evaluate((element) => document.querySelector('main')?.replaceChildren(element))

/**
 * What axe finds on the page: the rule and the elements; empty when there is nothing. Pages in frames are not looked at.
 * @param within what to look at, as a CSS selector; the whole page when left out
 */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (within) => {
    const { axe } = window as unknown as { axe: Axe }
    // what passes is of no use here, and to describe it takes half of the time
    const found = await axe.run(within, {
      iframes: false,
      preload: false, // stylesheets and media, for rules that our pages give nothing to do
      resultTypes: ['violations'],
    })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    )
  }, within)
}

/** How many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Collects what the pages complain about in the console from now on. */
export function noticeErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}
