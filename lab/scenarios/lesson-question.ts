import type { Token, Tokens } from 'marked'
import { type Html, raw } from '../../common/html.ts'
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
}

interface Choice {
  label: Html
  /** What is measured when it is so. */
  value: string
  isRight: boolean
}

const comment = /<!--\s*(.*?)\s*-->/g

/**
 * Reads a paragraph that asks. Comments in it say the rest: `<!-- measured: data.count of /tap -->`, and
 * `<!-- number: 1 -->` where a number is the answer.
 */
export function readQuestion(token: Token, id: string, render: Renderer): Question {
  const notes = new Map(
    [...token.raw.matchAll(comment)].map(([, note = '']) => {
      const [, key = '', value = ''] = /^(measured|number): (.+)$/.exec(note) ?? []
      if (!key) throw new Error(`"${note}" says neither what is measured nor which number is right`)
      return [key, value] as const
    }),
  )
  const measured = notes.get('measured')
  return {
    id,
    ask: raw(render.inline(uncommented((token as Tokens.Paragraph).tokens.slice(1)), id)),
    number: notes.get('number'),
    choices: [],
    measured: measured === undefined ? undefined : readMeasured(measured),
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
