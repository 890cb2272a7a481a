import { parse as parseCookies } from 'cookie'
import express, { type Express, type Request, type Response } from 'express'
import createError from 'http-errors'
import type { Recorder } from '#inspector'
import { languageOf } from '../../common/words.ts'
import type { Replicas } from '../replicas/replicas.ts'
import type { Lab } from '../site.ts'
import { pageWords } from './words.ts'

const slowest = 5_000 // ms

/**
 * What the buttons of the lab page do. Each leads back to the page: a script takes from it what has changed.
 * @param recorder begins a chapter of its own with each new start
 */
export function addButtons(app: Express, lab: Lab, recorder: Recorder | undefined): void {
  const { scenario } = lab
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
    const slot = Number(req.body?.slot)
    if (!running(lab).kill(slot)) throw createError(404, `process: ${req.body?.slot}`)
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
    recorder?.beginChapter()
    const sent = Object.keys(parseCookies(req.headers.cookie ?? ''))
    res.append(
      'Set-Cookie',
      lab.sites.flatMap(({ cookies }) => cookies.expiring(sent)),
    )
    back(req, res)
  })
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
