import type { Token, Tokens } from 'marked'
import { type Html, raw } from '../../common/html.ts'
import { type Language, languages } from '../../common/words.ts'
import { type LessonPlace, withAddresses } from './lesson-actions.ts'
import { findLesson, type LessonHead } from './lesson-head.ts'
import { createRenderer, type Renderer } from './lesson-html.ts'
import { isChoices, type Question, readChoices, readQuestion } from './lesson-question.ts'

export interface Lesson extends LessonHead {
  /** The language it is really in: Japanese where there is no translation yet. */
  language: Language
  steps: readonly Step[]
}

/** One section of a lesson: one thing at a time, to be read or to be tried. */
export interface Step {
  /** Its anchor: `step-0` is what stands before the first heading. */
  id: string
  /** Empty for the first one. */
  title: Html
  /** What there is to read before, with the code. */
  before: Html
  /** What the reader is to predict, and to see. A section without questions is there to be read. */
  questions: readonly Question[]
  /** What to do; and what came of it, and why: the facts, which nobody is to read before. */
  doing: Html
  answer: Html
}

/** The bold words that begin the parts of an experiment. */
const labels: Readonly<Record<Language, Readonly<Record<string, Part>>>> = {
  ja: { 予想: 'question', 実験: 'doing', 答え: 'answer' },
  en: { Prediction: 'question', Experiment: 'doing', Answer: 'answer' },
}
type Part = 'before' | 'question' | 'doing' | 'answer'

/**
 * Reads the lesson of a scenario; in Japanese, or empty, where there is none in this language.
 *
 * Each `##` is a step. An experiment has paragraphs that begin with a bold word: **Prediction** (a question; its choices
 * are the list behind it, `[x]` is the right one), **Experiment** (what to do, with buttons), **Answer** (to the end).
 * @throws Error with file and section, when it is not written so
 */
export function readLesson(slug: string, place: LessonPlace): Lesson {
  const { markdown, language, ...head } = findLesson(slug, place.language)
  const render = createRenderer({ ...place, language })
  const sections = split(render.lexer(withAddresses(markdown, place)))
  const steps = sections.map((section, index) => {
    try {
      return readStep(section, `step-${index}`, language, render)
    } catch (problem) {
      const where = `lessons/${language}/${slug}.md, "${section.heading?.text ?? head.title}"`
      throw new Error(`${where}: ${problem instanceof Error ? problem.message : problem}`)
    }
  })
  return { ...head, language, steps }
}

interface Section {
  heading: Tokens.Heading | undefined
  tokens: Token[]
}

/** The first section is what stands below the title. */
function split(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [{ heading: undefined, tokens: [] }]
  for (const token of tokens) {
    if (token.type === 'heading' && (token as Tokens.Heading).depth > 1) {
      sections.push({ heading: token as Tokens.Heading, tokens: [] })
    } else if (token.type !== 'heading') sections.at(-1)?.tokens.push(token)
  }
  return sections
}

function readStep({ heading, tokens }: Section, id: string, language: Language, render: Renderer): Step {
  const parts: Record<Exclude<Part, 'question'>, Token[]> = { before: [], doing: [], answer: [] }
  const questions: Question[] = []
  let part: Part = 'before'
  for (const token of tokens) {
    const label = labelOf(token, language)
    part = part === 'answer' ? part : (label ?? part)
    if (label === 'question') questions.push(readQuestion(token, `${id}-${questions.length + 1}`, render))
    else if (part !== 'question') parts[part].push(label ? withoutLabel(token) : token)
    else if (isChoices(token)) questions.push(readChoices(token, questions.pop(), render))
    else if (token.type !== 'space')
      throw new Error(`"${token.raw.trim()}" is neither a question nor its choices`)
  }
  check(questions, parts)
  const html = (part: readonly Token[]) => render.blocks(part, id)
  return {
    id,
    title: raw(heading ? render.inline(heading.tokens, id) : ''),
    questions,
    before: html(parts.before),
    doing: html(parts.doing),
    answer: html(parts.answer),
  }
}

function check(questions: readonly Question[], { doing, answer }: { doing: Token[]; answer: Token[] }) {
  if (questions.length > 0 && (doing.length === 0 || answer.length === 0)) {
    throw new Error('an experiment has a prediction, what to do, and an answer')
  }
}

const firstOf = (token: Token): Token | undefined =>
  token.type === 'paragraph' ? (token as Tokens.Paragraph).tokens[0] : undefined

function labelOf(token: Token, language: Language): Part | undefined {
  const first = firstOf(token)
  return first?.type === 'strong' ? labels[language][(first as Tokens.Strong).text] : undefined
}

/** A paragraph without its bold word, which the page says itself. */
const withoutLabel = (token: Token): Token => ({
  ...token,
  tokens: (token as Tokens.Paragraph).tokens.slice(1),
})

/** The words that begin the parts of an experiment, in any language. */
export const partWords: readonly string[] = languages.flatMap((language) => Object.keys(labels[language]))
