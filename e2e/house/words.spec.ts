import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../common/places.ts'
import { evidenceLabels, japaneseLabel } from '../../docs-site/site/evidence-labels.ts'
import { readScenario, slugs } from '../../lab/scenarios/scenarios.ts'
import { expect, test } from '../support/worker.ts'

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

/** Where sentences are です・ます; what is no sentence (a label, a title, a cell of a table) has no 。 there. */
const polite = [
  'packages/inspector/src/words',
  'packages/inspector/src/diagnose',
  'packages/inspector/src/diagnoses',
  'views/playground/ja.json',
  'lab/pages',
]

/** Sentences in Japanese that end otherwise, as `line: sentence`. What is in brackets, or put in, is left out. */
function findPlain(text: string): string[] {
  const aside = /\((?:[^()]|\([^()]*\))*\)|(?::\s*)?\$?\{[^{}]*\}/g
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.replace(aside, '').matchAll(/[^。→'"`]*[ぁ-んァ-ン一-龠](?=。| →)/g)].flatMap(([sentence]) =>
        /(?:です|ます|ました|でした|ません|ください)か?$|[はが]$/.test(sentence)
          ? []
          : [`${index + 1}: ${sentence}`],
      ),
    )
}

test('the panel, its diagnoses, the pages of the lab and the notes of variants speak in full sentences of です・ます', () => {
  expect(findPlain("'なしです。ある。ありました(a、b)。消えない(c) → 残ります: {d}。'")).toEqual([
    '1: ある',
    '1: 消えない',
  ])
  const found = polite
    .flatMap(filesIn)
    .flatMap((file) => findPlain(readFileSync(join(root, file), 'utf8')).map((place) => `${file}:${place}`))
  // a note may begin with what is set, which is no sentence
  const notes = slugs().flatMap((slug) =>
    readScenario(slug).variants.flatMap(({ file, note }) =>
      findPlain(note.ja)
        .filter((place) => /[うくすつぬふむるただい]$/.test(place))
        .map((place) => `${file}:${place}`),
    ),
  )
  expect([...found, ...notes]).toEqual([])
})

/** The labels that tests give their evidence, with `{}` for what they put into them. */
function labelsInTests(): Set<string> {
  const written =
    /\bevidence\s*\.\s*(?:exchange|calls|setCookie|cookie|row|json)\(\s*(?:'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`)/g
  const specs = filesIn('e2e').filter((file) => file.endsWith('.spec.ts'))
  return new Set(
    specs.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(written)].map(
        ([, single, double, template = '']) => single ?? double ?? template.replaceAll(/\$\{[^}]*\}/g, '{}'),
      ),
    ),
  )
}

test('every label of evidence has its Japanese, and no other is kept', () => {
  const labels = labelsInTests()
  expect(labels.size).toBeGreaterThan(200)
  expect([...labels].filter((label) => !Object.hasOwn(evidenceLabels, label))).toEqual([])
  expect(Object.keys(evidenceLabels).filter((label) => !labels.has(label))).toEqual([])
  expect(japaneseLabel('row before and after')).toBe('前後のレコード')
  expect(japaneseLabel('the row after a touch with maxAge 5000')).toBe(
    'maxAge 5000 で touch したあとのレコード',
  )
  expect(japaneseLabel('what nobody has written')).toBeUndefined()
})
