import { statSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCookies } from 'cookie'
import type { Express, Request } from 'express'
import createError from 'http-errors'
import type { Recorder } from '#inspector'
import { root } from '../../common/places.ts'
import { languageOf } from '../../common/words.ts'
import { onOtherHost, onSameHost } from '../http/origins.ts'
import { measure } from '../measure.ts'
import { readLesson } from '../scenarios/lesson.ts'
import { addressOf, type LessonPlace } from '../scenarios/lesson-actions.ts'
import { answerOf } from '../scenarios/lesson-question.ts'
import type { Lab, Site } from '../site.ts'

/** Where this reader is: the addresses that their lesson names. */
export function placeOf(req: Request, lab: Lab, site: Site): LessonPlace {
  const second = lab.sites.find((each) => each !== site)
  const here = (url: string | undefined) => (url === undefined ? undefined : onSameHost(req, url))
  const isSecure = req.protocol === 'https'
  const other = here(isSecure ? second?.secureUrl : second?.url)
  return {
    language: languageOf(req.query['lang']),
    app: here((isSecure && site.secureUrl) || site.url) ?? site.url,
    second: other && lab.isSecondAnotherSite ? onOtherHost(other) : other,
    tls: here(site.secureUrl),
    secondTls: here(second?.secureUrl),
  }
}

/** What the steps of a lesson ask the lab while the page stays as it is. */
export function addLessonRoutes(app: Express, lab: Lab, site: Site, recorder: Recorder | undefined): void {
  const { slug } = lab.scenario

  app.get('/__lab/state', async (_req, res) => {
    await lab.refresh()
    const { file } = lab.variant()
    const { mtimeMs } = statSync(join(root, file), { throwIfNoEntry: false }) ?? {}
    res.json({ version: [file, mtimeMs, lab.delay(), lab.problem()].join(' '), chosen: lab.chosenCode() })
  })

  app.get('/__lab/measured', async (req, res) => {
    const lesson = readLesson(slug, placeOf(req, lab, site))
    const step = lesson.steps.find(({ id }) => id === req.query['step'])
    if (!step) throw createError(404, `step: ${req.query['step']}`)
    const since = Number(req.query['since'])
    const found: Record<string, string | null> = {}
    for (const question of step.questions) {
      const { id, measured } = question
      const fact =
        measured && recorder ? await measure(measured, { lab, recorder, since, host: req.hostname }) : null
      found[id] = fact === null ? null : answerOf(fact, question)
    }
    res.json(found)
  })

  app.get('/__lab/curl', (req, res) => {
    const url = addressOf(String(req.query['path'] ?? '/'), placeOf(req, lab, site))
    const names = recorder ? sessionNames(recorder) : []
    const cookies = Object.entries(parseCookies(req.headers.cookie ?? '', { decode: (value) => value }))
    const own = cookies.filter(([name]) => name.startsWith(`${slug}.`) || names.includes(name))
    const header = own.map(([name, value]) => `${name}=${value}`).join('; ')
    res.type('text').send(`curl -i ${header && `-H ${quoted(`Cookie: ${header}`)} `}${quoted(url)}\n`)
  })
}

/** The names of the session cookies that the apps of a lab have used. */
function sessionNames(recorder: Recorder): string[] {
  const used = new Set(recorder.exchanges().flatMap(({ sessions }) => sessions))
  return recorder.sessions().flatMap(({ number, name }) => (used.has(number) ? [name] : []))
}

/** Text as one word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
