import type { IncomingMessage, RequestListener } from 'node:http'
import type { JarSource } from './inspector/model/jar-source.ts'
import type { Panel, Peek } from './inspector/panel.ts'
import type { Handler, Recorder } from './inspector/recorder.ts'
import { createOwnCookies, type OwnCookies } from './own-cookies.ts'
import { labPages } from './pages/pages.ts'
import { problemPage } from './problems.ts'
import { createFleet } from './replicas/fleet.ts'
import type { ReplicaSight, Replicas } from './replicas/replicas.ts'
import { withReplicas } from './replicas/with-replicas.ts'
import {
  type AppModule,
  findVariant,
  loadApp,
  readScenario,
  type Scenario,
  type Variant,
} from './scenarios.ts'
import { openStore } from './stores/open.ts'
import { openOwn } from './stores/own.ts'
import { slowWrites } from './stores/slow.ts'
import type { OpenStore } from './stores/store.ts'

export interface LabOptions {
  slug: string
  /** The variant to begin with; `app`, the documented one, when left out. */
  variant?: string
  secret: string[]
  /** Runs instead of the documented app, in the same frame: for apps written in a test. */
  module?: AppModule
  /** `sqlite:`, `sqlite:FOLDER` or `memory:`. */
  storeUrl: string
  /** Where `sqlite:` keeps its files. */
  folder: string
  /** Whether `/__lab/` answers. It shows session ids: only where the server listens on loopback. */
  hasLabPages: boolean
  /** Records what happens between browser, app and store, for the panel on the lab page; neither without it. */
  recorder?: Recorder
  /** Who can look into a browser's jar, besides the page that asks. */
  jarSources?: readonly JarSource[]
  /** Where the index of all scenarios is, if there is one. */
  indexUrl?: string
}

/** One app of a scenario on a port of its own. */
export interface Site {
  /** `app`, or `second` for the second app of a scenario that has two. */
  name: 'app' | 'second'
  store: OpenStore
  /** The processes of the variants that run in some of their own. */
  replicas: Replicas[]
  cookies: OwnCookies
  handler: RequestListener
  /** Where it listens; empty until it does. */
  url: string
  /** Where the TLS proxy in front of it listens; empty until it does, and where there is none. */
  secureUrl: string
}

/** A scenario that is running: its apps, and what a learner may set while it runs. */
export interface Lab {
  scenario: Scenario
  sites: Site[]
  indexUrl: string | undefined
  /** Whoever listens starts a TLS proxy in front of each site, too. */
  isBehindTlsProxy: boolean
  isSecondAnotherSite: boolean
  variant(): Variant
  /** Takes effect with the next request. Sessions stay. */
  setVariant(name: string): Promise<void>
  /** How much later the store writes, in ms. */
  delay(): number
  setDelay(ms: number): void
  /** The processes of the variant that is running, where it has some of its own. */
  replicas(): Replicas | undefined
  /** Whether the variant that is running says how its processes get to a new secret. */
  canRotate(): boolean
  /**
   * Brings a new secret to the processes of the variant that is running, in rolling restarts. While these go on, it
   * does nothing.
   * @throws Error when a process does not start
   */
  rotateSecret(): Promise<void>
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
  const [documented] = scenario.variants
  const load = (variant: Variant) =>
    variant === documented && options.module ? options.module : loadApp(variant)
  const {
    createSecondApp,
    createStore,
    isBehindTlsProxy = false,
    isSecondAnotherSite = false,
  } = await load(documented)
  const names = createSecondApp ? (['app', 'second'] as const) : (['app'] as const)
  const sites: Site[] = []

