import * as v from 'valibot'
import type { Question } from '../scenarios/lesson-question.ts'
import { type Answers, type HandIn, handInForm } from './forms.ts'

/** A file as it was chosen. */
export interface HandedIn {
  name: string
  text: string
}

/** What the files of a room come to. */
export interface Room {
  learners: readonly Learner[]
  lessons: readonly LessonSum[]
  /** How many questions the one in the middle has said something of. */
  median: number
  refused: readonly Refused[]
  /** Files left out, as the same person has handed in a later one. */
  replaced: readonly string[]
}

export interface Refused {
  file: string
  why: 'no-json' | 'no-hand-in' | 'unknown-lesson'
}

export interface Learner {
  /** The name that was typed; else the place among the files, from 1. */
  who: string
  file: string
  /** The lesson and the step that were open last; undefined when nothing was said at all. */
  slug: string | undefined
  step: string | undefined
  /** Minutes from the last thing said or sent until the file was taken. */
  quiet: number | undefined
  /** Questions of which something was predicted or seen. */
  answered: number
  /** At most half as many as the one in the middle. */
  isBehind: boolean
  exercises: HandIn['exercises']
  timelines: readonly Timeline[]
}

/** The requests of one lesson, in ms from the learner's first one. */
interface Timeline {
  slug: string
  requests: readonly { at: number; isFailed: boolean; isSetting: boolean; what: string }[]
}

interface LessonSum {
  slug: string
  questions: readonly QuestionSum[]
}

/** How often each answer was given: by the place of a choice, else by what was typed. */
export type Tally = Readonly<Record<string, number>>
export const kinds = ['predicted', 'seen', 'measured'] as const
type Kind = (typeof kinds)[number]

interface QuestionSum extends Record<Kind, Tally> {
  id: string
  /** Who saw something else than what was measured. */
  misread: readonly string[]
}

type AskedIn = (slug: string) => readonly Question[] | undefined

/**
 * Sums up what learners have handed in. Of one person, only the last file counts.
 * @param askedIn the questions of a lesson; undefined where there is no such lesson
 */
export function sumUp(files: readonly HandedIn[], askedIn: AskedIn): Room {
  const refused: Refused[] = []
  const read = files.flatMap(({ name, text }) => {
    const found = readFile(text, askedIn)
    if (typeof found !== 'string') return [{ file: name, handIn: found }]
    refused.push({ file: name, why: found })
    return []
  })
  const last = read.filter((one) => !read.some((other) => isLater(other, one)))
  const learners = last.map(({ file, handIn }, index) => learnerOf(file, handIn, String(index + 1)))
  const median = medianOf(learners.map(({ answered }) => answered))
  return {
    learners: learners.map((one) => ({ ...one, isBehind: one.answered <= median / 2 })),
    lessons: lessonsOf(
      last.map(({ handIn }, index) => ({ handIn, who: learners[index]?.who ?? '' })),
      askedIn,
    ),
    median,
    refused,
    replaced: read.filter((one) => !last.includes(one)).map(({ file }) => file),
  }
}

function readFile(text: string, askedIn: AskedIn): HandIn | Refused['why'] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'no-json'
  }
  const read = v.safeParse(handInForm, json)
  if (!read.success) return 'no-hand-in'
  return read.output.lessons.every(({ slug }) => askedIn(slug)) ? read.output : 'unknown-lesson'
}

interface ReadFile {
  file: string
  handIn: HandIn
}

/** Whether `other` is a later file of the same person; of two files of the same moment, the first one stays. */
function isLater(other: ReadFile, one: ReadFile): boolean {
  if (other === one) return false
  const isSame = JSON.stringify(other.handIn) === JSON.stringify(one.handIn)
  if (isSame) return other.file < one.file
  return isSamePerson(other.handIn, one.handIn) && other.handIn.at > one.handIn.at
}

const byChance = 2 // requests of two people that were sent in the same ms, to the same address

