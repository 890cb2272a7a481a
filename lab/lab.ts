import type { RequestListener } from 'node:http'
import type { Handler, Recorder } from './inspector/recorder.ts'
import { createOwnCookies, type OwnCookies } from './own-cookies.ts'
import { labPages } from './pages/pages.ts'
import { problemPage } from './problems.ts'
import { findVariant, loadApp, readScenario, type Scenario, type Variant } from './scenarios.ts'
import { openStore } from './stores/open.ts'
import { slowWrites } from './stores/slow.ts'
import type { OpenStore } from './stores/store.ts'

export interface LabOptions {
  slug: string
  /** The variant to begin with; `app`, the documented one, when left out. */
  variant?: string
  secret: string[]
  /** `sqlite:`, `sqlite:FOLDER` or `memory:`. */
  storeUrl: string
  /** Where `sqlite:` keeps its files. */
  folder: string
  /** Whether `/__lab/` answers. It shows session ids: only where the server listens on loopback. */
  hasLabPages: boolean
  /** Records what happens between browser, app and store; nothing is recorded without it. */
  recorder?: Recorder
  /** Where the index of all scenarios is, if there is one. */
  indexUrl?: string
}

/** One app of a scenario on a port of its own. */
export interface Site {
  /** `app`, or `second` for the second app of a scenario that has two. */
  name: 'app' | 'second'
  store: OpenStore
  cookies: OwnCookies
  handler: RequestListener
  /** Where it listens; empty until it does. */
  url: string
}

/** A scenario that is running: its apps, and what a learner may set while it runs. */
export interface Lab {
  scenario: Scenario
  sites: Site[]
  indexUrl: string | undefined
  variant(): Variant
  /** Takes effect with the next request. Sessions stay. */
  setVariant(name: string): Promise<void>
  /** How much later the store writes, in ms. */
  delay(): number
  setDelay(ms: number): void
  close(): Promise<void>
}

/**
 * Builds a scenario around its documented apps, ready to be listened for. The app is called as a function and not
 * mounted, so that everything is as when it runs alone; what it does not answer becomes a page in words.
 * @throws Trouble for an unknown scenario, variant or store
 */
export async function openLab(options: LabOptions): Promise<Lab> {
  const scenario = readScenario(options.slug)
  const settings = { variant: findVariant(scenario, options.variant ?? 'app'), delay: 0 }
  const { createSecondApp } = await loadApp(scenario.variants[0])
  const names = createSecondApp ? (['app', 'second'] as const) : (['app'] as const)
  const sites: Site[] = []

  const lab: Lab = {
    scenario,
    sites,
    indexUrl: options.indexUrl,
    variant: () => settings.variant,
    async setVariant(name) {
      const variant = findVariant(scenario, name)
      for (const site of sites) await demoOf(site, variant)
      settings.variant = variant
    },
    delay: () => settings.delay,
    setDelay(ms) {
      settings.delay = ms
    },
    async close() {
      await Promise.all(sites.map((site) => site.store.close()))
    },
  }

  // one app per variant and site, made when it is first wanted: a store serves one session() at a time,
  // because session() leaves its own functions on it
  const demos = new Map<string, Handler>()
  async function demoOf(site: Site, variant: Variant): Promise<Handler> {
    const key = `${site.name} ${variant.name}`
    const made = demos.get(key)
    if (made) return made
    const module = await loadApp(variant)
    const create = site.name === 'app' ? module.createApp : module.createSecondApp
    if (!create) throw new Error(`${variant.file} has no second app`)
    const slow = slowWrites(site.store.store, lab.delay)
    const store = options.recorder?.watchStore(slow) ?? slow
    const app = create({ store, secret: options.secret }) as unknown as Handler
    const demo = options.recorder?.watch(app, site.name) ?? app
    demos.set(key, demo)
    return demo
  }

  for (const name of names) {
    const file = name === 'app' ? scenario.slug : `${scenario.slug}.${name}`
    const store = await openStore(options.storeUrl, options.folder, file)
    const cookies = createOwnCookies(scenario.slug)
    const site: Site = { name, store, cookies, url: '', handler: () => {} }
    const pages = options.hasLabPages ? (labPages(lab, site) as unknown as Handler) : undefined
    site.handler = (req, res) => {
      const problem = problemPage(req, res, scenario.slug)
      if (pages && isLabPath(req.url)) return pages(req, res, problem)
      cookies.watch(res)
      demos.get(`${name} ${settings.variant.name}`)?.(req, res, problem)
    }
    sites.push(site)
    await demoOf(site, settings.variant)
  }
  return lab
}

const isLabPath = (url = '') => url === '/__lab' || url.startsWith('/__lab/') || url.startsWith('/__lab?')
