import type { Token, Tokens } from 'marked'
import { type Html, html, raw } from '../../common/html.ts'
import type { Renderer } from './lesson-html.ts'
import { type Measured, readMeasured } from './measured.ts'

/** What a reader predicts before an experiment, and says after it what they saw. */
export interface Question {
  id: string
  ask: Html
  /** The right number, where one is asked for; there are no choices then. */
  number: string | undefined
  /** Empty too where the reader is to say it in words of their own. */
  choices: readonly Choice[]
  /** What the lab measures, to be compared with what was seen; undefined where it cannot. */
  measured: Measured | undefined
  /** Why it cannot, in the language of the lesson. */
  unmeasured: string | undefined
}

interface Choice {
  label: Html
  /** What is measured when it is so. */
  value: string
  isRight: boolean
}

/** The answer that the lesson gives; undefined where the reader is to find words of their own. */
export const rightAnswer = ({ number, choices }: Question): Html | undefined =>
  number === undefined ? choices.find(({ isRight }) => isRight)?.label : html`${number}`

const comment = /<!--\s*(.*?)\s*-->/g

/**
 * Reads a paragraph that asks. Comments in it say the rest: `<!-- measured: data.count of /tap -->`, and
 * `<!-- number: 1 -->` where a number is the answer. What the lab cannot measure says why: `<!-- not measured: … -->`.
 */
export function readQuestion(token: Token, id: string, render: Renderer): Question {
  const notes = new Map(
    [...token.raw.matchAll(comment)].map(([, note = '']) => {
      const [, key = '', value = ''] = /^(measured|not measured|number): (.+)$/.exec(note) ?? []
      if (!key) throw new Error(`"${note}" says neither what is measured nor which number is right`)
      return [key, value] as const
    }),
  )
  const measured = notes.get('measured')
  const unmeasured = notes.get('not measured')
  if ((measured === undefined) === (unmeasured === undefined))
    throw new Error('a question says what is measured, or why nothing is')
  return {
    id,
    ask: raw(render.inline(uncommented((token as Tokens.Paragraph).tokens.slice(1)), id)),
    number: notes.get('number'),
    choices: [],
    measured: measured === undefined ? undefined : readMeasured(measured),
    unmeasured,
  }
}

const uncommented = (tokens: readonly Token[]) =>
  tokens.filter(({ type, raw }) => !(type === 'html' && raw.startsWith('<!--')))

export const isChoices = (token: Token): token is Tokens.List => token.type === 'list'

/** Reads the list behind a question: `- [x] it is gone <!-- no -->`, with the value that is measured when it is so. */
export function readChoices(list: Tokens.List, question: Question | undefined, render: Renderer): Question {
  if (!question || question.choices.length > 0 || question.number !== undefined) {
    throw new Error(`"${list.raw.trim()}" are choices without a question`)
  }
  const choices = list.items.map((item) => {
    const [, value = ''] = new RegExp(comment.source).exec(item.text) ?? []
    const label = raw(render.text(item.text.replaceAll(comment, '').trim()))
    if (question.measured && value === '')
      throw new Error(`"${item.text}" does not say what is measured then`)
    return { label, value, isRight: item.checked === true }
  })
  if (choices.filter(({ isRight }) => isRight).length !== 1)
    throw new Error('one of the choices is the right one: [x]')
  if (question.measured && new Set(choices.map(({ value }) => value)).size < choices.length) {
    throw new Error('two choices of a question are measured as the same')
  }
  return { ...question, choices }
}

const near = 0.2 // of the choice's number: a reader reloads some seconds early or late

/**
 * The answer that a measured value comes to: the choice of this value; of seconds and rows, the nearest that is near; of
 * debug lines, the one that they say; where a number is asked, 0 for nothing. Where none is, what was measured.
 */
export function answerOf(
  found: string,
  { choices, number, measured }: Pick<Question, 'choices' | 'number' | 'measured'>,
): string {
  if (number !== undefined) return found === 'none' ? '0' : found
  const values = choices.map(({ value }) => value)
  const what = measured?.what === 'fact' ? measured.fact.what : measured?.what
  if (values.includes(found)) return found
  if (what === 'debug') return values.find((value) => found.includes(value)) ?? found
  if (what !== 'left' && what !== 'head' && what !== 'end' && what !== 'rows') return found
  const away = (value: string) => Math.abs(Number(value) - Number(found))
  const [nearest] = [...values].sort((a, b) => away(a) - away(b))
  return nearest !== undefined && away(nearest) <= near * Number(nearest) ? nearest : found
}
