import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'
import { lessons } from '../course/course.ts'
import { kinds, type Learner, type Room, type Tally } from '../hand-in/room.ts'
import { type Lesson, readLesson } from '../scenarios/lesson.ts'
import type { Question } from '../scenarios/lesson-question.ts'
import { roomWords } from './room-words.ts'

/** A lesson without a lab beside it: only what it asks is shown. */
const lessonOf = (slug: string, language: Language): Lesson | undefined =>
  lessons.some((each) => each.slug === slug)
    ? readLesson(slug, { language, app: 'http://localhost/', isOnPaper: true })
    : undefined

/** The questions of a lesson of the course; undefined where there is no such lesson. */
export const questionsIn = (slug: string): Question[] | undefined =>
  lessonOf(slug, 'en')?.steps.flatMap(({ questions }) => questions)

/** An answer with how often it was predicted, seen and measured. */
interface AnswerLine {
  label: Html
  isRight: boolean
  counts: readonly number[]
}

/** What a page shows of a room. */
export function roomView(room: Room, language: Language) {
  const words = roomWords[language]
  const known = new Map(
    [...new Set([...room.learners.map(({ slug }) => slug), ...room.lessons.map(({ slug }) => slug)])].flatMap(
      (slug) => {
        const lesson = slug === undefined ? undefined : lessonOf(slug, language)
        return lesson && slug ? [[slug, lesson] as const] : []
      },
    ),
  )
  const stepOf = ({ slug, step }: Learner): Html => {
    const lesson = slug === undefined ? undefined : known.get(slug)
    if (!lesson) return html`${words.nothing}`
    const title = lesson.steps.find(({ id }) => id === step)?.title
    return html`${lesson.title} · ${title?.html ? title : words.intro}`
  }
  return {
    words,
    refused: room.refused,
    replaced: room.replaced,
    median: room.median,
    learners: room.learners.map((learner) => ({ ...learner, at: stepOf(learner) })),
    lanes: lanesOf(room.learners),
    lessons: room.lessons.map(({ slug, questions }) => ({
      slug,
      number: numberOf(slug),
      title: known.get(slug)?.title ?? slug,
      questions: questions.map((sum) => {
        const asked = known
          .get(slug)
          ?.steps.flatMap((step) => step.questions)
          .find(({ id }) => id === sum.id)
        const lines = asked
          ? linesOf(
              asked,
              kinds.map((kind) => sum[kind]),
            )
          : []
        return { ...sum, ask: asked?.ask ?? html`${sum.id}`, lines }
      }),
    })),
  }
}

/** The answers to a question: its choices in their order, and whatever else was said or measured. */
function linesOf({ choices, number }: Question, tallies: readonly Tally[]): AnswerLine[] {
  const countsOf = (answer: string) =>
    tallies.map((tally) => (Object.hasOwn(tally, answer) ? (tally[answer] ?? 0) : 0))
  const chosen = choices.map(({ label, isRight }, place) => ({
    ...{ label, isRight },
    counts: countsOf(String(place)),
  }))
  const places = choices.map((_choice, place) => String(place))
  const others = [...new Set(tallies.flatMap(Object.keys))]
    .filter((answer) => !places.includes(answer))
    .sort((a, b) => Number(a) - Number(b))
    .map((answer) => ({ label: html`${answer}`, isRight: answer === number, counts: countsOf(answer) }))
  return [...chosen, ...others]
}

/** The place of a lesson in the course, from 1. */
const numberOf = (slug: string) => lessons.findIndex((each) => each.slug === slug) + 1

const width = 1000 // of the drawing, for the longest of the timelines

/** The timelines of all learners on one axis: bands of lessons, and requests, each by its place in the drawing. */
function lanesOf(learners: readonly Learner[]) {
  const ends = learners.flatMap(({ timelines }) =>
    timelines.flatMap(({ requests }) => requests.map(({ at }) => at)),
  )
  const longest = Math.max(60_000, ...ends)
  const x = (at: number) => Math.round((at / longest) * (width - 30))
  return learners.map(({ who, timelines }) => ({
    who,
    count: timelines.reduce((sum, { requests }) => sum + requests.length, 0),
    bands: timelines
      .filter(({ requests }) => requests.length > 0)
      .map(({ slug, requests }) => {
        const [from, to] = [x(requests[0]?.at ?? 0), x(requests.at(-1)?.at ?? 0)]
        return { number: numberOf(slug), slug, x: from, width: Math.max(22, to - from) }
      }),
    requests: timelines.flatMap(({ requests }) =>
      requests.map((request) => ({ ...request, x: x(request.at) })),
    ),
  }))
}
