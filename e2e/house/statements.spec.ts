import { lexer } from 'marked'
import { passagesOf, readInstalledReadme } from '../../docs-site/results/readme-passages.ts'
import type { ObservedTest } from '../../docs-site/results/results.ts'
import { findings, sections, sentences, statements, statementsUnder } from '../../statements/index.ts'
import { readmePassages, readmeVersion } from '../../statements/passages.ts'
import type { Statement } from '../../statements/statement.ts'
import { changeLine, comparePassages, type KnownPassage } from '../support/compare-passages.ts'
import { faultLine, findFaults } from '../support/faults.ts'
import { expect, test } from '../support/fixtures.ts'

/** A heading without those above it. */
const nameOf = (heading: string): string => heading.split(' › ').at(-1) ?? ''

/** The passages that the catalogue was last compared with, each with the statements that rest on it. */
const known = (): KnownPassage[] =>
  Object.entries(readmePassages).flatMap(([heading, hashes]) =>
    hashes.split(' ').map((hash, index) => ({
      heading,
      number: index + 1,
      hash,
      statements: statementsUnder(nameOf(heading)),
    })),
  )

test.describe('the catalogue', () => {
  test('no id is there twice', () => {
    const ids: readonly string[] = sentences.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test(`says what the README of the installed express-session says, as it did in ${readmeVersion}`, () => {
    const changes = comparePassages(known(), passagesOf(readInstalledReadme())).map(changeLine)
    expect(changes, 'after the statements are mended: npm run docs -- --passages').toEqual([])
  })

  test('has findings beside sections that there are, in words of both languages', () => {
    const slugs = sections.map(({ slug }) => slug)
    expect(findings.map(({ section }) => section).filter((slug) => !slugs.includes(slug))).toEqual([])
    for (const { id, title } of findings) expect([title.ja, title.en].every(Boolean), id).toBe(true)
  })

  test('rests on passages of the README, but for what the blog says', () => {
    const resting = new Set(known().flatMap((passage) => passage.statements))
    const others = sections.filter(({ statements: own }) => own.some(({ id }) => !resting.has(id)))
    expect(others.map(({ group }) => group).filter((group) => group !== 'blog')).toEqual([])
  })
})

test.describe('a section', () => {
  const twice = (all: readonly string[]) => all.filter((each, index) => all.indexOf(each) !== index)

  test('has a slug of its own, and each statement belongs to the one it stands in', () => {
    expect(twice(sections.map(({ slug }) => slug))).toEqual([])
    expect(twice(sections.map(({ title }) => title.ja))).toEqual([])
    for (const { slug, statements: own } of sections)
      expect([...new Set(own.map(({ section }) => section))]).toEqual([slug])
    expect(sections.flatMap(({ statements: own }) => own.map(({ id }) => id))).toEqual(
      statements.map(({ id }) => id),
    )
  })

  test('names headings and a place that the README has, and ids that it has itself', () => {
    const headings = headingsOf(readInstalledReadme())
    const anchors = anchorsOf(headings)
    for (const { slug, anchor, headings: named, statements: own } of sections) {
      if (anchor !== null) expect(anchors, slug).toContain(anchor)
      for (const each of named) {
        const { heading, ids } = typeof each === 'string' ? { heading: each, ids: '' } : each
        expect(
          headings.filter((other) => other === heading),
          `${slug}: ${heading}`,
        ).toHaveLength(1)
        expect(own.filter(({ id }) => id.startsWith(ids)).length, `${slug}: ${ids}`).toBeGreaterThan(0)
      }
    }
  })
})

const headingsOf = (markdown: string): string[] =>
  lexer(markdown).flatMap((token) => (token.type === 'heading' ? [String(token['text'])] : []))

/** As GitHub names headings: one that comes again gets a number. */
function anchorsOf(headings: readonly string[]): string[] {
  const plain = headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
  return plain.map((anchor, index) => {
    const before = plain.slice(0, index).filter((other) => other === anchor).length
    return before === 0 ? anchor : `${anchor}-${before}`
  })
}

test.describe('another README', () => {
  const readme = '# x\n\n### name\n\nFirst passage.\n\nSecond passage.\n\n### other\n\n- one\n- two\n'
  const before = passagesOf(readme).map((passage) => ({ ...passage, statements: [`${passage.heading}!`] }))
  const changed = (from: string, to: string) => comparePassages(before, passagesOf(readme.replace(from, to)))

  test('is the same when only its lines are broken differently', () => {
    expect(changed('First passage.', 'First\npassage.')).toEqual([])
  })

  for (const [kind, from, to, heading, number] of [
    ['reworded', 'Second passage', 'Another passage', 'x › name', 2],
    ['removed', 'First passage.\n\n', '', 'x › name', 1],
    ['added', '- two\n', '- two\n- three\n', 'x › other', 3],
  ] as const) {
    test(`tells what it has ${kind}, with the statements that rest on it`, () => {
      const changes = changed(from, to)
      expect(changes).toEqual([{ kind, heading, number, statements: [`${heading}!`] }])
      expect(changes.map(changeLine).join()).toContain(`${heading}!`)
    })
  }
})

test.describe('a run is red for', () => {
  const words = { ja: '日本語', en: 'English' }
  const statement: Statement = {
    id: 'name.x',
    section: 'options-name',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'counter',
    ja: 'この文。',
    en: 'This sentence.',
    verdict: 'holds',
    see: words,
  }
  const proof: ObservedTest = {
    ids: ['name.x'],
    role: 'proof',
    app: { kind: 'file', scenario: 'counter', variant: 'app' },
    verdict: 'holds',
    title: 'it is so',
    file: 'e2e/x.spec.ts',
    line: 7,
    source: { file: 'e2e/x.spec.ts', line: 7, lastLine: 9 },
    status: 'passed',
    message: '',
    duration: 1,
    evidence: [],
  }
  const counterExample: ObservedTest = {
    ...proof,
    role: 'counter-example',
    app: { kind: 'file', scenario: 'counter', variant: 'rolling' },
  }
  const both = [proof, counterExample]
  const { verdict: _verdict, ...undecided } = statement
  const { see: _see, ...unseen } = statement
  const untestable: Statement = { ...statement, verdict: 'untestable', because: words }

  const cases: readonly [what: string, kinds: string[], tests: ObservedTest[], of: Statement][] = [
    ['nothing when all stands', [], both, statement],
    ['nothing when nothing can be tested', [], [], untestable],
    ['a statement without verdict', ['no-verdict'], both, undecided],
    ['a statement without proof', ['no-proof'], [], statement],
    ['a proof that fails', ['proof-failed'], [{ ...proof, status: 'failed' }, counterExample], statement],
    [
      'a proof that did not run',
      ['proof-not-run'],
      [{ ...proof, status: 'not-run' }, counterExample],
      statement,
    ],
    ['an unknown id', ['unknown-id'], [...both, { ...proof, ids: ['name.y'] }], statement],
    ['a proof without counter-example', ['no-counter-example'], [proof], statement],
    [
      'a counter-example that does not fail',
      ['counter-example-failed'],
      [proof, { ...counterExample, status: 'failed' }],
      statement,
    ],
    ['another verdict', ['verdict-differs'], both, { ...statement, verdict: 'condition', because: words }],
    ['a verdict without its reason', ['no-because'], [], { ...statement, verdict: 'untestable' }],
    ['an empty reason', ['no-because'], [], { ...untestable, because: { ja: '', en: ' ' } }],
    ['a statement that does not say how to see it', ['no-see'], both, unseen],
  ]
  for (const [what, kinds, tests, of] of cases) {
    test(what, () => {
      const faults = findFaults(tests, [of])
      expect(faults.map(({ kind }) => kind)).toEqual(kinds)
    })
  }

  test('a sentence that is no longer true, in both languages and with the line of its proof', () => {
    const [fault] = findFaults([{ ...proof, status: 'failed' }, counterExample], [statement])
    expect(fault && faultLine(fault)).toBe(
      'name.x「この文。」この文はもう成り立ちません(証明が失敗しました: e2e/x.spec.ts:7)' +
        ' / "This sentence.": this sentence is no longer true (its proof failed: e2e/x.spec.ts:7)',
    )
  })
})
