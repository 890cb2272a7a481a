import type { Express, Request } from 'express'
import { type Handler, type JarSource, openPanel, type Panel, type Recorder } from '#inspector'
import { highlight } from '../../common/highlight.ts'
import { compare } from '../../common/line-diff.ts'
import { languageOf } from '../../common/words.ts'
import { findingsOf, statementsOf, verdictNames } from '../../docs-site/site/in-lab.ts'
import { troubleWords } from '../../docs-site/troubles/words.ts'
import { addAnswers, type ToldAnswers } from '../hand-in/answers.ts'
import { onOtherHost, onSameHost } from '../http/origins.ts'
import { readLesson } from '../scenarios/lesson.ts'
import type { Variant } from '../scenarios/scenarios.ts'
import { codeHtml, readCode, sourceHtml } from '../scenarios/source.ts'
import type { Lab, Site } from '../site.ts'
import { addButtons } from './buttons.ts'
import { courseNav } from './course-view.ts'
import { exercisePages } from './exercise-pages.ts'
import { mendLinks } from './exercise-view.ts'
import { frameApp } from './frame-app.ts'
import { frameOf } from './frames.ts'
import { addHandIn } from './hand-in.ts'
import { addLessonRoutes, placeOf } from './lesson-routes.ts'
import { addTeaching } from './teaching.ts'
import { addTroubles } from './troubles.ts'
import { pageWords } from './words.ts'

interface PagesOptions {
  recorder: Recorder | undefined
  jarSources: readonly JarSource[] | undefined
  /** All that have ever signed. */
  secrets: readonly string[]
}

/** The lab pages of each site. One panel is in all of them; none without a recorder. */
export function createPages(lab: Lab, options: PagesOptions): (site: Site) => Handler {
  const panel = panelOf(lab, options)
  const { recorder } = options
  const told: ToldAnswers = { last: undefined }
  const pages = new Map(lab.sites.map((site) => [site, labPages(lab, site, { panel, recorder, told })]))
  return (site) => pages.get(site) as unknown as Handler
}

function panelOf(lab: Lab, { recorder, jarSources = [], secrets }: PagesOptions): Panel | undefined {
  if (!recorder) return undefined
  return openPanel({
    recorder,
    peeks: Object.fromEntries(lab.sites.map(({ name, store }) => [name, store.peek])),
    jarSources,
    secrets,
    statementUrl: (id, req) =>
      lab.indexUrl && `${onSameHost(req, lab.indexUrl)}sentences/${id}${searchOf(req)}`,
    labUrl({ scenario: slug }, req) {
      const search = searchOf(req)
      if (slug === lab.scenario.slug) return `/__lab/${search}`
      return lab.indexUrl && `${onSameHost(req, lab.indexUrl)}go/${slug}${search}`
    },
    language: 'ja', // as on the lab's own pages
    isRunning: (pid) =>
      lab
        .replicas()
        ?.list()
        .some((replica) => replica.pid === pid && replica.state !== 'ended') ?? false,
    serverName(server, language) {
      const site = lab.sites.find(({ name }) => name === server)
      return site ? pageWords[language].port(new URL(lab.addressOf(site)).port) : server
    },
    appPort(server) {
      const site = lab.sites.find(({ name }) => name === server)
      return site && lab.isApart() ? Number(new URL(lab.addressOf(site)).port) : undefined
    },
  })
}

const searchOf = (req: Request) => (languageOf(req.query['lang']) === 'en' ? '?lang=en' : '')

/** What the pages of all sites of a lab have in common. */
interface Shared {
  panel: Panel | undefined
  recorder: Recorder | undefined
  told: ToldAnswers
}

/** The lab page of one scenario and what its buttons do, under `/__lab/` of one of its sites. */
function labPages(lab: Lab, site: Site, { panel, recorder, told }: Shared): Express {
  const app = frameApp()
  const { scenario } = lab

  app.get('/__lab/about', (_req, res) => {
    res
      .set('X-Express-Session-Lab', scenario.slug)
      .json({ scenario: scenario.slug, variant: lab.variant().name })
  })

  if (panel) app.use('/__lab/inspector', panel.pages(site.name))
  app.use('/__lab/exercises', exercisePages(lab, site))

  app.get('/__lab', async (req, res) => {
    if (!req.path.endsWith('/')) return res.redirect(301, '/__lab/')
    const language = languageOf(req.query['lang'])
    await lab.refresh()
    const lesson = readLesson(scenario.slug, placeOf(req, lab, site))
    res.render('lab', {
      language,
      words: pageWords[language],
      lab,
      site,
      lesson,
      troubles: troubleWords[language],
      running: lab.variant(),
      replicas: lab.replicas(),
      inspector: await panel?.html(req),
      frames: lab.sites.map((shown) => frameOf(req, lab, shown)),
      secureLab: site.secureUrl && req.protocol !== 'https' && `${onSameHost(req, site.secureUrl)}__lab/`,
      indexUrl: lab.indexUrl && onSameHost(req, lab.indexUrl),
      mend: mendLinks(scenario.slug, language),
      problem: lab.problem(),
      otherHost: onOtherHost,
      chosen: lab.chosenCode() && codeHtml(highlight(lab.chosenCode() ?? '')).html,
      source: ({ file }: Variant) => sourceHtml(file).html,
      course: courseNav(scenario.slug, language, lab.indexUrl && onSameHost(req, lab.indexUrl)),
      statements: statementsOf(scenario.slug),
      findings: findingsOf(scenario.slug),
      verdicts: verdictNames(language),
      changes: (variant: Variant) => compare(readCode(scenario.variants[0].file), readCode(variant.file)),
    })
  })

  addLessonRoutes(app, lab, site, recorder)
  addTeaching(app, lab, site)

  addAnswers(app, told)
  addHandIn(
    app,
    '/__lab/hand-in',
    () => [{ slug: scenario.slug, url: lab.sites[0].url }],
    () => '/__lab/',
  )

  addButtons(app, lab, recorder)
  addTroubles(app, (req, slug) => (slug === scenario.slug ? onSameHost(req, site.url) : undefined))

  return app
}
