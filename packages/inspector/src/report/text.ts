import { findingWords, kindWords } from '../words/findings.ts'
import type { Language } from '../words/words.ts'
import type { Told } from './told.ts'

/** A finding in one line: what it is, and where. */
export function lineOf({ id, kind, words, where }: Told, language: Language): string {
  const { sign, words: name } = kindWords[kind]
  return `${sign} ${name[language]} ${id}: ${words[language]}${where === undefined ? '' : ` (${where})`}`
}

/** Findings in a few lines each: what, where, and what to change. */
export function summaryOf(findings: readonly Told[], language: Language): string {
  const indented = (text: string) => text.replace(/^/gm, '    ')
  const one = (finding: Told) => `  ${lineOf(finding, language)}\n${indented(finding.fix.code)}\n`
  return `${findingWords[language].summary(findings.length)}\n${findings.map(one).join('')}`
}

/** In how many requests it was seen; of what is true of a session() call, nothing. */
const seenIn = ({ exchanges, count }: Told, language: Language): string =>
  exchanges.length === 0 ? '' : ` · ${findingWords[language].seen(count)}`

/** The request of evidence, in a line; empty where there is none. */
export const requestOf = ({ exchange, request }: Told['evidence'][number]): string =>
  request === undefined ? '' : `#${exchange} ${request}`

/** All findings with their evidence, as plain text for people; `note`: what was not looked at. */
export function textReport(findings: readonly Told[], language: Language, note: string | null): string {
  const words = findingWords[language]
  const evidence = (one: Told['evidence'][number]) =>
    [`  - ${one.words[language]}`, requestOf(one), one.line].filter(Boolean).join('\n    ')
  const block = (finding: Told) =>
    [
      lineOf(finding, language),
      `  ${finding.title[language]}${seenIn(finding, language)}`,
      `  ${words.evidence}:`,
      ...finding.evidence.map(evidence),
      `  ${words.fix}: ${finding.fix.words[language]}`,
      finding.fix.code.replace(/^/gm, '    '),
      `  ${words.source}: ${finding.source.title} ${finding.source.url}`,
      finding.symptoms.length > 0 && `  ${words.symptoms}: ${finding.symptoms.join(', ')}`,
    ]
      .filter((line) => line !== false)
      .join('\n')
  const head = findings.length === 0 ? words.none : words.summary(findings.length)
  const more = note === null ? '' : `${note}\n\n`
  return `express-session-inspector · ${head}\n\n${more}${findings.map((one) => `${block(one)}\n`).join('\n')}`
}
