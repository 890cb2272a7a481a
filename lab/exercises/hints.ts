import { diffLines } from 'diff'
import type { Words } from '../../common/words.ts'
import { readScenario } from '../scenarios/scenarios.ts'
import { readCode } from '../scenarios/source.ts'
import { type Exercise, nameOf } from './catalogue.ts'
import { writtenHints } from './written-hints.ts'

/** What helps with an exercise: words, and the code that they speak of. */
export interface Hint extends Words {
  code?: string
}

type Three = readonly [Hint, Hint, Hint]

/**
 * The hints of an exercise, from the symptom to the line. Where nobody has written any they are its facts: what is
 * wrong in it, where it differs from the documented code, and what stands there instead.
 */
export function hintsOf(exercise: Exercise): Three {
  const [note, where, instead] = facts(exercise)
  const written = writtenHints[nameOf(exercise)]
  if (!written) return [note, where, instead]
  return [written[0], written[1], { ...written[2], ...(instead.code && { code: instead.code }) }]
}

function facts(exercise: Exercise): Three {
  const { removed, added, before } = differences(exercise)
  return [
    withoutLabel(noteOf(exercise)),
    removed
      ? { ja: '違うのは、次の行です。', en: 'These are the lines that differ.', code: removed }
      : {
          ja: '次の行のあとに、何かが足りません。',
          en: 'Something is missing after this line.',
          code: before,
        },
    added
      ? {
          ja: '直したコードでは、そこが次のとおりです。',
          en: 'In the mended code, this stands there.',
          code: added,
        }
      : { ja: '直したコードには、その行がありません。', en: 'The mended code does without these lines.' },
  ]
}

function noteOf({ slug, variant }: Exercise): Words {
  const found = readScenario(slug).variants.find(({ name }) => name === variant)
  return found?.note ?? { ja: '', en: '' }
}

/** What is wrong, without saying once more that something is. */
const withoutLabel = ({ ja, en }: Words): Words => ({
  ja: ja.replace(/^(?:壊した版|比べる版)(?:\(わざと脆弱\))?: /, ''),
  en: en
    .replace(/^(?:Broken|To compare)(?:, vulnerable on purpose)?: /, '')
    .replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase()),
})

/** The text of a variant, without the comment about what it shows. */
export const variantText = (slug: string, variant: string): string => readCode(`apps/${slug}/${variant}.ts`)

/** Lines that say what the lab is to put around an app, or what it imports: they are no part of the answer. */
const isScaffold = (line: string) =>
  /^\s*$|^import .* from '(?:\.|express|express-session)|^(?:export const (?!createApp|rotation)|\/\*\*|type |const links|})/.test(
    line,
  )

function differences({ slug, variant, solution }: Exercise): Record<'removed' | 'added' | 'before', string> {
  const parts = diffLines(variantText(slug, variant), variantText(slug, solution))
  const linesOf = (side: 'added' | 'removed') =>
    parts
      .filter((part) => part[side])
      .flatMap(({ value }) => value.split('\n'))
      .filter((line) => !isScaffold(line))
  const [removed, added] = [linesOf('removed'), linesOf('added')]
  const without = (lines: readonly string[], others: readonly string[]) =>
    lines.filter((line) => !others.includes(line)).join('\n')
  const isOwn = ({ added, value }: (typeof parts)[number]) => added && !value.split('\n').every(isScaffold)
  const before = parts[parts.findIndex(isOwn) - 1]?.value.trimEnd().split('\n').at(-1) ?? ''
  return { removed: without(removed, added), added: without(added, removed), before: before.trim() }
}
