import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { root } from '../../common/places.ts'

/** Where people read our words: folders, and single files. */
const written = [
  'apps',
  'bench',
  'docs-site',
  'lab',
  'lessons/ja',
  'matrix/listed.json',
  'matrix/results.json',
  'matrix/README.md',
  'packages',
  'statements',
  'stores',
  'symptoms',
  'versions',
  'README.md',
  'README.ja.md',
]
/** Words that somebody else types: what is searched for, and what gives a secret away. */
const ofOthers = ['docs-site/search/synonyms.ts', 'packages/inspector/src/watch/secrets.ts']

const filesIn = (place: string): string[] =>
  /\.\w+$/.test(place)
    ? [place]
    : readdirSync(join(root, place), { withFileTypes: true }).flatMap((entry) => {
        if (entry.name === 'node_modules' || entry.name === 'dist') return []
        const path = `${place}/${entry.name}`
        if (entry.isDirectory()) return filesIn(path)
        return /\.(?:ts|js|mjs|ejs|md|json)$/.test(entry.name) ? [path] : []
      })

/** The glossary's last table: what is not to be written, and what is to be instead. */
function readUnused() {
  const [, table = ''] = readFileSync(join(root, 'GLOSSARY.md'), 'utf8').split('/ Words not used')
  return [...table.matchAll(/^\| (`.+`) \| (.+) \|$/gm)].map(([, patterns = '', instead = '']) => ({
    pattern: new RegExp(
      [...patterns.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one.replaceAll('\\|', '|')).join('|'),
    ),
    instead,
  }))
}

/** The places in a text where an unused word stands, as `line: text (use: …)`. */
function findUnused(text: string, unused: ReturnType<typeof readUnused>): string[] {
  return text.split('\n').flatMap((line, index) =>
    unused.flatMap(({ pattern, instead }) => {
      const [word] = pattern.exec(line) ?? []
      return word === undefined ? [] : [`${index + 1}: ${word} (use: ${instead})`]
    }),
  )
}

test('nothing that is read uses a word that the glossary has another one for', () => {
  const unused = readUnused()
  expect(findUnused('期限の過ぎた行\n1行目\nサーバー\nサーバの応答', unused)).toEqual([
    expect.stringMatching('^1: 期限の過ぎた行 '),
    expect.stringMatching('^4: 応答 '),
    expect.stringMatching('^4: サーバ '),
  ])
  const files = written.flatMap(filesIn).filter((file) => !ofOthers.includes(file))
  const found = files.flatMap((file) =>
    findUnused(readFileSync(join(root, file), 'utf8'), unused).map((place) => `${file}:${place}`),
  )
  expect(found).toEqual([])
})
