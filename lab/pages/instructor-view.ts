import { type Html, html } from '../../common/html.ts'
import type { Language, Words } from '../../common/words.ts'
import { lessons } from '../course/course.ts'
import { type Plan, plans, type Step, skippedLessons, stepsOf } from '../course/plans.ts'
import { readScenario } from '../scenarios/scenarios.ts'
import { queryOf } from './course-view.ts'
import { instructorWords, preparations, troubles } from './instructor-words.ts'
import { teachingPages, teachingWords } from './teaching-words.ts'

/** A plan as the page shows it. */
interface ShownPlan {
  minutes: number
  id: string
  goal: string
  /** What it begins with, when that is not its beginning. */
  startsAt: string | undefined
  /** What a group has to be told that begins there. */
  toldFirst: readonly { title: string; able: string }[]
  steps: readonly ShownStep[]
  total: number
}

interface ShownStep {
  /** From the beginning, as a clock says it: `1:05`. */
  at: string
  minutes: number
  title: string
  /** Undefined for what is in no lesson. */
  url: string | undefined
  isExercise: boolean
  /** What there is to teach it with: to be projected, and to be printed. */
  materials: readonly Material[]
  /** Begins the plan there; undefined for what the plan begins with. */
  beginUrl: string | undefined
}

/** A page for teaching: its name, and where it is. */
interface Material {
  word: string
  url: string
}

/**
 * The pages for teaching a lesson.
 * @param anchor where the presenter view begins; at its beginning when left out
 */
const materialsOf = (slug: string, language: Language, anchor = ''): Material[] =>
  teachingPages.map((page) => ({
    word: teachingWords[language][page],
    url: `/go/${slug}/${page}${queryOf(language)}${page === 'present' ? anchor : ''}`,
  }))

/**
 * The plans, one of them perhaps from a later part on.
 * @param asked the `plan` (its minutes) and `from` (the place of its first part) of the query; what is none is left out
 */
export function instructorView(language: Language, asked: { plan?: unknown; from?: unknown }) {
  const words = instructorWords[language]
  const shown = plans.map((plan) => {
    const place = Number(asked.from)
    const isAsked = Number(asked.plan) === plan.minutes
    const from = isAsked && Number.isInteger(place) && place > 0 && place < plan.parts.length ? place : 0
    return planView(plan, from, language)
  })
  const list = (some: readonly Words[]) => some.map((each) => withCode(each[language]))
  return {
    words,
    plans: shown,
    lessons: lessons.map(({ slug }) => ({
      title: readScenario(slug).title[language],
      materials: materialsOf(slug, language),
    })),
    preparations: list(preparations),
    troubles: troubles.map(({ symptom, remedy }) => ({
      symptom: withCode(symptom[language]),
      remedy: withCode(remedy[language]),
    })),
  }
}

function planView(plan: Plan, from: number, language: Language): ShownPlan {
  const steps = stepsOf(plan, from)
  const shown = steps.map((step, n) => stepView(step, plan, from + n, language, n > 0))
  return {
    minutes: plan.minutes,
    id: `plan-${plan.minutes}`,
    goal: plan.goal[language],
    startsAt: from > 0 ? shown[0]?.title : undefined,
    toldFirst: skippedLessons(plan, from).map(({ slug, able }) => ({
      title: readScenario(slug).title[language],
      able: able[language],
    })),
    steps: shown,
    total: steps.reduce((sum, { minutes }) => sum + minutes, 0),
  }
}

function stepView(
  { part, at, minutes }: Step,
  plan: Plan,
  place: number,
  language: Language,
  canBeginHere: boolean,
): ShownStep {
  const query = queryOf(language)
  const lang = language === 'en' ? '&lang=en' : ''
  const clock = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`
  const beginUrl = canBeginHere
    ? `/instructor?plan=${plan.minutes}&from=${place}${lang}#plan-${plan.minutes}`
    : undefined
  const step = { at: clock, minutes, beginUrl, isExercise: false }
  if ('what' in part)
    return { ...step, title: instructorWords[language][part.what], url: undefined, materials: [] }
  if ('lesson' in part) {
    const { lesson: slug } = part
    const materials = materialsOf(slug, language)
    return { ...step, title: readScenario(slug).title[language], url: `/go/${slug}${query}`, materials }
  }
  const [slug = '', variant] = part.exercise.split('/')
  const url = `/go/${slug}/exercises/${variant}${query}`
  const materials = materialsOf(slug, language, `#break-${variant}`).slice(0, 1)
  return { ...step, title: part.exercise, isExercise: true, url, materials }
}

/** A sentence whose words between backquotes are code. */
const withCode = (sentence: string): Html =>
  html`${sentence.split('`').map((piece, n) => (n % 2 === 1 ? html`<code>${piece}</code>` : piece))}`