/** By the name; where it was left out, by what only one of them can have done: nobody else spoke or asked at that moment. */
function isSamePerson(one: HandIn, other: HandIn): boolean {
  if (one.name !== undefined && other.name !== undefined) return one.name === other.name
  const isShared = (moments: (handIn: HandIn) => string[], most: number) => {
    const own = new Set(moments(one))
    return new Set(moments(other).filter((moment) => own.has(moment))).size > most
  }
  return isShared(momentsSaid, 0) || isShared(momentsSent, byChance)
}

const momentsSaid = ({ lessons }: HandIn) =>
  lessons.flatMap(({ slug, answers }) => (answers ? [`${slug} ${answers.at}`] : []))

const momentsSent = ({ lessons }: HandIn) =>
  lessons.flatMap(({ slug, timeline }) =>
    timeline.map(({ at, method, url }) => `${slug} ${at} ${method} ${url}`),
  )

const isSaid = ({ predicted, seen }: Answers['questions'][string]) =>
  predicted !== undefined || seen !== undefined

function learnerOf(file: string, { name, at, lessons, exercises }: HandIn, place: string): Learner {
  const answers = lessons.flatMap(({ slug, answers }) => (answers ? [{ slug, ...answers }] : []))
  const [last] = [...answers].sort((a, b) => b.at - a.at)
  const sent = lessons.flatMap(({ timeline }) => timeline.map((request) => request.at))
  const begun = Math.min(...sent)
  const lastMoment = Math.max(...answers.map((each) => each.at), ...sent)
  return {
    ...{ who: name ?? place, file, exercises, isBehind: false },
    slug: last?.slug,
    step: last?.step,
    quiet: Number.isFinite(lastMoment) ? Math.max(0, Math.round((at - lastMoment) / 60_000)) : undefined,
    answered: answers.reduce((sum, { questions }) => sum + Object.values(questions).filter(isSaid).length, 0),
    timelines: lessons.map(({ slug, timeline }) => ({
      slug,
      requests: timeline.map(({ at, method, url, status, set }) => ({
        at: at - begun,
        isFailed: status === null || status >= 400,
        isSetting: set !== null,
        what: `${method} ${url} ${status ?? ''}`.trim(),
      })),
    })),
  }
}

function lessonsOf(room: readonly { handIn: HandIn; who: string }[], askedIn: AskedIn): LessonSum[] {
  const slugs = new Set(room.flatMap(({ handIn }) => handIn.lessons.map(({ slug }) => slug)))
  const said = (slug: string) =>
    room.flatMap(({ handIn, who }) => {
      const answers = handIn.lessons.find((lesson) => lesson.slug === slug)?.answers
      return answers ? [{ who, questions: answers.questions }] : []
    })
  return [...slugs].map((slug) => ({
    slug,
    questions: (askedIn(slug) ?? []).map((question) => questionSum(question, said(slug))),
  }))
}

type Said = readonly { who: string; questions: Answers['questions'] }[]

function questionSum(question: Question, said: Said): QuestionSum {
  const of = (questions: Answers['questions'], kind: Kind) => {
    const text = questions[question.id]?.[kind]
    return text === undefined ? undefined : answerIn(text, kind, question)
  }
  const tally = (kind: Kind) => {
    const counts = new Map<string, number>()
    for (const { questions } of said) {
      const answer = of(questions, kind)
      if (answer !== undefined) counts.set(answer, (counts.get(answer) ?? 0) + 1)
    }
    return Object.fromEntries(counts)
  }
  const misread = said.filter(({ questions }) => {
    const [seen, measured] = [of(questions, 'seen'), of(questions, 'measured')]
    return seen !== undefined && measured !== undefined && seen !== measured
  })
  return {
    id: question.id,
    ...{ predicted: tally('predicted'), seen: tally('seen'), measured: tally('measured') },
    misread: misread.map(({ who }) => who),
  }
}

/** A choice is chosen by its place, and measured by its value; numbers may be typed in several ways. */
function answerIn(text: string, kind: Kind, { choices, number }: Question): string {
  if (number !== undefined) return Number.isNaN(Number(text)) ? text : String(Number(text))
  if (kind !== 'measured') return text
  const place = choices.findIndex(({ value }) => value === text)
  return place < 0 ? text : String(place)
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}
