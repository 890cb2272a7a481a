import type { Words } from '../../common/words.ts'
import { exercises, nameOf } from '../exercises/catalogue.ts'
import { exerciseMinutes, lessons } from './course.ts'

/** A part of a plan that is in no lesson: somebody talks, or rests. */
export interface Talk {
  what: 'opening' | 'break' | 'wrap-up'
  minutes: number
}

/** What a plan is made of: lessons and exercises of the course, by their names, and what lies between. */
type Part = { lesson: string } | { exercise: string } | Talk

export interface Plan {
  /** How long it takes, in minutes; its parts add up to it. */
  minutes: number
  /** For whom. */
  goal: Words
  parts: readonly Part[]
}

const [counter, cookieOnly] = [{ lesson: 'counter' }, { exercise: 'counter/cookie-only' }]
const [login, noRegenerate] = [{ lesson: 'login' }, { exercise: 'login/no-regenerate' }]
const talk = (what: Talk['what'], minutes: number): Talk => ({ what, minutes })

/** The plans for an instructor, each a way through a part of the course. */
export const plans: readonly Plan[] = [
  {
    minutes: 45,
    goal: {
      ja: 'Cookieとサーバー側のレコードが別のものだとわかる。初めての人に',
      en: 'cookie and row are two things: for people who are new to sessions',
    },
    parts: [talk('opening', 5), counter, cookieOnly, talk('wrap-up', 10)],
  },
  {
    minutes: 90,
    goal: {
      ja: '安全なログインと、変更が消える競合がわかる。ログインを作ったことのある人に',
      en: 'a safe login, and a race that loses changes: for people who have built a login',
    },
    parts: [
      ...[talk('opening', 5), counter, cookieOnly, login, noRegenerate],
      ...[{ lesson: 'resave-race' }, talk('wrap-up', 5)],
    ],
  },
  {
    minutes: 180,
    goal: {
      ja: '設定から攻撃、本番のプロキシまで、ひととおり手を動かす。本番で使う人に',
      en: 'from options to attacks to a proxy in production: for people who run it',
    },
    parts: [
      ...[talk('opening', 5), counter, cookieOnly, { lesson: 'cookie-attributes' }, { lesson: 'expiry' }],
      ...[talk('break', 10), login, noRegenerate, { exercise: 'login/clear-cookie' }],
      ...[{ lesson: 'resave-race' }, { lesson: 'secure-proxy' }],
      ...[{ exercise: 'secure-proxy/no-trust-proxy' }, talk('wrap-up', 10)],
    ],
  },
]

/** A part of a plan with its time. */
export interface Step {
  part: Part
  /** Minutes from the beginning. */
  at: number
  minutes: number
}

/** How long a part takes: a lesson as long as in the course. */
function minutesOfPart(part: Part): number {
  if ('what' in part) return part.minutes
  if ('lesson' in part) return lessons.find(({ slug }) => slug === part.lesson)?.minutes ?? Number.NaN
  return exercises.some((each) => nameOf(each) === part.exercise) ? exerciseMinutes : Number.NaN
}

/**
 * The parts of a plan from one of them on, with the times from there.
 * @param from the place of the first part, from 0
 */
export function stepsOf({ parts }: Plan, from = 0): Step[] {
  let at = 0
  return parts.slice(from).map((part) => {
    const step = { part, at, minutes: minutesOfPart(part) }
    at += step.minutes
    return step
  })
}

/** The lessons that a group has not seen which begins at a later part: what they have to be told. */
export const skippedLessons = ({ parts }: Plan, from: number) =>
  parts
    .slice(0, from)
    .flatMap((part) => ('lesson' in part ? lessons.filter(({ slug }) => slug === part.lesson) : []))
