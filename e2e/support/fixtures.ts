import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cookie } from 'playwright/test'
import type { Exchange, Recorder } from '#inspector'
import { createRecorder } from '#inspector'
import { root } from '../../common/places.ts'
import type { SourceLine } from '../../docs-site/results/proof.ts'
import { startLab } from '../../lab/lab.ts'
import type { AppModule } from '../../lab/scenarios/scenarios.ts'
import type { Lab } from '../../lab/site.ts'
import type { Row } from '../../stores/store.ts'
import { callSites } from './call-site.ts'
import { type Keeper, keepWith } from './evidence.ts'
import { memoryFolder } from './memory-folder.ts'
import { test as base, type Running } from './own-process.ts'
import { sidOf } from './wire.ts'

process.chdir(root)

/** The secret that signs in tests. */
export const secret = 'for the tests only: 0123456789abcdef'

interface WrittenApp extends AppModule {
  scenario: string
  /** What is special about it, in a few words. */
  name: string
}

/** An app written in the test itself, run in the frame of a scenario. Made by `inlineApp`. */
export interface InlineApp extends WrittenApp {
  /** Where it is made: the call of `inlineApp`, and the calls of those that make apps with it. */
  madeAt: SourceLine[]
}

/** An app written in the test itself; remembers where that is, for the living documentation to show. */
export const inlineApp = (app: WrittenApp): InlineApp => ({ ...app, madeAt: callSites(inlineApp) })

/** A scenario, `<scenario>/<variant>`, or an app written in the test. */
export type AppUnderTest = string | InlineApp

/** An app under test as the report calls it. */
export const nameOf = (app: AppUnderTest): string =>
  typeof app === 'string' ? app : `${app.scenario}: ${app.name}`

/** The scenario of an app and which of its variants it is; an app written in the test runs in place of the documented one. */
export function scenarioOf(app: AppUnderTest): { scenario: string; variant: string } {
  const [scenario = '', variant = 'app'] = typeof app === 'string' ? app.split('/') : [app.scenario]
  return { scenario, variant }
}

/** A scenario that runs for one test, on free ports, with a store of its own. */
export interface Demo {
  lab: Lab
  /** Where the app answers, with a slash at the end. */
  url: string
  /** Where the lab page is: another origin than that of a variant in which a visitor's script runs. */
  labUrl: string
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
  /** The session() calls, as far as they were seen. */
  sessions: Recorder['sessions']
  /** The row of a session as it lies in the store, looked at from the side; undefined when there is none. */
  row(sid: string): Promise<Row | undefined>
  /** All rows of the app. */
  rows(): Promise<Row[]>
  /** Where the default store keeps its files. */
  folder: string
}

interface Fixtures {
  app: AppUnderTest
  /** What `prove` was given for this side, next to the app. */
  given: unknown
  demo: Demo
  /**
   * Runs the app in a process of its own instead, as `npm run demo:<scenario>` does; of one that is written in the test,
   * the documented app of its scenario.
   */
  startDemo: (env?: NodeJS.ProcessEnv) => Promise<Running>
  /** The cookie of this name in the browser's real jar, whatever its path; undefined when it is not there. */
  cookie: (name: string) => Promise<Cookie | undefined>
  /** The sid in the browser's real jar; undefined when the cookie is not there. */
  sid: (name: string) => Promise<string | undefined>
  evidence: Keeper
}

/** Debug lines come from processes of a cluster, too; before 1.5.0 express-session had none under its own name. */
const reachedSession = ({ debug, sessions }: Exchange) => debug.length + sessions.length > 0

export const test = base.extend<Fixtures>({
  // a demo that stands alone follows the browser: tests read what stands in its code
  locale: 'en-US',
  app: ['counter', { option: true }],
  given: [undefined, { option: true }],

  demo: async ({ app, storeUrl, server }, use) => {
    const folder = await mkdtemp(join(memoryFolder, 'lab-'))
    const recorder = createRecorder()
    const { scenario, variant } = scenarioOf(app)
    const lab = await startLab({
      slug: scenario,
      variant,
      folder,
      storeUrl: server?.url ?? storeUrl,
      recorder,
      secret: [secret],
      hasLabPages: true,
      ...(typeof app === 'object' && { module: app }),
    })
    const [first, second] = lab.sites
    await use({
      lab,
      url: lab.addressOf(first),
      labUrl: `${first.url}__lab/`,
      secondUrl: second ? lab.addressOf(second) : '',
      secureUrl: first.secureUrl ?? '',
      secureSecondUrl: second?.secureUrl ?? '',
      wire: () => recorder.exchanges().filter((each) => reachedSession(each) && each.url !== '/favicon.ico'),
      exchanges: () => recorder.exchanges(),
      sessions: () => recorder.sessions(),
      row: (sid) => first.store.peek(sid),
      rows: () => first.store.rows(1000),
      folder,
    })
    await lab.close()
    await rm(folder, { recursive: true })
  },

  startDemo: async ({ app, start }, use) => {
    const { scenario, variant } = scenarioOf(app)
    const args = [scenario, '--variant', variant, '--port', '0']
    await use((env) => start('lab/cli/demo.ts', args, env))
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

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter
  evidence: async ({}, use, testInfo) => use(keepWith(testInfo)),
})

export { expect } from 'playwright/test'
