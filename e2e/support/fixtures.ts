import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cookie, LaunchOptions } from 'playwright/test'
import { findBrowser } from '../lab/browser.ts'
import type { Exchange } from '../lab/inspector/exchange.ts'
import { createRecorder } from '../lab/inspector/recorder.ts'
import { type Lab, openLab } from '../lab/lab.ts'
import { listen } from '../lab/listen.ts'
import { root } from '../lab/places.ts'
import type { AppModule } from '../lab/scenarios.ts'
import type { Row } from '../lab/stores/store.ts'
import { test as base } from './servers.ts'
import { sidOf } from './wire.ts'

process.chdir(root)

/** The secret that signs in tests. */
export const secret = 'for the tests only: 0123456789abcdef'

/** An app written in the test itself, run in the frame of a scenario. */
export interface InlineApp extends AppModule {
  scenario: string
  /** What is special about it, in a few words. */
  name: string
}

/** A scenario, `<scenario>/<variant>`, or an app written in the test. */
export type AppUnderTest = string | InlineApp

/** An app under test as the report calls it. */
export const nameOf = (app: AppUnderTest): string =>
  typeof app === 'string' ? app : `${app.scenario}: ${app.name}`

/** A scenario that runs for one test, on free ports, with a store of its own. */
export interface Demo {
  lab: Lab
  /** Where the app listens, with a slash at the end. */
  url: string
  /** Where the second app listens, in a scenario that has two. */
  secondUrl: string
  /** Where the TLS proxy in front of the app listens, in a scenario that has one (`ignoreHTTPSErrors`). */
  secureUrl: string
  secureSecondUrl: string
  /**
   * The exchanges that reached the session, oldest first: static files are answered before it. The icon, which a browser
   * fetches by itself whenever it gets to it, is left out.
   */
  wire(): readonly Exchange[]
  /** All exchanges, static files and the icon too. */
  exchanges(): readonly Exchange[]
  /** The row of a session as it lies in the store, looked at from the side; undefined when there is none. */
  row(sid: string): Promise<Row | undefined>
  /** All rows of the app. */
  rows(): Promise<Row[]>
  /** Where the default store keeps its files. */
  folder: string
}

interface Fixtures {
  app: AppUnderTest
  demo: Demo
  /** The cookie of this name in the browser's real jar, whatever its path; undefined when it is not there. */
  cookie: (name: string) => Promise<Cookie | undefined>
  /** The sid in the browser's real jar; undefined when the cookie is not there. */
  sid: (name: string) => Promise<string | undefined>
  /** Keeps what was seen with the result of the test: the living documentation shows it. */
  evidence: (label: string, value: unknown) => Promise<void>
}

interface WorkerFixtures {
  /** How to launch a browser with all that belongs to its window and profile: see `findHeadlessShell` for what that is. */
  wholeBrowser: LaunchOptions
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  app: ['counter', { option: true }],

  demo: async ({ app, storeUrl, server }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-'))
    const recorder = createRecorder()
    const [slug = '', variant = 'app'] = typeof app === 'string' ? app.split('/') : [app.scenario]
    const lab = await openLab({
      slug,
      variant,
      folder,
      storeUrl: server?.url ?? storeUrl,
      recorder,
      secret: [secret],
      hasLabPages: true,
      ...(typeof app === 'object' && { module: app }),
    })
    const listening = []
    for (const site of lab.sites) {
      const listener = await listen(site.handler, 0)
      if (!listener) throw new Error('no free port')
      site.url = `http://localhost:${listener.port}/`
      listening.push(listener)
      if (!lab.isBehindTlsProxy) continue
      const { startTlsProxy } = await import('../lab/tls-proxy.ts')
      const proxy = await startTlsProxy({ target: `http://127.0.0.1:${listener.port}`, port: 0 })
      site.secureUrl = `https://localhost:${proxy.port}/`
      listening.push(proxy)
    }
    const [first, second] = lab.sites
    if (!first) throw new Error('no app')
    await use({
      lab,
      url: first.url,
      secondUrl: second?.url ?? '',
      secureUrl: first.secureUrl,
      secureSecondUrl: second?.secureUrl ?? '',
      wire: () => recorder.exchanges().filter(({ url, debug }) => debug.length > 0 && url !== '/favicon.ico'),
      exchanges: () => recorder.exchanges(),
      row: (sid) => first.store.peek(sid),
      rows: () => first.store.rows(1000),
      folder,
    })
    await Promise.all(listening.map(({ close }) => close()))
    await lab.close()
    await rm(folder, { recursive: true })
  },

  baseURL: async ({ demo }, use) => use(demo.url),

  cookie: async ({ context }, use) => {
    await use(async (name) => (await context.cookies()).find((cookie) => cookie.name === name))
  },

  sid: async ({ cookie }, use) => {
    await use(async (name) => {
      const found = await cookie(name)
      return found && sidOf(found.value)
    })
  },

  wholeBrowser: [
    async ({ launchOptions }, use) => {
      const executablePath = findBrowser()
      await use({ ...launchOptions, ...(executablePath && { executablePath }) })
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  evidence: async ({}, use, testInfo) => {
    await use((label, value) =>
      testInfo.attach(label, { body: JSON.stringify(value, null, 2), contentType: 'application/json' }),
    )
  },
})

export { expect } from 'playwright/test'
