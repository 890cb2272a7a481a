import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { passagesOf, readInstalledReadme } from './readme-passages.ts'
import { versionOf } from './run-info.ts'

/**
 * Renews `statements/passages.ts` from the installed README: after the statements have been looked at again.
 * @returns how many passages there are
 */
export function writePassages(): number {
  const version = versionOf('express-session')
  const passages = passagesOf(readInstalledReadme())
  const headings = [...new Set(passages.map(({ heading }) => heading))]
  const lines = headings.map((heading) => {
    const hashes = passages.filter((passage) => passage.heading === heading).map(({ hash }) => hash)
    return entry(`'${heading}'`, `'${hashes.join(' ')}'`)
  })
  const text = `// Made by: npm run docs -- --passages

/** The express-session whose README the catalogue was last compared with. */
export const readmeVersion = '${version}'

/** Its passages: heading → a hash of each paragraph, list item and code block under it, in their order. */
export const readmePassages: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`
  writeFileSync(join(root, 'statements/passages.ts'), text)
  return passages.length
}

/** As biome formats it. */
const entry = (key: string, value: string) => {
  const line = `  ${key}: ${value},`
  return line.length > 110 ? `  ${key}:\n    ${value},` : line
}
