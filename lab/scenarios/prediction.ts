import { type Html, html } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'

interface Choices {
  /** The bold word with which a lesson's paragraph asks. */
  asks: string
  legend: string
  cookie: readonly [string, ...string[]]
  row: readonly [string, ...string[]]
}

const choices: Readonly<Record<Language, Choices>> = {
  ja: {
    asks: '予想',
    legend: 'あなたの予想',
    cookie: ['Cookieは', '変わらない', '延びる', '別のIDになる', 'なくなる'],
    row: ['行は', '変わらない', '延びる・書き換わる', '新しくできる', '消える'],
  },
  en: {
    asks: 'Prediction',
    legend: 'Your prediction',
    cookie: ['The cookie', 'stays as it is', 'is extended', 'gets another ID', 'is gone'],
    row: ['The row', 'stays as it is', 'is extended or changed', 'is a new one', 'is removed'],
  },
}

/** The language of a paragraph that asks for a prediction, known by its bold first word; undefined for any other. */
export const predictionLanguage = (boldWord: string): Language | undefined =>
  (['ja', 'en'] as const).find((language) => choices[language].asks === boldWord)

let count = 0

/**
 * What the reader thinks will become of cookie and row, to be chosen before the experiment. It is for the reader's
 * eyes alone: nothing is sent or kept, and it needs no script.
 */
export function predictionForm(language: Language): Html {
  const { legend, cookie, row } = choices[language]
  const group = ([what, ...answers]: Choices['cookie']) => {
    const name = `prediction-${++count}`
    const radios = answers.map((answer) => html`<label><input type="radio" name="${name}">${answer}</label> `)
    return html`<div role="radiogroup" aria-label="${legend}: ${what}"><span>${what}</span> ${radios}</div>`
  }
  return html`<fieldset class="prediction"><legend>${legend}</legend>${group(cookie)}${group(row)}</fieldset>\n`
}
