import type { Request } from 'express'
import { onOtherHost, onSameHost } from '../http/origins.ts'
import type { Lab, Site } from '../site.ts'

/** A frame in which a site of the lab is shown. */
export interface Frame {
  name: Site['name']
  url: string
}

/** Where a site is shown to this reader: by the scheme with which they have opened the page. */
export function frameOf(req: Request, lab: Lab, site: Site): Frame {
  const isSecure = req.protocol === 'https' && site.secureUrl
  const here = onSameHost(req, isSecure ? site.secureUrl : lab.addressOf(site))
  const isElsewhere = lab.isSecondAnotherSite && site.name === 'second'
  return { name: site.name, url: isElsewhere ? onOtherHost(here) : here }
}