  const lab: Lab = {
    scenario,
    sites,
    indexUrl: options.indexUrl,
    isBehindTlsProxy,
    isSecondAnotherSite,
    variant: () => settings.variant,
    async setVariant(name) {
      const variant = findVariant(scenario, name)
      for (const site of sites) await demoOf(site, variant)
      const last = lab.replicas()
      settings.variant = variant
      if (last !== lab.replicas()) await last?.rest()
    },
    delay: () => settings.delay,
    setDelay(ms) {
      settings.delay = ms
      lab.replicas()?.setDelay(ms)
    },
    replicas: () => fleet.of(settings.variant),
    canRotate: () => fleet.canRotate(settings.variant),
    rotateSecret: () => fleet.rotate(settings.variant),
    async close() {
      await Promise.all(sites.map((site) => site.store.close()))
    },
  }

  const { storeUrl, folder, secret, recorder } = options
  const fleet = createFleet({
    name: scenario.slug,
    storeUrl,
    folder,
    secrets: secret,
    isRecorded: recorder !== undefined,
    delay: lab.delay,
  })

  // one app per variant and site, made when it is first wanted: a store serves one session() at a time,
  // because session() leaves its own functions on it
  const demos = new Map<string, Handler>()
  async function demoOf(site: Site, variant: Variant): Promise<Handler> {
    const key = `${site.name} ${variant.name}`
    const made = demos.get(key)
    if (made) return made
    const module = await load(variant)
    const create = site.name === 'app' ? module.createApp : module.createSecondApp
    if (!create) throw new Error(`${variant.file} has no second app`)
    const slow = slowWrites(site.store.store, lab.delay)
    const store = options.recorder?.watchStore(slow) ?? slow
    const otherUrl = (isSecure = false) =>
      sites.find((other) => other !== site)?.[isSecure ? 'secureUrl' : 'url'] ?? ''
    const replicas = fleet.open(variant, module)
    if (replicas) site.replicas.push(replicas)
    const app =
      replicas?.handler ?? (create({ store, secret: fleet.secrets(), otherUrl }) as unknown as Handler)
    const demo = options.recorder?.watch(app, site.name) ?? app
    demos.set(key, demo)
    return demo
  }

  const peeks: Record<string, Peek> = {}
  const panel = await openPanel(options, peeks, fleet.known, () => lab.replicas()?.list())
  for (const name of names) {
    const file = name === 'app' ? scenario.slug : `${scenario.slug}.${name}`
    const opened = createStore
      ? openOwn(createStore, file)
      : await openStore(options.storeUrl, options.folder, file)
    const replicas: Replicas[] = []
    const store = withReplicas(opened, replicas)
    peeks[name] = store.peek
    const cookies = createOwnCookies(scenario.slug)
    const site: Site = { name, store, replicas, cookies, url: '', secureUrl: '', handler: () => {} }
    const pages = options.hasLabPages ? (labPages(lab, site, panel) as unknown as Handler) : undefined
    const watchedPages = pages && (options.recorder?.watch(pages, name) ?? pages)
    site.handler = (req, res) => {
      const problem = problemPage(req, res, scenario.slug)
      // a reset takes rows and cookies away: whoever watches has to see that it was no doing of the app
      if (pages && isLabPath(req.url)) return (isReset(req) ? watchedPages : pages)?.(req, res, problem)
      cookies.watch(res)
      demos.get(`${name} ${settings.variant.name}`)?.(req, res, problem)
    }
    sites.push(site)
    await demoOf(site, settings.variant)
  }
  return lab
}

async function openPanel(
  { recorder, hasLabPages, jarSources = [] }: LabOptions,
  peeks: Readonly<Record<string, Peek>>,
  secrets: readonly string[],
  replicas: () => readonly ReplicaSight[] | undefined,
): Promise<Panel | undefined> {
  if (!recorder || !hasLabPages) return undefined
  const isRunning = (pid: number) =>
    replicas()?.some((replica) => replica.pid === pid && replica.state !== 'ended') ?? false
  const panel = await import('./inspector/panel.ts')
  return panel.openPanel({ recorder, peeks, jarSources, secrets, isRunning })
}

const isReset = ({ method, url = '' }: IncomingMessage) => method === 'POST' && url.startsWith('/__lab/reset')

const isLabPath = (url = '') => url === '/__lab' || url.startsWith('/__lab/') || url.startsWith('/__lab?')
