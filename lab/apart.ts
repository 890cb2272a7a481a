import type { RequestListener } from 'node:http'
import { type Listening, listen } from './http/listen.ts'
import type { Variant } from './scenarios/scenarios.ts'
import type { Site } from './site.ts'

/** The variants in whose pages a visitor's script runs, each site's on an origin where there is nothing else. */
interface Apart {
  has(variant: Variant): boolean
  /** From now on, this variant of the site answers there. Opens the origin when it is the first one. */
  keep(site: Site, variant: Variant): Promise<void>
  /** The origin of a site, with a slash at the end; undefined until one of its variants is kept there. */
  urlOf(site: Site): string | undefined
  close(): Promise<void>
}

/**
 * Another port is another origin: a script there can neither read the lab page nor press its buttons. Cookies know no
 * ports, so that the browser's jar stays the same. It speaks HTTP only, and takes any free port.
 * @param answer what a site answers there
 */
export function createApart(answer: (site: Site) => RequestListener): Apart {
  const variants = new Set<Variant>()
  const opened = new Map<Site, Listening>()
  return {
    has: (variant) => variants.has(variant),
    async keep(site, variant) {
      if (!opened.has(site)) {
        const listening = await listen(answer(site), 0)
        if (!listening) throw new Error('no free port')
        if (opened.has(site)) await listening.close()
        else opened.set(site, listening)
      }
      variants.add(variant)
    },
    urlOf(site) {
      const port = opened.get(site)?.port
      return port === undefined ? undefined : `http://localhost:${port}/`
    },
    async close() {
      for (const listening of opened.values()) await listening.close()
    },
  }
}
