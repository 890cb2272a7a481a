import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'
import { test as base } from './fixtures.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(
    within: string | { include: Element[] },
    options: {
      iframes: boolean
      preload: boolean
      resultTypes: string[]
      runOnly?: { type: 'rule'; values: string[] }
      rules?: Record<string, { enabled: boolean }>
    },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/** `warmPage`: the page that its worker keeps, for documents that tests put there with `show`. */
export const test = base.extend<{ warmPage: Page }>({
  warmPage: async ({ keptPage }, use) => {
    await use(keptPage)
    await keptPage.removeAllListeners()
    await keptPage.emulateMedia({ colorScheme: null, media: null })
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
 * Contrast is two thirds of the work, and the same wherever text looks the same: of each look in a window, once good is
 * enough.
 * @param within what to look at, as a CSS selector; the whole page when left out
 */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (within) => {
    const kept = window as unknown as { axe: Axe; goodLooks?: Set<string> }
    kept.goodLooks ??= new Set()
    const good = kept.goodLooks

    /** All that lies behind text, from the element outwards: what is not see-through. */
    function behind(element: Element | null): string {
      if (!element) return ''
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
      const own = [backgroundColor, backgroundImage, opacity].join()
      return `${own === 'rgba(0, 0, 0, 0),none,1' ? '' : `${own};`}${behind(element.parentElement)}`
    }
    function lookOf(element: Element): string {
      const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element)
      return [color, fontSize, fontWeight, textShadow, behind(element)].join()
    }
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    const texts = [...(document.querySelector(within)?.querySelectorAll('*') ?? [])].filter(
      (element) => element.checkVisibility() && hasText(element),
    )
    const fresh = new Map(texts.map((element) => [lookOf(element), element] as const).reverse())
    for (const look of good) fresh.delete(look)

    // what passes is of no use here, and to describe it takes half of the time
    const options = {
      iframes: false,
      preload: false, // stylesheets and media, for rules that our pages give nothing to do
      resultTypes: ['violations'],
    }
    const contrast = 'color-contrast'
    const found = await kept.axe.run(within, { ...options, rules: { [contrast]: { enabled: false } } })
    const all = [...found.violations]
    if (fresh.size > 0) {
      const runOnly = { type: 'rule' as const, values: [contrast] }
      const bad = await kept.axe.run({ include: [...fresh.values()] }, { ...options, runOnly })
      all.push(...bad.violations)
      if (bad.violations.length === 0) for (const look of fresh.keys()) good.add(look)
    }
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, within)
}

/** How many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** How high something is on a usual laptop, in px: the highest of those that match. The window keeps its size. */
export async function heightOnLaptop(page: Page, selector: string): Promise<number> {
  const narrow = page.viewportSize()
  await page.setViewportSize(laptop)
  const heights = await page
    .locator(selector)
    .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height))
  if (narrow) await page.setViewportSize(narrow)
  return Math.max(0, ...heights)
}
export const laptop = { width: 1280, height: 900 }

/** Collects what the pages complain about in the console from now on. */
export function noticeErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}
