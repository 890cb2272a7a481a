import { diagnoses, lineWords } from '#inspector'
import type { Language } from '../../common/words.ts'
import { readScenario, slugs } from '../../lab/scenarios/scenarios.ts'
import { findings, sections, statements } from '../../statements/index.ts'
import { symptoms } from '../../symptoms/symptoms.ts'
import { tells } from '../../symptoms/tells.ts'
import type { Document } from '../search/search.ts'
import { troubleWords } from './words.ts'

/** Something that a hit leads to. What its address is depends on where the page is: in the lab, or in a folder. */
export type Target = `${'symptom' | 'cause' | 'statement' | 'finding' | 'section' | 'scenario'}:${string}`

/** All that can be found: symptoms and causes first, then what the documentation says, its options, express-session's
 * debug lines, and the scenarios. */
export function documentsIn(language: Language): (Document & { url: Target })[] {
  const { hits } = troubleWords[language]
  const both = (words: { ja: string; en: string }) => `${words.ja}\n${words.en}`
  const document = (url: Target, kind: string, title: string, texts: readonly string[], weight = 1) => ({
    ...{ id: `${kind} ${title} ${url}`, url, kind, title, weight },
    text: texts.join('\n'),
  })
  return [
    ...symptoms.map(({ id, words, texts = [] }) =>
      document(`symptom:${id}`, hits.symptom, words[language], [both(words), ...texts], 1.8),
    ),
    ...diagnoses.map(({ id, title, fix }) =>
      document(
        `cause:${id}`,
        hits.cause,
        title[language],
        [id, both(title), both(tells[id] ?? title), fix.code],
        1.4,
      ),
    ),
    ...statements.map((statement) =>
      document(`statement:${statement.id}`, hits.statement, statement[language], [
        statement.id,
        both(statement),
      ]),
    ),
    ...findings.map((finding) =>
      document(`finding:${finding.id}`, hits.finding, finding.title[language], [
        finding.id,
        both(finding.title),
        both(finding),
      ]),
    ),
    ...sections
      .filter(({ group }) => group === 'options')
      .map(({ slug, title }) =>
        document(`section:${slug}`, hits.option, title[language], [both(title)], 1.2),
      ),
    ...Object.entries(lineWords).map(([line, { statement, words }]) =>
      document(
        statement === undefined ? 'scenario:debug-log' : `statement:${statement}`,
        hits.line,
        `express-session ${line.trim()}`,
        [both(words), 'DEBUG=express-session'],
      ),
    ),
    ...slugs().map((slug) => {
      const { title, summary } = readScenario(slug)
      return document(`scenario:${slug}`, hits.scenario, title[language], [slug, both(title), both(summary)])
    }),
  ]
}
