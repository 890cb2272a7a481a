import type { Lesson } from '../../lab/scenarios/lesson.ts'
import { rightAnswer } from '../../lab/scenarios/lesson-question.ts'

/**
 * Where a lesson answers a question before it asks it: a sentence that holds the right choice, or one that the answer
 * says again. Looked for in the title, in the titles of steps, which the page lists from the beginning, and in what
 * stands above the question, but for code, and for sentences that ask themselves.
 */
export function toldBefore({ title, steps }: Lesson): string[] {
  const titles = steps.flatMap((step) => sentencesOf(step.title.html))
  const read = [title, ...titles].filter(isTelling)
  return steps.flatMap(({ id, before, questions, answer }) => {
    read.push(...sentencesOf(before.html).filter(isTelling))
    const choices = questions
      .filter((question) => question.choices.length > 0)
      .flatMap((question) => sentencesOf(rightAnswer(question)?.html ?? ''))
    const told = [
      ...choices.flatMap((choice) => read.filter((sentence) => holds(sentence, choice))),
      ...sentencesOf(answer.html).filter((sentence) => sentence.length > 8 && read.includes(sentence)),
    ]
    return told.map((sentence) => `${id}: ${sentence}`)
  })
}

/** Without code and tags, one by one. */
const sentencesOf = (html: string): string[] =>
  html
    .replaceAll(/<(figure|pre|code)\b[\s\S]*?<\/\1>/g, '`')
    .split(/。|[.:](?=\s)|(?<=\?)\s|<\/(?:p|li|td)>/)
    .map((sentence) => sentence.replaceAll(/<[^>]*>|[\s*]+/g, ' ').trim())
    .filter((sentence) => sentence.length > 1)

const asking = /か(?:$|[、をがはもで])|\?$|\b(?:what|when|whether|which|who|how)\b/i
const isTelling = (sentence: string) => !asking.test(sentence)

/** Whether a choice stands in a sentence as a word. One like "no" or "it does" is no evidence. */
function holds(sentence: string, choice: string): boolean {
  if (/^(?:[\w`]{1,2}|(?:it|they) \w+(?: not)?)$/.test(choice)) return false
  const literal = choice.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`, 'i').test(sentence)
}
