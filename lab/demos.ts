import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Handler, Recorder } from '#inspector'
import { asOneRequest } from '../stores/budget.ts'
import { slowWrites } from '../stores/slow.ts'
import { createApart } from './apart.ts'
import { createDemoWords } from './demo-words.ts'
import { sendOn } from './http/origins.ts'
import { problemPage } from './http/problems.ts'
import { createLiveCode } from './live-code.ts'
import type { Fleet } from './replicas/fleet.ts'
import type { AppModule, Variant } from './scenarios/scenarios.ts'
import type { Site } from './site.ts'

interface DemosOptions {
  /** Names the scenario in messages. */
  slug: string
  load(variant: Variant): Promise<AppModule>
  sites: readonly Site[]
  fleet: Fleet
  /** Whether there is a lab page, from which variants have to be kept in which a visitor's script runs. */
  hasLabPages: boolean
  recorder: Recorder | undefined
  /** The variant that is running. */
  running(): Variant
  /** How much later the store writes, in ms. */
  delay(): number
}

/** The apps of a scenario, one for each variant and site. The variant that is running answers. */
export interface Demos {
  /** Makes the apps of a variant that have not been made yet. */
  make(variant: Variant): Promise<void>
  /** Makes the apps of the variant that is running anew, when its file has changed; every request does it as well. */
  refresh(): Promise<void>
  /** Why the file of the variant that is running does not run as it is now: its last good version goes on. */
  problem(): string | undefined
  /** What the visitors of the app that is running have chosen, as code; undefined where there is nothing to choose. */
  chosenCode(): string | undefined
  /** Answers with the app; at any other address than its own, sends the request on to it. */
  handler(site: Site): RequestListener
  /** Whether the variant that is running is kept on another origin than the lab page. */
  isApart(): boolean
  /** Where the variant that is running answers. */
  addressOf(site: Site): string
  close(): Promise<void>
}

/** A store serves one session() at a time, because session() leaves its own functions on it: each app gets its own. */
export function createDemos(options: DemosOptions): Demos {
  const { slug, sites, fleet, hasLabPages, recorder, running, delay } = options
  const code = createLiveCode({ load: options.load, use: makeAll })
  const made = new Map<string, Handler>()
  const choices = new Map<Variant, unknown>()
  // each session() listens whether its store is there, and that of a site serves all variants
  for (const { store } of sites) store.store.setMaxListeners(0)
  const keyOf = (site: Site, variant: Variant) => `${site.name} ${variant.name}`
  const isApart = () => apart.has(running())
  const answeredWords = createDemoWords(slug)
  const apart = createApart((site) => (req, res) => {
    if (answeredWords(req, res)) return
    if (isLabPath(req.url)) problemPage(req, res, slug)()
    else if (isApart()) answer(req, res, site)
    else sendOn(req, res, site.url)
  })

  function answer(req: IncomingMessage, res: ServerResponse, site: Site) {
    const problem = problemPage(req, res, slug)
    site.cookies.watch(res)
    const serve = () => asOneRequest(() => made.get(keyOf(site, running()))?.(req, res, problem))
    code.refresh(running()).then(serve).catch(problem)
  }

  async function makeAll(variant: Variant, module: AppModule) {
    const apps = new Map<string, Handler>()
    for (const site of sites) apps.set(keyOf(site, variant), await makeOne(site, variant, module))
    for (const [key, app] of apps) made.set(key, app) // all of them, or none
  }

  async function makeOne(site: Site, variant: Variant, module: AppModule): Promise<Handler> {
    const create = site.name === 'app' ? module.createApp : module.createSecondApp
    if (!create) throw new Error(`${variant.file} has no second app`)
    const slow = slowWrites(site.store.store, delay)
    const store = recorder?.watchStore(slow) ?? slow
    const other = sites.find((each) => each !== site)
    const otherUrl = (isSecure = false) => (isSecure ? other?.secureUrl : other?.url) ?? ''
    const inProcesses = (await fleet.open(variant, module))?.handler
    const own = inProcesses ? undefined : create({ store, secret: fleet.secrets(), otherUrl })
    choices.set(variant, own?.locals?.['chosenCode'])
    const app = inProcesses ?? (own as unknown as Handler)
    if (module.runsVisitorScripts && hasLabPages) await apart.keep(site, variant)
    return recorder?.watch(app, site.name) ?? app
  }

  const addressOf = (site: Site) => (isApart() && apart.urlOf(site)) || site.url
  return {
    async make(variant) {
      await code.refresh(variant)
      if (sites.some((site) => !made.has(keyOf(site, variant))))
        await makeAll(variant, await code.load(variant))
    },
    refresh: () => code.refresh(running()),
    problem: () => code.problemOf(running()),
    chosenCode() {
      const choice = choices.get(running())
      return typeof choice === 'function' ? String(choice()) : undefined
    },
    handler: (site) => (req, res) => {
      if (answeredWords(req, res)) return
      if (isApart()) sendOn(req, res, addressOf(site))
      else answer(req, res, site)
    },
    isApart,
    addressOf,
    close: apart.close,
  }
}

export const isLabPath = (url = ''): boolean => /^\/__lab(?:[/?]|$)/.test(url)
