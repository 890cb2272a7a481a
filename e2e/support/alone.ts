import { MemoryStore, type Store } from 'express-session'
import type { CreateApp } from '../../apps/create-app.ts'
import { listen } from '../../lab/http/listen.ts'
import { loadApp, type Scenario } from '../../lab/scenarios/scenarios.ts'
import { secret } from './fixtures.ts'

/** A scenario whose variants take turns; the sessions stay. */
export interface Running {
  /** Where its apps answer, with a slash at the end. */
  starts: readonly string[]
  stores: readonly Store[]
  setVariant(name: string): Promise<void>
  close(): Promise<void>
}

async function listenLocally(handler: Parameters<typeof listen>[0]) {
  const listening = await listen(handler, 0, ['127.0.0.1'])
  if (!listening) throw new Error('no free port')
  return { url: `http://127.0.0.1:${listening.port}/`, close: listening.close }
}

/** Without the lab around it, and in this process where the lab would start some. */
export async function openAlone({ variants }: Scenario): Promise<Running> {
  const modules = new Map(
    await Promise.all(variants.map(async (variant) => [variant.name, await loadApp(variant)] as const)),
  )
  const { createStore, createSecondApp } = modules.get('app') ?? {}
  let running = 'app'
  const made = new Map<string, ReturnType<CreateApp>>()
  const starts: string[] = []
  const stores: Store[] = []

  async function openSite(name: 'createApp' | 'createSecondApp') {
    const store = createStore?.(new Map()) ?? new MemoryStore()
    stores.push(store)
    const otherUrl = () => starts.find((url) => url !== site.url) ?? ''
    const site = await listenLocally((req, res) => {
      const key = `${name} ${running}`
      const app = made.get(key) ?? modules.get(running)?.[name]?.({ store, secret, otherUrl })
      if (app) made.set(key, app)
      app?.(req, res)
    })
    starts.push(site.url)
    return site
  }
  const sites = [await openSite('createApp'), ...(createSecondApp ? [await openSite('createSecondApp')] : [])]
  return {
    starts,
    stores,
    async setVariant(name) {
      running = name
    },
    close: async () => void (await Promise.all(sites.map(({ close }) => close()))),
  }
}
