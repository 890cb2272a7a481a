import type { RequestListener } from 'node:http'
import express from 'express'
import type { Handler } from '#inspector'
import { languageOf } from '../../common/words.ts'
import { docsFolder, siteIn } from '../../docs-site/results/run-files.ts'
import { docsOf } from '../../docs-site/site/in-lab.ts'
import { onSameHost } from '../http/origins.ts'
import { problemPage } from '../http/problems.ts'
import type { Lab } from '../site.ts'
import { frameApp } from './frame-app.ts'
import { addTroubles } from './troubles.ts'
import { pageWords } from './words.ts'

const indexOrigin = 'http://localhost'
const docsPath = '/__lab/docs'

/** The page of all scenarios, and the living documentation out of its folder. Labs are added as they start. */
export function openIndex(docs = docsFolder): { handler: RequestListener; add(lab: Lab): void } {
  const labs: Lab[] = []
  const app = frameApp()
  app.get('/__lab/about', (_req, res) => {
    res.set('X-Express-Session-Lab', 'index').json({ scenarios: labs.map(({ scenario }) => scenario.slug) })
  })
  app.use(docsPath, express.static(siteIn(docs), { cacheControl: false }))
  addTroubles(app, (req, slug) => {
    const lab = labs.find(({ scenario }) => scenario.slug === slug)
    return lab && onSameHost(req, lab.sites[0].url)
  })
  app.get('/', (req, res) => {
    const language = languageOf(req.query['lang'])
    const here = (url: string) => onSameHost(req, url)
    const summary = docsOf(docs, docsPath, language)
    res.render('index', { language, words: pageWords[language], labs, here, docs: summary })
  })
  app.get('/__lab/to/:slug', (req, res, next) => {
    const lab = labs.find(({ scenario }) => scenario.slug === req.params.slug)
    if (!lab) return next()
    const search = new URL(req.originalUrl, indexOrigin).search
    res.redirect(`${onSameHost(req, lab.sites[0].url)}__lab/${search}`)
  })
  const handle = app as unknown as Handler
  return {
    add: (lab) => labs.push(lab),
    handler: (req, res) => handle(req, res, problemPage(req, res, 'index')),
  }
}
