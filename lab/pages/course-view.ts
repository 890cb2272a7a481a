import type { Language } from '../../common/words.ts'
import { chapters, exercisesIn, type Lesson, lessons, minutesOf, placeOf } from '../course/course.ts'
import { type Exercise, nameOf } from '../exercises/catalogue.ts'
import { isBegun, progressOf } from '../exercises/workspace.ts'
import { readScenario } from '../scenarios/scenarios.ts'
import { courseWords } from './course-words.ts'
import { teachingPages, teachingWords } from './teaching-words.ts'

/** `?lang=` as every link carries it: the language is kept in no cookie. */
export const queryOf = (language: Language): string => (language === 'en' ? '?lang=en' : '')

/** A link to another lesson, from the page of a scenario. */
interface Turn {
  title: string
  /** Where it is; undefined for a scenario that runs alone, without the index. */
  url: string | undefined
  /** What begins it then. */
  command: string
}

/** Where the page of a scenario stands in the course. */
export interface CourseNav {
  words: (typeof courseWords)[Language]
  /** "Chapter 1 · 3 of 27" */
  place: string
  courseUrl: string | undefined
  /** The exercises of this lesson that belong to the course. */
  exercises: readonly { name: string; url: string; state: string }[]
  previous: Turn | undefined
  next: Turn | undefined
  /** From where the learner hands in: all lessons, or this one where it runs alone. */
  handInUrl: string
  /** The presenter view, the handout and the answer sheet of this lesson. */
  forTeaching: { word: string; pages: readonly { word: string; url: string }[] }
  /** Marks this one as done and goes on. */
  doneUrl: string | undefined
}

/**
 * What leads from a scenario to those before and after it.
 * @param indexUrl where the index is for this reader; undefined when the scenario runs alone
 * @returns undefined for a scenario that is not in the course
 */
export function courseNav(
  slug: string,
  language: Language,
  indexUrl: string | false | undefined,
): CourseNav | undefined {
  const found = placeOf(slug)
  if (!found) return undefined
  const words = courseWords[language]
  const at = (path: string) => (indexUrl ? `${indexUrl}${path}${queryOf(language)}` : undefined)
  const turn = (lesson: Lesson | undefined): Turn | undefined =>
    lesson && {
      title: readScenario(lesson.slug).title[language],
      url: at(`go/${lesson.slug}`),
      command: `npm run demo:${lesson.slug}`,
    }
  return {
    words,
    place: `${words.chapter(found.chapter)} · ${words.place(found.number, lessons.length)}`,
    courseUrl: at(''),
    exercises: exercisesIn(found.lesson).map((exercise) => ({
      ...exerciseLink(exercise, words.solved),
      url: `/__lab/exercises/${exercise.variant}${queryOf(language)}`,
    })),
    previous: turn(found.previous),
    next: turn(found.next),
    handInUrl: at('hand-in') ?? `/__lab/hand-in${queryOf(language)}`,
    forTeaching: {
      word: teachingWords[language].forTeaching,
      pages: teachingPages.map((page) => ({
        word: teachingWords[language][page],
        url: `/__lab/${page}${queryOf(language)}`,
      })),
    },
    doneUrl: at(`done/${slug}`),
  }
}

const exerciseLink = (exercise: Exercise, solved: string) => ({
  name: nameOf(exercise),
  state: isBegun(exercise) && progressOf(exercise).isSolved ? solved : '',
})

/** The course as the index shows it. */
export function courseView(language: Language) {
  const query = queryOf(language)
  const words = courseWords[language]
  return chapters.map(({ title, lessons: own }, n) => ({
    number: n + 1,
    id: `chapter-${n + 1}`,
    title: title[language],
    minutes: minutesOf(own),
    lessons: own.map((lesson) => {
      const { slug, minutes, able } = lesson
      const scenario = readScenario(slug)
      return {
        slug,
        number: lessons.indexOf(lesson) + 1,
        title: scenario.title[language],
        summary: scenario.summary[language],
        able: able[language],
        minutes,
        url: `/go/${slug}${query}`,
        exercises: exercisesIn(lesson).map((exercise) => ({
          ...exerciseLink(exercise, words.solved),
          url: `/go/${slug}/exercises/${exercise.variant}${query}`,
        })),
      }
    }),
  }))
}
