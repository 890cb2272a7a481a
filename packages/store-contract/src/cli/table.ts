import type { Claim } from '../claim.ts'
import type { Language } from '../language.ts'
import { reportOf } from '../report.ts'
import type { Standing } from '../standing.ts'
import { topicOf, topicWords } from '../topic-words.ts'
import type { Result } from './results.ts'
import { commandWords } from './words.ts'

/** Columns that a text takes: Japanese characters take two. */
const widthOf = (text: string): number => [...text].length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0)
const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))
const idWidth = 24

/** What a terminal shows of one result; before the first of a topic, its heading. */
export function rowOf(result: Result, before: Claim | undefined, language: Language): string {
  const { claim, standing, found, reason } = result
  const words = commandWords[language]
  const width = Math.max(...Object.values(words.standings).map(widthOf)) + 2
  const topic = topicOf(claim)
  const isNewTopic = before === undefined || topicOf(before) !== topic
  const report = standing === 'broken' ? reportOf(claim, found) : undefined
  const beneath = [
    standing === 'holds-after-all' ? words.holdsAfterAll(claim.id) : found.instead?.[language],
    report && words.steps(report.steps[language]),
    standing === 'excused' && reason !== undefined ? words.butReason(reason) : undefined,
  ]
  return [
    ...(isNewTopic ? ['', topicWords[language][topic]] : []),
    `  ${pad(words.standings[standing], width)}${pad(claim.id, idWidth)}${claim.title[language]}`,
    ...beneath
      .filter((text) => text !== undefined)
      .map((text) => `  ${' '.repeat(width + idWidth)}→ ${text}`),
  ].join('\n')
}

/** How many sentences have which standing, on one line. */
export function countsOf(results: readonly Result[], language: Language): string {
  const { standings, count } = commandWords[language]
  return (Object.keys(standings) as Standing[])
    .map((standing) => [standing, results.filter((result) => result.standing === standing).length] as const)
    .filter(([, number]) => number > 0)
    .map(([standing, number]) => count(number, standings[standing]))
    .join('  ')
}
