import type { Page } from 'playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { press, textOf } from '../support/press.ts'
import { prove } from '../support/prove.ts'

const late = 800 // ms: more than a busy machine needs for the next request
const shown = (page: Page) => textOf(page, 'strong')

/** Sends the form and waits for the page that the redirect leads to. */
async function keep(page: Page, note: string): Promise<string> {
  await press(page, 'keep', { note })
  return shown(page)
}

prove(
  ['session.save.useful-before-redirect'],
  'with a store that writes 800 ms late, save before the redirect brings the note to the next page',
  { holdsIn: 'redirect-save', failsIn: 'redirect-save/no-save', verdict: 'condition' },
  async ({ page, demo, evidence }) => {
    await page.goto('/')
    await keep(page, 'milk')
    demo.lab.setDelay(late)
    const note = await keep(page, 'bread')
    await evidence.json('what the next page showed', note)
    await evidence.exchange('the two requests', demo.wire().slice(-2))
    expect(note).toBe('bread')
  },
)

prove(
  ['session.save.useful-before-redirect'],
  'without save the next page is right while the store is quick, and one note behind when it is slow',
  { holdsIn: 'redirect-save/no-save', failsIn: 'redirect-save', verdict: 'condition' },
  async ({ page, demo, evidence }) => {
    await page.goto('/')
    const quick = await keep(page, 'milk')
    demo.lab.setDelay(late)
    const slow = await keep(page, 'bread')
    demo.lab.setDelay(0)
    await evidence.json('what the next page showed at 0 ms and at 800 ms', { quick, slow })
    const [posted, landed] = demo.wire().slice(-2)
    await evidence.exchange('the two requests at 800 ms', [posted, landed])
    expect({ quick, slow }).toEqual({ quick: 'milk', slow: 'milk' })
    // the next page had arrived, and read, before the note was written
    const written = (posted?.at ?? 0) + (posted?.duration ?? 0)
    expect(landed?.at).toBeLessThan(written)
    expect(posted?.debug).toContain('split response')
    await expect.poll(async () => (await demo.rows())[0]?.data).toContain('bread')
    await page.reload()
    expect(await shown(page)).toBe('bread')
  },
)

prove(
  ['session.save.useful-before-redirect'],
  'a redirect without a body needs no save: its headers leave only after the automatic one',
  { holdsIn: 'redirect-save/no-body', failsIn: 'redirect-save/no-save', verdict: 'condition' },
  async ({ page, demo, evidence }) => {
    await page.goto('/')
    await keep(page, 'milk')
    demo.lab.setDelay(late)
    const note = await keep(page, 'bread')
    const [posted] = demo.wire().slice(-2)
    await evidence.json('what the next page showed', note)
    await evidence.exchange('POST /note', posted)
    expect(posted?.debug).not.toContain('split response')
    expect(note).toBe('bread')
  },
)

test.describe('without save, and with resave: true', () => {
  test.use({ app: 'redirect-save/resave-true' })

  test('the next page writes the old contents back: the note is gone for good', async ({
    page,
    demo,
    evidence,
  }) => {
    await page.goto('/')
    await keep(page, 'milk')
    demo.lab.setDelay(late)
    expect(await keep(page, 'bread')).toBe('milk')
    demo.lab.setDelay(0)
    await expect.poll(() => demo.wire().at(-1)?.duration).not.toBeNull()
    await evidence.exchange('the two requests', demo.wire().slice(-2))
    const [row] = await demo.rows()
    expect(row?.data).not.toContain('bread')
    await page.reload()
    expect(await shown(page)).toBe('milk')
  })
})

test.describe('without save, from a script', () => {
  test.use({ app: 'redirect-save/no-save' })

  test('fetch has its answer before the note is written as well', async ({ page, demo, evidence }) => {
    await page.goto('/')
    await keep(page, 'milk')
    demo.lab.setDelay(late)
    const next = await page.evaluate(async () => {
      const response = await fetch('/note', { method: 'POST', body: new URLSearchParams({ note: 'bread' }) })
      return response.text() // of the page that the redirect led to
    })
    await evidence.json('the next page', next)
    expect(next).toContain('milk')
  })
})

test.describe('a first visitor', () => {
  test.use({ app: 'redirect-save/no-save' })

  test('is merely late as well: the next page finds no row and, with saveUninitialized: false, leaves the cookie alone', async ({
    page,
    demo,
    sid,
    evidence,
  }) => {
    await page.goto('/')
    demo.lab.setDelay(late)
    expect(await keep(page, 'milk')).toBe('(none)')
    demo.lab.setDelay(0)
    const [posted, landed] = demo.wire().slice(-2)
    await evidence.exchange('the two requests', [posted, landed])
    expect(landed).toMatchObject({ url: '/', setCookie: [] })
    expect(landed?.debug).toContain('no session found')
    await expect
      .poll(async () => (await demo.rows()).map((row) => row.sid))
      .toEqual([await sid('redirect-save.sid')])
    await page.reload()
    expect(await shown(page)).toBe('milk')
  })
})

test('a form without its field is a 400, and makes no row', async ({ request, demo }) => {
  await request.get('/')
  expect((await request.post('/note')).status()).toBe(400)
  expect(await demo.rows()).toEqual([])
})

test.use({ app: 'redirect-save' })
