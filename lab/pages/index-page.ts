import type { RequestListener } from 'node:http'
import { parse as parseCookies } from 'cookie'
import express, { type Request } from 'express'
import createError from 'http-errors'
import type { Handler } from '#inspector'
import { languageOf } from '../../common/words.ts'
import { docsFolder, hasSite, siteIn } from '../../docs-site/results/run-files.ts'
import { docsOf } from '../../docs-site/site/in-lab.ts'
import { placeOfSentence } from '../../docs-site/site/sentence-page.ts'
import { troubleWords } from '../../docs-site/troubles/words.ts'
import { lessons, placeOf } from '../course/course.ts'
import { onOtherHost, onSameHost } from '../http/origins.ts'
import { problemPage } from '../http/problems.ts'
import type { Lab } from '../site.ts'
import { courseView, queryOf } from './course-view.ts'
import { courseWords } from './course-words.ts'
import { frameApp } from './frame-app.ts'
import { addHandIn } from './hand-in.ts'
import { instructorView } from './instructor-view.ts'
import { mapView, mapWords } from './map-view.ts'
import { addRoom } from './room.ts'
import { teachingPages } from './teaching-words.ts'
import { addTroubles, findForm } from './troubles.ts'
import { pageWords } from './words.ts'

const indexOrigin = 'http://localhost'
const mostStrangers = 10

/** The names of cookies that other programs have left on this host: they turn up in every lesson. */
const strangersIn = ({ headers }: Request): string[] =>
  Object.keys(parseCookies(headers.cookie ?? ''))
    .filter((name) => !lessons.some(({ slug }) => name.startsWith(`${slug}.`)))
    .slice(0, mostStrangers)

/** The language that an address asks for, to be handed on; where it asks for none, the next page may follow its reader. */
const askedQuery = ({ query: { lang } }: Request): string =>
  lang === 'ja' || lang === 'en' ? `?lang=${lang}` : ''

const docsPath = '/__lab/docs'

/**
 * The course, the ways from it to the lab pages of its scenarios, and the living documentation out of its folder.
 * Labs are added as they start.
 */
export function openIndex(docs = docsFolder): { handler: RequestListener; add(lab: Lab): void } {
  const labs = new Map<string, Lab>()
  const app = frameApp()
  const common = (req: Request) => {
    const language = languageOf(req.query['lang'])
    return { language, query: queryOf(language), words: { ...pageWords[language], ...courseWords[language] } }
  }
  /** The lab page of a scenario, under the host name by which the reader came. */
  const labPage = (req: Request, slug: unknown) => {
    const lab = labs.get(String(slug))
    if (!lab) throw createError(404, `scenario: ${slug}`)
    return `${onSameHost(req, lab.sites[0].url)}__lab/`
  }

  app.get('/__lab/about', (_req, res) => {
    res.set('X-Express-Session-Lab', 'index').json({ scenarios: [...labs.keys()] })
  })
  app.use(docsPath, express.static(siteIn(docs), { cacheControl: false }))
  addTroubles(app, (req, slug) => {
    const lab = labs.get(slug)
    return lab && onSameHost(req, lab.sites[0].url)
  })

  app.get('/', (req, res) => {
    const { language, query, words } = common(req)
    res.render('index', {
      ...{ language, query, words, count: lessons.length },
      chapters: courseView(language),
      docs: docsOf(docs, docsPath, language),
      find: findForm(language).html,
      troubles: troubleWords[language],
      strangers: strangersIn(req),
      elsewhere: `${onOtherHost(`${req.protocol}://${req.headers.host}/`)}${query}`,
    })
  })

  app.get('/instructor', (req, res) => {
    const { language, query, words } = common(req)
    const view = instructorView(language, req.query)
    res.render('instructor', { language, query, ...view, words: { ...words, ...view.words } })
  })

  addHandIn(
    app,
    '/hand-in',
    () => [...labs.values()].map(({ scenario, sites }) => ({ slug: scenario.slug, url: sites[0].url })),
    () => '/',
  )

  addRoom(app)

  app.get('/map', (req, res) => {
    const { language, query, words } = common(req)
    res.render('map', { language, query, words: { ...words, ...mapWords[language] }, ...mapView(language) })
  })

  // one address for each scenario, whatever port it has got: for links that are written before that is known
  app.get('/go/:slug', (req, res) => {
    res.redirect(302, `${labPage(req, req.params.slug)}${new URL(req.originalUrl, indexOrigin).search}`)
  })
  app.get('/go/:slug/exercises/:variant', (req, res) => {
    const { slug, variant } = req.params
    const page = `${labPage(req, slug)}exercises/${encodeURIComponent(variant)}`
    res.redirect(302, `${page}${askedQuery(req)}`)
  })
  for (const page of teachingPages) {
    app.get(`/go/:slug/${page}`, (req, res) => {
      res.redirect(302, `${labPage(req, req.params.slug)}${page}${askedQuery(req)}`)
    })
  }

  // one address for each sentence of the documentation, and for each finding beside it, whether its page has been made or not
  app.get('/sentences/:id', (req, res) => {
    const { language, query } = common(req)
    const place = placeOfSentence(req.params.id)
    if (!place) throw createError(404, `sentence: ${req.params.id}`)
    const page = `${docsPath}/${language}/${place}`
    res.redirect(302, hasSite(docs) ? page : `/${query}`)
  })

  // the marks are kept for the origin of the index: a scenario, which has an origin of its own, leads through here
  app.get('/done/:slug', (req, res) => {
    const place = placeOf(req.params.slug)
    if (!place) throw createError(404, `scenario: ${req.params.slug}`)
    const { query: _, ...shared } = common(req)
    const next = `/${place.next ? `go/${place.next.slug}` : ''}${askedQuery(req)}`
    res.render('done', { ...shared, slug: req.params.slug, next })
  })

  const handle = app as unknown as Handler
  return {
    add: (lab) => labs.set(lab.scenario.slug, lab),
    handler: (req, res) => handle(req, res, problemPage(req, res, 'index')),
  }
}
