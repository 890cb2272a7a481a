import type { Words } from '../../common/words.ts'
import { appName } from '../../docs-site/results/proof.ts'
import type { Catalogue, ObservedTest } from '../../docs-site/results/results.ts'
import type { Statement } from '../../statements/statement.ts'

/** Something about one statement that makes a whole run red. */
export interface Fault {
  id: string
  kind: keyof typeof wrongs
  /** The sentence; empty for an id that is not in the catalogue. */
  sentence: Words
  what: Words
}

/** What is wrong with the catalogue and its proofs after a run of all tests; empty when everything stands. */
export function findFaults(tests: readonly ObservedTest[], catalogue: Catalogue): Fault[] {
  const known = new Set(catalogue.map(({ id }) => id))
  const unknown = tests.flatMap(({ ids, file, line }) =>
    ids
      .filter((id) => !known.has(id))
      .map((id): Fault => ({ id, ...wrong('unknown-id', `${file}:${line}`), sentence: { ja: '', en: '' } })),
  )
  const faults = catalogue.flatMap((statement) => {
    const sentence = { ja: statement.ja, en: statement.en }
    const own = tests.filter(({ ids }) => ids.includes(statement.id))
    const found = [...faultsOfText(statement), ...faultsOfProofs(statement, own)]
    return found.map((wrong): Fault => ({ id: statement.id, ...wrong, sentence }))
  })
  return [...unknown, ...faults].filter(isFirst)
}

/** A counter-example runs beside its proof, so the same fault can be met twice. */
const isFirst = (fault: Fault, index: number, all: readonly Fault[]) =>
  all.findIndex(
    ({ id, kind, what }) => id === fault.id && kind === fault.kind && what.en === fault.what.en,
  ) === index

type Wrong = Pick<Fault, 'kind' | 'what'>

const isThere = (words: Words | undefined) => Boolean(words?.ja.trim() && words.en.trim())

function faultsOfText({ verdict, because, see }: Statement): Wrong[] {
  return [
    ...(verdict === undefined ? [wrong('no-verdict')] : []),
    ...(verdict !== undefined && verdict !== 'holds' && !isThere(because) ? [wrong('no-because')] : []),
    ...(isThere(see) ? [] : [wrong('no-see')]),
  ]
}

function faultsOfProofs({ verdict }: Statement, tests: readonly ObservedTest[]): Wrong[] {
  const proofs = tests.filter(({ role }) => role === 'proof')
  const counterExamples = tests.filter(({ role }) => role === 'counter-example')
  if (proofs.length === 0) return verdict === 'untestable' ? [] : [wrong('no-proof')]
  return [
    ...proofs.flatMap((proof) => faultsOfProof(proof, verdict, counterExamples)),
    ...counterExamples
      .filter(({ status }) => status === 'failed')
      .map((test) => wrong('counter-example-failed', lineOf(test), appName(test.app))),
  ]
}

function faultsOfProof(
  proof: ObservedTest,
  verdict: Statement['verdict'],
  counterExamples: readonly ObservedTest[],
): Wrong[] {
  const at = lineOf(proof)
  const hasCounterExample = counterExamples.some(
    ({ title, file }) => title === proof.title && file === proof.file,
  )
  return [
    ...(proof.status === 'failed' ? [wrong('proof-failed', at)] : []),
    ...(proof.status === 'not-run' ? [wrong('proof-not-run', at)] : []),
    ...(verdict && proof.verdict !== verdict ? [wrong('verdict-differs', at, proof.verdict, verdict)] : []),
    ...(hasCounterExample ? [] : [wrong('no-counter-example', at)]),
  ]
}

const lineOf = ({ file, line }: ObservedTest) => `${file}:${line}`

const wrong = (kind: Fault['kind'], ...details: string[]): Wrong => {
  const say: Say = wrongs[kind]
  const [ja, en] = say(...details)
  return { kind, what: { ja, en } }
}

type Say = (...details: string[]) => readonly [ja: string, en: string]

/** What each of them says, in Japanese and English; `at` is a line of a spec. */
const wrongs = {
  'unknown-id': (at) => [
    `このidの文は目録にありません(${at})`,
    `the catalogue has no statement with this id (${at})`,
  ],
  'no-verdict': () => ['まだ判定がありません', 'it has no verdict yet'],
  'no-because': () => ['判定の理由(because)がありません', 'its verdict has no reason (because)'],
  'no-see': () => ['自分で確かめる手順(see)がありません', 'it does not say how to see it (see)'],
  'no-proof': () => ['この文を証明するテストがありません', 'no test proves this sentence'],
  'proof-failed': (at) => [
    `この文はもう成り立ちません(証明が失敗しました: ${at})`,
    `this sentence is no longer true (its proof failed: ${at})`,
  ],
  'proof-not-run': (at) => [`証明が実行されませんでした(${at})`, `its proof did not run (${at})`],
  'verdict-differs': (at, proven, written) => [
    `証明の判定は${proven}、目録の判定は${written}です(${at})`,
    `the proof says ${proven}, the catalogue ${written} (${at})`,
  ],
  'no-counter-example': (at) => [`証明に反例がありません(${at})`, `its proof has no counter-example (${at})`],
  'counter-example-failed': (at, app) => [
    `反例${app}で、同じ主張が失敗しません(${at})`,
    `the claim does not fail in its counter-example ${app} (${at})`,
  ],
} as const satisfies Record<string, Say>

/** A fault as one line for the terminal. */
export const faultLine = ({ id, sentence, what }: Fault): string =>
  sentence.ja === ''
    ? `${id}: ${what.ja} / ${what.en}`
    : `${id}「${sentence.ja}」${what.ja} / "${sentence.en}": ${what.en}`
