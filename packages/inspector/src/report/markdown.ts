import { findingWords, kindWords } from '../words/findings.ts'
import type { Language } from '../words/words.ts'
import { requestOf } from './text.ts'
import type { Told } from './told.ts'

/** Text in which nothing is markup. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#~]/g, '\\$&')

/** A piece of code in a line: its fence is longer than any in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return `${fence}${space}${text.replace(/\s+/g, ' ')}${space}${fence}`
}

/** All findings with their evidence as Markdown, as a comment on a pull request may show them; `note` as in text. */
export function markdownReport(findings: readonly Told[], language: Language, note: string | null): string {
  const words = findingWords[language]
  const evidence = (one: Told['evidence'][number]) => {
    const pieces = [requestOf(one), one.line ?? ''].filter((piece) => piece !== '')
    return [`- ${plain(one.words[language])}`, ...pieces.map((piece) => `  ${code(piece)}`)].join('  \n')
  }
  const block = ({ id, kind, where, source, fix, ...finding }: Told) => {
    const { sign, words: name } = kindWords[kind]
    return [
      `## ${sign} ${name[language]}: ${plain(finding.title[language])}`,
      `${plain(finding.words[language])}`,
      [
        code(id),
        where !== undefined && code(where),
        finding.exchanges.length > 0 && words.seen(finding.count),
      ]
        .filter((part) => part !== false)
        .join(' · '),
      `**${words.evidence}**\n\n${finding.evidence.map(evidence).join('\n')}`,
      `**${words.fix}**: ${plain(fix.words[language])}`,
      `\`\`\`\`js\n${fix.code}\n\`\`\`\``,
      `${words.source}: [${plain(source.title)}](<${source.url}>)`,
      finding.symptoms.length > 0 && `${words.symptoms}: ${finding.symptoms.map(code).join(', ')}`,
    ]
      .filter((part) => part !== false)
      .join('\n\n')
  }
  const head = findings.length === 0 ? words.none : words.summary(findings.length)
  const more = note === null ? '' : `\n> ${plain(note)}\n`
  return `# express-session-inspector\n\n${head}\n${more}${findings.map((one) => `\n${block(one)}\n`).join('')}`
}
