import { join } from 'node:path'
import { plans } from '../../lab/course/plans.ts'

/** How many learners there are, and where their files lie. */
export const learners = Number(process.env['LAB_LEARNERS'])
const folder = process.env['LAB_REHEARSAL'] ?? ''

/** What a learner has done, as they know it themselves: the answers by lesson and question, as places of choices or as text. */
export interface Protocol {
  who: string
  isStuck: boolean
  answers: Record<string, { predicted: string; seen: string }>
  /** The exercise that they have begun, as the instructor's page says it. */
  exercises: string[]
}

export const keyOf = (slug: string, question: string): string => `${slug} ${question}`
export const handInOf = (learner: number): string => join(folder, `${learner}.json`)
export const protocolOf = (learner: number): string => join(folder, `${learner}-protocol.json`)

const parts = plans.find(({ minutes }) => minutes === 90)?.parts ?? []

/** The lessons of the course of 90 minutes. */
export const lessonsOfCourse: readonly string[] = parts.flatMap((part) =>
  'lesson' in part ? part.lesson : [],
)

/** The last exercise of that course: one is enough for each learner, as a check takes seconds. */
export const exerciseOfCourse: string =
  parts.flatMap((part) => ('exercise' in part ? part.exercise : [])).at(-1) ?? ''
