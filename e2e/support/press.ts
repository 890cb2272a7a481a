import type { Page } from 'playwright/test'

/*
 * What a visitor does on a page, by one line of script in it. Playwright's locators bring half a megabyte of script into each
 * document, and wait for frames: a click costs as much as three documents. Tests of how a page is used go on with them.
 */

/**
 * Fills in the fields of these names, presses the button or link with this text, and waits for the page that it leads to.
 * @throws Error when there is no such thing on the page
 */
export async function press(page: Page, text: string, fields: Record<string, string> = {}): Promise<void> {
  const loaded = page.waitForEvent('load')
  const press = page.evaluate(
    ({ text, fields }) => {
      for (const [name, value] of Object.entries(fields)) {
        const field = document.querySelector(`[name="${name}"]`)
        if (!(field instanceof HTMLInputElement)) throw new Error(`no field ${name}`)
        field.value = value
      }
      const nameOf = (each: HTMLElement) =>
        each instanceof HTMLInputElement ? each.value : each.textContent?.trim()
      const all = document.querySelectorAll<HTMLElement>('a, button, input[type="submit"]')
      const found = [...all].find((each) => nameOf(each) === text)
      if (!found) throw new Error(`no button or link: ${text}`)
      setTimeout(() => found.click()) // once this has been answered
    },
    { text, fields },
  )
  await Promise.all([loaded, press])
}

/** The text that is shown in an element, the first that the selector finds; empty when there is none. */
export const textOf = (page: Page, selector = 'body'): Promise<string> =>
  page.evaluate((selector) => document.querySelector<HTMLElement>(selector)?.innerText ?? '', selector)
