import * as v from 'valibot'

/** How much a file that is handed in may hold; `text` and `url` in characters. */
export const most = { lessons: 60, questions: 60, requests: 200, text: 1000, url: 300 }

const id = v.pipe(v.string(), v.regex(/^[a-z][\w./-]{0,80}$/i))
const text = v.pipe(v.string(), v.maxLength(most.text))
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)) // ms since the epoch
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))
const alias = v.nullable(v.pipe(v.string(), v.regex(/^sid-\d{1,6}$/)))

/** Of one lesson: where the learner is, and what they said; a choice is told by its place, from 0. */
export const answersForm = v.object({
  at: moment,
  step: id,
  questions: v.pipe(
    v.record(
      id,
      v.object({ predicted: v.optional(text), seen: v.optional(text), measured: v.optional(text) }),
    ),
    v.check((all) => Object.keys(all).length <= most.questions),
  ),
})
const request = v.object({
  at: moment,
  method: v.pipe(v.string(), v.maxLength(20)),
  url: v.pipe(v.string(), v.maxLength(most.url)),
  status: v.nullable(count),
  /** The session that was sent, and the one that was handed over: the aliases of their sids. */
  sent: alias,
  set: alias,
})
const lesson = v.object({
  slug: id,
  answers: v.optional(answersForm),
  timeline: v.pipe(v.array(request), v.maxLength(most.requests)),
})
/** What a learner hands in: one file, of all lessons. */
export const handInForm = v.object({
  format: v.literal('express-session-lab-hand-in'),
  version: v.literal(1),
  /** Only when the learner typed one. */
  name: v.optional(v.pipe(v.string(), v.maxLength(60))),
  at: moment,
  lessons: v.pipe(v.array(lesson), v.maxLength(most.lessons)),
  exercises: v.pipe(v.array(v.object({ name: id, isSolved: v.boolean(), hints: count })), v.maxLength(200)),
})

export type Answers = v.InferOutput<typeof answersForm>
export type HandIn = v.InferOutput<typeof handInForm>
