import type { IncomingMessage, RequestListener } from 'node:http'
import type { Handler, JarSource, Recorder } from '#inspector'
import { openStore } from '../stores/open.ts'
import { openOwn } from '../stores/own.ts'
import type { OpenStore } from '../stores/store.ts'
import { type Address, openAddresses, type Where } from './addresses.ts'
import { wordsPath } from './demo-words.ts'
import { createDemos, type Demos, isLabPath } from './demos.ts'
import { problemPage } from './http/problems.ts'
import { createOwnCookies } from './own-cookies.ts'
import { createFleet, type Fleet } from './replicas/fleet.ts'
import { withReplicas } from './replicas/with-replicas.ts'
import {
  type AppModule,
  findVariant,
  loadApp,
  readScenario,
  type Scenario,
  type Variant,
} from './scenarios/scenarios.ts'
import type { Lab, Site } from './site.ts'

interface LabOptions {
  slug: string
  /** The variant to begin with; `app`, the documented one, when left out. */
  variant?: string
  secret: string[]
  /** Runs instead of the documented app, in the same frame: for apps written in a test. */
  module?: AppModule
  /** What `SESSION_STORE` takes; see `openStore`. */
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

/**
 * Starts a scenario: its documented apps, each on a port of its own, with all that is around them. An app is called as
 * a function and not mounted, so that it behaves as when it runs alone; what it does not answer becomes a page in words.
 * @throws Trouble for an unknown scenario, variant or store, and where it cannot listen; nothing stays open then
 */
export async function startLab(options: LabOptions, where: Where = {}): Promise<Lab> {
  const opened: Closable[] = []
  const close = async () => {
    for (const each of opened.splice(0).reverse()) await each.close()
  }
  try {
    return await start(options, where, (each) => opened.push(each), close)
  } catch (problem) {
    await close()
    throw problem
  }
}

interface Closable {
  close(): Promise<void>
}

/** What a learner may change while the lab runs. */
interface Setting {
  variant: Variant
  /** How much later the store writes, in ms. */
  delay: number
}

async function start(
  options: LabOptions,
  where: Where,
  closeLater: (opened: Closable) => void,
  close: Lab['close'],
): Promise<Lab> {
  const { slug, recorder, hasLabPages } = options
  const scenario = readScenario(slug)
  const [documented] = scenario.variants
  const setting: Setting = { variant: findVariant(scenario, options.variant ?? 'app'), delay: 0 }
  const load = async (variant: Variant) =>
    variant === documented && options.module ? options.module : loadApp(variant)
  const module = await load(documented)

  const count = module.createSecondApp ? 2 : 1
  const addresses = await openAddresses(count, module.surroundings?.isBehindTlsProxy, where, closeLater)
  const delay = () => setting.delay
  const fleet = createFleet({
    name: slug,
    storeUrl: options.storeUrl,
    folder: options.folder,
    secrets: options.secret,
    isRecorded: recorder !== undefined,
    delay,
  })
  closeLater(fleet)
  const sites = await openSites(addresses, options, module, fleet, closeLater)
  const running = () => setting.variant
  const demos = createDemos({ slug, load, sites, fleet, hasLabPages, recorder, running, delay })
  closeLater(demos)

  const lab: Lab = {
    scenario,
    sites,
    indexUrl: options.indexUrl,
    isSecondAnotherSite: module.surroundings?.isSecondAnotherSite ?? false,
    close,
    isApart: demos.isApart,
    addressOf: demos.addressOf,
    handler: demos.handler,
    refresh: demos.refresh,
    problem: demos.problem,
    chosenCode: demos.chosenCode,
    ...controls(scenario, setting, demos, fleet),
  }
  await demos.make(setting.variant)
  const pagesOf = openPages(options, lab, fleet.known)
  for (const [n, site] of sites.entries()) {
    const demo = demos.handler(site)
    addresses[n]?.open(hasLabPages ? withLabPages(demo, pagesOf(site), lab, site, recorder) : demo)
  }
  return lab
}

async function openSites(
  [first, second]: readonly [Address, ...Address[]],
  options: LabOptions,
  module: AppModule,
  fleet: Fleet,
  closeLater: (opened: Closable) => void,
): Promise<Lab['sites']> {
  async function openSite(name: Site['name'], { url, secureUrl }: Address): Promise<Site> {
    const store = await storeOf(name, options, module)
    closeLater(store)
    return {
      name,
      store: withReplicas(store, fleet),
      cookies: createOwnCookies(options.slug),
      url,
      secureUrl,
    }
  }
  const app = await openSite('app', first)
  return second ? [app, await openSite('second', second)] : [app]
}

/** What a learner sees and may change while the lab runs. */
function controls(scenario: Scenario, setting: Setting, demos: Demos, fleet: Fleet) {
  const replicas = () => fleet.of(setting.variant)
  const ran = [{ since: 0, name: setting.variant.name }]
  return {
    variant: () => setting.variant,
    variantAt: (at: number) => ran.findLast(({ since }) => since <= at)?.name ?? setting.variant.name,
    async setVariant(name: string) {
      const variant = findVariant(scenario, name)
      await demos.make(variant)
      const last = replicas()
      setting.variant = variant
      ran.push({ since: Date.now(), name })
      if (last !== replicas()) await last?.stopAll()
    },
    delay: () => setting.delay,
    setDelay(ms: number) {
      setting.delay = ms
      replicas()?.setDelay(ms)
    },
    replicas,
    canRotate: () => fleet.canRotate(setting.variant),
    rotateSecret: () => fleet.rotate(setting.variant),
  }
}

/** The store of a site: the one that the scenario is about, or the one that was asked for. */
async function storeOf(
  name: Site['name'],
  { slug, storeUrl, folder }: LabOptions,
  { createStore, surroundings }: AppModule,
): Promise<OpenStore> {
  const file = name === 'app' ? slug : `${slug}.${name}`
  return createStore
    ? openOwn(createStore, file, surroundings?.isStoreBare)
    : openStore(storeUrl, folder, file)
}

/** The lab pages of a site. They are loaded with the first request for one: the demo is to answer as soon as it can. */
function openPages({ recorder, jarSources }: LabOptions, lab: Lab, secrets: readonly string[]) {
  let loaded: Promise<(site: Site) => Handler> | undefined
  const load = async () => {
    const { createPages } = await import('./pages/pages.ts')
    return createPages(lab, { recorder, jarSources, secrets })
  }
  return (site: Site): Handler =>
    (req, res, next) => {
      loaded ??= load()
      loaded.then((pagesOf) => pagesOf(site)(req, res, next)).catch(next)
    }
}

/**
 * A demo with the lab page before it. Start over takes rows and cookies away: it is recorded, so that whoever watches
 * sees that it was not the app.
 */
function withLabPages(
  demo: RequestListener,
  pages: Handler,
  lab: Lab,
  site: Site,
  recorder: Recorder | undefined,
): RequestListener {
  const recorded = recorder?.watch(pages, site.name) ?? pages
  return (req, res) => {
    if (!isLabPath(req.url) || req.url === wordsPath) return demo(req, res)
    const answer = isReset(req) ? recorded : pages
    answer(req, res, problemPage(req, res, lab.scenario.slug))
  }
}

const isReset = ({ method, url = '' }: IncomingMessage) => method === 'POST' && url.startsWith('/__lab/reset')
