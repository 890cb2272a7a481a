import { expect, test } from '../support/fixtures.ts'
import { prove } from '../support/prove.ts'

const greeting = 'welcome to the session demo. refresh!'

test.use({ app: 'welcome' })

prove(
  ['req.session.example-first-visit-message', 'req.session.example-views-increment'],
  'the first visit only welcomes; each reload then counts one more',
  { holdsIn: 'welcome', failsIn: 'welcome/not-stored' },
  async ({ page, evidence }) => {
    const seen = []
    await page.goto('/')
    for (let reload = 0; reload < 3; reload++) {
      seen.push((await page.getByRole('main').innerText()).replaceAll(/\s+/g, ' '))
      await page.reload()
    }
    await evidence.json('what the page said', seen)
    expect(seen).toEqual([
      `welcome ${greeting}`,
      expect.stringContaining('views: 2'),
      expect.stringContaining('views: 3'),
    ])
  },
)

prove(
  ['req.session.example-is-per-user'],
  'a second visitor is welcomed for the first time',
  { holdsIn: 'welcome', failsIn: 'welcome/one-for-all' },
  async ({ page, browser, demo, evidence }) => {
    await page.goto('/')
    await page.reload()
    const other = await browser.newPage({ baseURL: demo.url })
    await other.goto('/')
    const second = await other.getByRole('main').innerText()
    await other.context().close()
    await page.reload()
    const first = await page.getByRole('main').innerText()
    await evidence.json('what the page said to the second visitor, then to the first', [second, first])
    expect(second).toContain(greeting)
    expect(first).toContain('views: 3')
  },
)

prove(
  ['req.session.example-expires-in-remaining'],
  'the snippet as printed shows the full 60 seconds, however long the visitor waited',
  { holdsIn: 'welcome/readme', failsIn: 'welcome', verdict: 'does-not-hold', tag: '@waits' },
  async ({ page, evidence }) => {
    await page.goto('/')
    await page.waitForTimeout(3_000) // lets three of the 60 seconds pass
    await page.reload()
    const text = await page.getByText('expires in').innerText()
    await evidence.json('what the page said', text)
    const left = Number(/expires in: ([\d.]+)s/.exec(text)?.[1])
    expect(left).toBeGreaterThan(59.9)
  },
)

prove(
  ['req.session.example-expires-in-remaining'],
  'read before anything is written, maxAge is what was left when the request came',
  { holdsIn: 'welcome', failsIn: 'welcome/readme', verdict: 'does-not-hold', tag: '@waits' },
  async ({ page, evidence }) => {
    await page.goto('/')
    await page.waitForTimeout(3_000) // lets three of the 60 seconds pass
    await page.reload()
    const text = await page.getByText('expires in').innerText()
    await evidence.json('what the page said', text)
    const left = Number(/expires in: ([\d.]+)s/.exec(text)?.[1])
    expect(left).toBeLessThan(57.1)
  },
)
