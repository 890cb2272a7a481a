import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCookies } from 'cookie'
import express, { type Express, type Request, type Response } from 'express'
import createError from 'http-errors'
import type { Panel } from '../inspector/panel.ts'
import type { Lab, Site } from '../lab.ts'
import { readLesson } from '../lessons.ts'
import { statementsOf, verdictNames } from '../living-docs/in-lab.ts'
import { root } from '../places.ts'
import type { Replicas } from '../replicas/replicas.ts'
import type { Variant } from '../scenarios.ts'
import { languageOf } from '../words.ts'
import { onlyFromHere, ownHeaders } from './access.ts'
import { compare } from './diff.ts'
import { pageWords } from './words.ts'

const slowest = 5_000 // ms

/** An Express app for the frame's own pages: EJS out of `views/lab/`, our style and scripts, the access rules. */
export function frameApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback') // the TLS proxy of a scenario that has one
  app.set('views', join(root, 'views/lab'))
  app.set('view engine', 'ejs')
  app.use(onlyFromHere, ownHeaders)
  app.use('/__lab/assets', express.static(join(root, 'lab/assets'), { cacheControl: false }))
  return app
}

/** The lab page of one scenario and what its buttons do, under `/__lab/` of one of its sites. */
export function labPages(lab: Lab, site: Site, panel?: Panel): Express {
  const app = frameApp()
  const { scenario } = lab

  app.get('/__lab/about', (_req, res) => {
    res
      .set('X-Express-Session-Lab', scenario.slug)
      .json({ scenario: scenario.slug, variant: lab.variant().name })
  })

  if (panel) app.use('/__lab/inspector', panel.pages(site.name))

  app.get('/__lab', async (req, res) => {
    if (!req.path.endsWith('/')) return res.redirect(301, '/__lab/')
    const language = languageOf(req.query['lang'])
    const lesson = readLesson(scenario.slug, language)
    res.render('lab', {
      language,
      words: pageWords[language],
      lab,
      site,
      lesson,
      running: lab.variant(),
      replicas: lab.replicas(),
      inspector: await panel?.html(req),
      frames: lab.sites.map((shown) => frameOf(req, lab, shown)),
      secureLab: site.secureUrl && req.protocol !== 'https' && `${onSameHost(req, site.secureUrl)}__lab/`,
      indexUrl: lab.indexUrl && onSameHost(req, lab.indexUrl),
      source: readSource,
      statements: statementsOf(scenario.slug),
      verdicts: verdictNames(language),
      changes: (variant: Variant) => compare(readSource(scenario.variants[0]), readSource(variant)),
    })
  })

  const form = express.urlencoded({ extended: false, limit: '1kb' })

  app.post('/__lab/variant', form, async (req, res) => {
    const name = String(req.body?.variant)
    if (!scenario.variants.some((variant) => variant.name === name))
      throw createError(404, `variant: ${name}`)
    await lab.setVariant(name)
    back(req, res)
  })

  app.post('/__lab/delay', form, (req, res) => {
    const ms = Number(req.body?.delay)
    if (!Number.isInteger(ms) || ms < 0 || ms > slowest) throw createError(400, `delay: 0-${slowest} (ms)`)
    lab.setDelay(ms)
    back(req, res)
  })

  app.get('/__lab/processes', (req, res) => {
    const language = languageOf(req.query['lang'])
    res.render('processes', { language, words: pageWords[language], lab, replicas: running(lab) })
  })

  app.post('/__lab/kill', form, (req, res) => {
    const place = Number(req.body?.place)
    if (!running(lab).kill(place)) throw createError(404, `process: ${req.body?.place}`)
    back(req, res)
  })

  app.post('/__lab/restart', form, (req, res) => {
    const replicas = running(lab)
    const restarted = req.body?.secret === 'new' ? lab.rotateSecret() : replicas.restart()
    restarted.catch((error: unknown) => console.error(`[${scenario.slug}]`, error))
    back(req, res)
  })

  app.post('/__lab/reset', async (req, res) => {
    for (const { store } of lab.sites) await store.clear()
    const sent = Object.keys(parseCookies(req.headers.cookie ?? ''))
    res.append(
      'Set-Cookie',
      lab.sites.flatMap(({ cookies }) => cookies.expiring(sent)),
    )
    back(req, res)
  })

  return app
}

/** The processes of the variant that is running. */
function running(lab: Lab): Replicas {
  const replicas = lab.replicas()
  if (!replicas) throw createError(404, `${lab.variant().file} runs in no process of its own`)
  return replicas
}

/** Back to the lab page, in the language it was in. */
function back(req: Request, res: Response) {
  res.redirect(303, `/__lab/${languageOf(req.query['lang']) === 'en' ? '?lang=en' : ''}`)
}

const readSource = ({ file }: Variant): string => readFileSync(join(root, file), 'utf8')

/** Where a site is shown to this reader: by the scheme with which they have opened the lab page. */
function frameOf(req: Request, lab: Lab, { name, url, secureUrl }: Site) {
  const here = onSameHost(req, req.protocol === 'https' && secureUrl ? secureUrl : url)
  const isElsewhere = lab.isSecondAnotherSite && name === 'second'
  return { name, url: isElsewhere ? onOtherHost(here) : here }
}

/** The same server under another name of this computer, which is another site for a browser. */
function onOtherHost(url: string): string {
  const target = new URL(url)
  target.hostname = target.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return target.href
}

/** A URL of another port under the host name that the reader has opened this page with, so that cookies are shared. */
function onSameHost(req: Request, url: string): string {
  const target = new URL(url)
  return `${target.protocol}//${(req.headers.host ?? 'localhost').replace(/:\d+$/, '')}:${target.port}/`
}
