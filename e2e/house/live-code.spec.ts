import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createRecorder } from '#inspector'
import { root } from '../../common/places.ts'
import { createDemos } from '../../lab/demos.ts'
import { listen } from '../../lab/http/listen.ts'
import { createOwnCookies } from '../../lab/own-cookies.ts'
import { createFleet } from '../../lab/replicas/fleet.ts'
import { loadApp } from '../../lab/scenarios/scenarios.ts'
import type { Site } from '../../lab/site.ts'
import { openStore } from '../../stores/open.ts'
import { test as base, expect, secret } from '../support/fixtures.ts'

/** A counter that says how much it adds. */
const counting = (says: string) => `
  import express from 'express'
  import session from 'express-session'
  export const createApp = ({ store, secret }) => {
    const app = express()
    app.use(session({ name: 'counter.sid', secret, store, resave: false, saveUninitialized: false }))
    app.get('/', (req, res) => {
      req.session.count = (req.session.count ?? 0) + 1
      res.send(${JSON.stringify(says)} + ' ' + req.session.count)
    })
    return app
  }`

interface Edited {
  /** Writes the app's file, and waits until nobody takes it for what it was. */
  write(text: string): Promise<void>
  /** What a visitor reads who comes again and again. */
  read(): Promise<string>
  problem(): string | undefined
}

const test = base.extend<{ edited: Edited }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  edited: async ({}, use) => {
    const folder = mkdtempSync(join(root, 'node_modules/.cache/lab-live-code-')) // finds the packages from there
    const file = join(relative(root, folder), 'app.ts').replaceAll('\\', '/')
    const variant = { name: 'app', file, note: { ja: '', en: '' } }
    const store = await openStore('memory:', folder, 'app')
    const site: Site = {
      name: 'app',
      store,
      cookies: createOwnCookies('counter'),
      url: '',
      secureUrl: undefined,
    }
    const common = { storeUrl: 'memory:', folder, delay: () => 0 }
    const fleet = createFleet({ ...common, name: 'app', secrets: [secret], isRecorded: false })
    const recorder = createRecorder()
    const running = () => variant
    const demos = createDemos({
      ...{ slug: 'counter', load: loadApp, sites: [site], fleet, hasLabPages: false, recorder, running },
      delay: () => 0,
    })
    const write = async (text: string) => {
      writeFileSync(join(root, file), text)
      await setTimeout(120) // longer than between two looks at the file
    }
    await write(counting('one'))
    await demos.make(variant)
    const listening = await listen(demos.handler(site), 0)
    let cookie = ''
    await use({
      write,
      problem: demos.problem,
      async read() {
        const answer = await fetch(`http://127.0.0.1:${listening?.port}/`, { headers: { cookie } })
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
        return answer.text()
      },
    })
    await listening?.close()
    await demos.close()
    await store.close()
    rmSync(folder, { recursive: true })
  },
})

test('an app whose file has been edited runs as it is now, and the rows stay', async ({ edited }) => {
  expect(await edited.read()).toBe('one 1')
  await edited.write(counting('two'))
  expect(await edited.read()).toBe('two 2')
})

for (const [what, text, told] of [
  ['cannot be compiled', 'export const createApp = ({ store }) => {', /app\.ts:1:\d+: ERROR: /],
  ['throws when it is loaded', 'throw new Error("not today")', /not today/],
  ['throws when its app is made', 'export const createApp = () => { throw new Error("no app") }', /no app/],
] as const) {
  test(`of an app whose file ${what}, the last good version goes on until it is mended`, async ({
    edited,
  }) => {
    expect(await edited.read()).toBe('one 1')
    await edited.write(text)
    expect(await edited.read()).toBe('one 2')
    expect(edited.problem()).toMatch(told)
    await edited.write(counting('mended'))
    expect(await edited.read()).toBe('mended 3')
    expect(edited.problem()).toBeUndefined()
  })
}
