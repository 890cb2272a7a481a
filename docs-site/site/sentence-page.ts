import { findings, statements } from '../../statements/index.ts'

/** The page of all findings of this lab. */
export const findingsFile = 'findings.html'

/** Where the site has a sentence, of the documentation or found beside it: file and place; undefined for no such id. */
export function placeOfSentence(id: string): string | undefined {
  const statement = statements.find((each) => each.id === id)
  if (statement) return `${statement.section}.html#${id}`
  return findings.some((each) => each.id === id) ? `${findingsFile}#${id}` : undefined
}
