import type { Express, Request } from 'express'
import { type Language, languageOf } from '../../common/words.ts'
import { onSameHost } from '../http/origins.ts'
import { readLesson, type Step } from '../scenarios/lesson.ts'
import { rightAnswer } from '../scenarios/lesson-question.ts'
import type { Lab, Site } from '../site.ts'
import { queryOf } from './course-view.ts'
import { placeOf } from './lesson-routes.ts'
import { type TeachingPage, teachingWords } from './teaching-words.ts'
import { pageWords } from './words.ts'

/** What is on the wall at a time: something to read, what is asked, or what came of it. */
interface Screen {
  id: string
  step: Step
  kind: 'read' | 'ask' | 'answer'
}

/** The screens of a step. The first one has the anchor of the step. */
function screensOf(step: Step): Screen[] {
  const { id, questions, before } = step
  if (questions.length === 0) return [{ id, step, kind: 'read' }]
  const isReadFirst = before.html.trim() !== ''
  const read: Screen[] = isReadFirst ? [{ id, step, kind: 'read' }] : []
  return [
    ...read,
    { id: isReadFirst ? `${id}-ask` : id, step, kind: 'ask' },
    { id: `${id}-answer`, step, kind: 'answer' },
  ]
}

/** The steps up to the last experiment are there to be gone through; what is behind it tells what came of them. */
function partsOf(steps: readonly Step[]) {
  const end = steps.findLastIndex(({ questions }) => questions.length > 0) + 1
  return { body: steps.slice(0, end), conclusions: steps.slice(end) }
}

/** Adds the presenter view, the handout and the answer sheet of a scenario's lesson. */
export function addTeaching(app: Express, lab: Lab, site: Site): void {
  const { slug, title } = lab.scenario
  const common = (req: Request, page: TeachingPage) => {
    const language: Language = languageOf(req.query['lang'])
    const isOnPaper = page !== 'present'
    return {
      ...{ language, page, slug, rightAnswer, title: title[language], query: queryOf(language) },
      words: { ...pageWords[language], ...teachingWords[language] },
      lesson: readLesson(slug, { ...placeOf(req, lab, site), isOnPaper }),
    }
  }

  app.get('/__lab/present', (req, res) => {
    const shared = common(req, 'present')
    const index = lab.indexUrl && onSameHost(req, lab.indexUrl)
    res.render('present', {
      ...shared,
      screens: shared.lesson.steps.flatMap(screensOf),
      exit: `${index ? `${index}instructor` : '/__lab/'}${shared.query}`,
    })
  })

  for (const page of ['handout', 'answer-sheet'] as const) {
    app.get(`/__lab/${page}`, (req, res) => {
      const shared = common(req, page)
      res.render('sheet', { ...shared, ...partsOf(shared.lesson.steps) })
    })
  }
}
