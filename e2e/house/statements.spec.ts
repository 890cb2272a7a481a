import { changeLine, comparePassages, type KnownPassage } from '../lab/living-docs/compare-passages.ts'
import { faultLine, findFaults } from '../lab/living-docs/faults.ts'
import { statementsUnder } from '../lab/living-docs/passage-statements.ts'
import { passagesOf, readInstalledReadme } from '../lab/living-docs/readme-passages.ts'
import type { ObservedTest } from '../lab/living-docs/results.ts'
import { statements } from '../statements/index.ts'
import { readmePassages, readmeVersion } from '../statements/passages.ts'
import type { Statement } from '../statements/statement.ts'
import { expect, test } from './fixtures.ts'

/** The passages that the catalogue was last compared with, each with the statements that rest on it. */
const known = (): KnownPassage[] =>
  Object.entries(readmePassages).flatMap(([heading, hashes]) =>
    hashes
      .split(' ')
      .map((hash, index) => ({ heading, number: index + 1, hash, statements: statementsUnder(heading) })),
  )

test.describe('the catalogue', () => {
  test('no id is there twice', () => {
    const ids = statements.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test(`says what the README of the installed express-session says, as it did in ${readmeVersion}`, () => {
    const changes = comparePassages(known(), passagesOf(readInstalledReadme())).map(changeLine)
    expect(changes, 'after the statements are mended: npm run docs -- --passages').toEqual([])
  })

  test('rests on passages of the README, but for what the blog says', () => {
    const resting = new Set(known().flatMap((passage) => passage.statements))
    const others = (statements as readonly Statement[]).filter(({ id }) => !resting.has(id))
    expect(others.map(({ section }) => section).filter((section) => !section.startsWith('Blog'))).toEqual([])
  })
})

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
    section: 'options.name',
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
    app: 'counter',
    verdict: 'holds',
    title: 'it is so',
    file: 'e2e/x.spec.ts',
    line: 7,
    status: 'passed',
    message: '',
    duration: 1,
    evidence: [],
  }
  const counterExample: ObservedTest = { ...proof, role: 'counter-example', app: 'counter/rolling' }
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
