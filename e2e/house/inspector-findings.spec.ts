import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import session from 'express-session'
import { reachedOnly } from '../../packages/inspector/src/diagnose/reached.ts'
import type { SessionCall } from '../../packages/inspector/src/exchange.ts'
import { createInspector } from '../../packages/inspector/src/index.ts'
import { exchange } from '../support/exchange.ts'
import { expect, test } from '../support/fixtures.ts'
import { noticeErrors, overflow, violations } from '../support/look.ts'

/** Asks for a path as it stands. */
const get = (port: number, path: string) =>
  new Promise<string>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, agent: false }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      res.on('end', () => resolve(text))
    })
    sent.on('error', reject).end()
  })

test('a finding has its kind as a word, its evidence leads to the step, and nothing in it is markup', async () => {
  const inspector = createInspector()
  const app = express()
  const store = inspector.watchStore(new session.MemoryStore())
  app.use(
    session({
      ...{ secret: 'keyboard cat', store, resave: false, saveUninitialized: true },
      cookie: { secure: true },
    }),
  )
  app.use((_req, res) => void res.send('seen'))
  const server = express().use(inspector.around(app)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const panel = (search = '') => get(port, `/__lab/inspector/panel?lang=en${search}`)
  expect(await panel()).toContain('Nothing has arrived yet')
  await get(port, '/<b>bold</b>')
  await expect.poll(panel).toContain('id="finding-secure-over-http-1"')
  const text = await panel()
  expect(text).toMatch(/id="inspector-found" role="status"><a href="#[\w-]+">Diagnosis<\/a>.*fault/)
  expect(text).toMatch(/<a href="\?lang=en&amp;at=1#inspector" data-show>show request 1<\/a>/)
  expect(text).toContain('&lt;b&gt;bold&lt;/b&gt;')
  expect(text).not.toContain('<b>bold')
  expect(text).toContain('<code>session({ …, cookie: { secure: &#39;auto&#39; } })</code>')
  expect(text).not.toContain('Try it in the lab') // there is none here
  expect(text).toMatch(/<details id="inspector-findings" open>/)
  // whoever has the inspector beside an app of their own knows of no lab
  for (const shown of [text, await get(port, '/__lab/inspector/panel?lang=ja')]) {
    expect(shown).toContain('id="finding-secure-over-http-1"')
    expect(shown.replaceAll(/<[^>]*>/g, ' ')).not.toMatch(/demo|scenario|デモ|シナリオ/i)
  }
  const record = await get(port, '/__lab/inspector/export.json')
  const imported = await fetch(`http://127.0.0.1:${port}/__lab/inspector/import?lang=en`, {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${port}` },
    body: new URLSearchParams({ record }),
    redirect: 'manual',
  })
  expect(imported.status).toBe(303)
  const read = await panel('&record=imported')
  expect(read).toContain('lacks the facts that diagnoses need')
  expect(read).not.toContain('id="finding-')
  server.closeAllConnections()
  server.close()
})

test('of several apps in one process, each panel tells of its own', () => {
  const call = (number: number) => ({ number }) as SessionCall
  const { sessions } = reachedOnly({
    exchanges: () => [exchange({ sessions: [2] })],
    outside: () => [],
    sessions: () => [call(1), call(2)],
  })
  expect(sessions()).toEqual([call(2)])
})

test.describe('beside a demo', () => {
  test.use({ app: 'secret/keyboard-cat', viewport: { width: 320, height: 720 } })

  test('what is wrong on purpose is told calmly, with the keyboard, at 320 px, in light and dark', async ({
    page,
    demo,
  }) => {
    const errors = noticeErrors(page)
    await fetch(demo.url)
    await page.goto('/__lab/?lang=en')
    const findings = page.locator('#inspector-findings')
    const count = page.locator('#inspector-found')
    await expect(count).toContainText('fault')
    expect(await findings.getAttribute('open')).toBeNull()
    await count.getByRole('link').press('Enter')
    const one = page.locator('#finding-weak-secret-1')
    await expect(one).toContainText('secret')
    await one.locator('summary').press('Enter')
    await one.getByRole('button', { name: 'Copy' }).press('Enter')
    await expect(one.getByRole('link', { name: 'Try it in the lab' })).toHaveAttribute(
      'href',
      /\/__lab\/\?lang=en/,
    )
    expect(await overflow(page)).toBe(0)
    expect(await violations(page, '.findings, #inspector-found')).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page, '.findings, #inspector-found')).toEqual([])
    expect(errors).toEqual([])
  })
})
