import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCookies } from 'cookie'
import express, { type Express, type Request, type Response } from 'express'
import createError from 'http-errors'
import type { Lab, Site } from '../lab.ts'
import { readLesson } from '../lessons.ts'
import { root } from '../places.ts'
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
  app.set('views', join(root, 'views/lab'))
  app.set('view engine', 'ejs')
  app.use(onlyFromHere, ownHeaders)
  app.use('/__lab/assets', express.static(join(root, 'lab/assets'), { cacheControl: false }))
  return app
}

/** The lab page of one scenario and what its buttons do, under `/__lab/` of one of its sites. */
export function labPages(lab: Lab, site: Site): Express {
  const app = frameApp()
  const { scenario } = lab

  app.get('/__lab/about', (_req, res) => {
    res
      .set('X-Express-Session-Lab', scenario.slug)
      .json({ scenario: scenario.slug, variant: lab.variant().name })
  })

  app.get('/__lab', (req, res) => {
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
      frames: lab.sites.map(({ name, url }) => ({ name, url: onSameHost(req, url) })),
      indexUrl: lab.indexUrl && onSameHost(req, lab.indexUrl),
      source: readSource,
      changes: (variant: Variant) => compare(readSource(scenario.variants[0]), readSource(variant)),
    })
  })

  const form = express.urlencoded({ extended: false, limit: '1kb' })

  app.post('/__lab/variant', form, async (req, res) => {
    await lab.setVariant(String(req.body?.variant))
    back(req, res)
  })

  app.post('/__lab/delay', form, (req, res) => {
    const ms = Number(req.body?.delay)
    if (!Number.isInteger(ms) || ms < 0 || ms > slowest) throw createError(400, `delay: 0-${slowest} (ms)`)
    lab.setDelay(ms)
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

/** Back to the lab page, in the language it was in. */
function back(req: Request, res: Response) {
  res.redirect(303, `/__lab/${languageOf(req.query['lang']) === 'en' ? '?lang=en' : ''}`)
}

const readSource = ({ file }: Variant): string => readFileSync(join(root, file), 'utf8')

/** A URL of another port under the host name that the reader has opened this page with, so that cookies are shared. */
function onSameHost(req: Request, url: string): string {
  const target = new URL(url)
  return `http://${(req.headers.host ?? 'localhost').replace(/:\d+$/, '')}:${target.port}/`
}
