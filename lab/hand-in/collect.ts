import type { Exchange } from '#inspector'
import { exercises, nameOf } from '../exercises/catalogue.ts'
import { isBegun, progressOf } from '../exercises/workspace.ts'
import { type Answers, type HandIn, most } from './forms.ts'

/** A lab that is running: its scenario, and its address with a slash at the end. */
export interface RunningLab {
  slug: string
  url: string
}

/**
 * What a learner hands in: of each lesson that they have touched, what they said, what was measured and what was sent;
 * and how far they are with the exercises. Sids are aliases: it is the inspector's own export that is read.
 * @param name as the learner typed it; empty for none
 */
export async function collectHandIn(labs: readonly RunningLab[], name: string): Promise<HandIn> {
  const lessons = await Promise.all(labs.map(lessonOf))
  return {
    format: 'express-session-lab-hand-in',
    version: 1,
    ...(name.trim() && { name: name.trim().slice(0, 60) }),
    at: Date.now(),
    lessons: lessons.filter(({ answers, timeline }) => answers !== undefined || timeline.length > 0),
    exercises: exercises.filter(isBegun).map((exercise) => ({
      name: nameOf(exercise),
      isSolved: progressOf(exercise).isSolved,
      hints: progressOf(exercise).hints,
    })),
  }
}

async function lessonOf({ slug, url }: RunningLab): Promise<HandIn['lessons'][number]> {
  const [kept, record] = await Promise.all([
    ask(`${url}__lab/answers`),
    ask(`${url}__lab/inspector/export.json`),
  ])
  const answers = (kept as { answers?: Answers } | null)?.answers
  const { exchanges = [] } = (record as { exchanges?: readonly Exchange[] } | null) ?? {}
  const timeline = exchanges.filter(({ sentBy }) => sentBy === 'browser').map(requestOf)
  return { slug, ...(answers && { answers }), timeline: timeline.slice(-most.requests) }
}

const requestOf = ({ at, method, url, status, cookie, setCookie }: Exchange) => ({
  at: Math.round(at),
  method: method.slice(0, 20),
  url: url.slice(0, most.url),
  status,
  sent: aliasIn(cookie ?? ''),
  set: setCookie.map(aliasIn).find((alias) => alias !== null) ?? null,
})

/** The alias in a cookie of the export, whose signed values are `s:<alias>.signature`. */
const aliasIn = (text: string): string | null =>
  /=s(?:%3A|:)(sid-\d{1,6})\.signature/i.exec(text)?.[1] ?? null

/** Null where a lab has no such thing, as one without an inspector has no record. */
async function ask(url: string): Promise<unknown> {
  const answer = await fetch(url)
  return answer.ok ? answer.json() : null
}
