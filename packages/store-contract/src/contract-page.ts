import { type Claim, topics } from './claim.ts'
import { claims } from './claims.ts'
import type { Language } from './language.ts'
import { stepsOf } from './steps/index.ts'
import { topicOf, topicWords } from './topic-words.ts'

interface PageWords {
  title: string
  other: string
  lead: (promises: number, properties: number) => readonly string[]
  property: string
  steps: string
}

const ja: PageWords = {
  title: 'express-sessionのストアの約束',
  other: '[English](CONTRACT.md)',
  lead: (promises, properties) => [
    `ストアが守るべき${promises}の約束と、知っておくとよい${properties}の性質です。どの文も、\`npx express-session-store-contract ./my-store.js\` があなたのストアで確かめます。idは \`--only\` と \`--but\` に渡せます。`,
    'メソッドの呼び出しは、コールバックが5秒以内に、エラーなしで、ちょうど1回呼ばれることを前提にしています。`touch`、`all`、`length`、`clear`がなければ、それについての文は問われません。',
    'このファイルは `npm run contract -w packages/store-contract` が書いたものです。',
  ],
  property: '性質',
  steps: '確かめかた',
}

const en: PageWords = {
  title: 'The contract of a store for express-session',
  other: '[日本語](CONTRACT.ja.md)',
  lead: (promises, properties) => [
    `The ${promises} promises that a store has to keep, and ${properties} properties that are good to know. \`npx express-session-store-contract ./my-store.js\` tries each sentence on yours; \`--only\` and \`--but\` take its id.`,
    'Wherever a method is called, its callback is to come within 5 s, without an error, once. Without `touch`, `all`, `length` or `clear`, the sentences about them are not asked.',
    'This file is written by `npm run contract -w packages/store-contract`.',
  ],
  property: 'property',
  steps: 'Tried by',
}

const pageWords: Readonly<Record<Language, PageWords>> = { ja, en }

/** Where the page lies in the package. */
export const contractFiles: Readonly<Record<Language, string>> = {
  ja: 'CONTRACT.ja.md',
  en: 'CONTRACT.md',
}

/** The whole contract on a page in Markdown, for the author of a store. */
export function contractPage(language: Language): string {
  const { title, other, lead } = pageWords[language]
  const properties = claims.filter(({ kind }) => kind === 'property').length
  return [
    `# ${title}`,
    other,
    ...lead(claims.length - properties, properties),
    ...topics.flatMap((topic) => [
      `## ${topicWords[language][topic]}`,
      claims
        .filter((claim) => topicOf(claim) === topic)
        .map((claim) => sentence(claim, language))
        .join('\n'),
    ]),
  ]
    .join('\n\n')
    .concat('\n')
}

function sentence(claim: Claim, language: Language): string {
  const { property, steps } = pageWords[language]
  const about = claim.kind === 'property' ? ` (${property})` : ''
  return `- **${plain(claim.title[language])}** \`${claim.id}\`${about}<br>${steps}: ${plain(stepsOf(claim)[language])}`
}

/** Text in Markdown, without a meaning to it. */
const plain = (text: string) => text.replaceAll(/[\\*_`<|~[\]]/g, '\\$&')
