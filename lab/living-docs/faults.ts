import type { Statement } from '../../statements/statement.ts'
import type { Words } from '../words.ts'
import type { Catalogue, ObservedTest } from './results.ts'

/** Something about one statement that makes a whole run red. */
export interface Fault {
  id: string
  kind:
    | 'unknown-id'
    | 'no-verdict'
    | 'no-because'
    | 'no-see'
    | 'no-proof'
    | 'proof-failed'
    | 'proof-not-run'
    | 'verdict-differs'
    | 'no-counter-example'
    | 'counter-example-failed'
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
      .map((id): Fault => ({ id, ...wrongs.unknown(`${file}:${line}`), sentence: { ja: '', en: '' } })),
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
    ...(verdict === undefined ? [wrongs.noVerdict] : []),
    ...(verdict !== undefined && verdict !== 'holds' && !isThere(because) ? [wrongs.noBecause] : []),
    ...(isThere(see) ? [] : [wrongs.noSee]),
  ]
}

function faultsOfProofs({ verdict }: Statement, tests: readonly ObservedTest[]): Wrong[] {
  const proofs = tests.filter(({ role }) => role === 'proof')
  const counterExamples = tests.filter(({ role }) => role === 'counter-example')
  if (proofs.length === 0) return verdict === 'untestable' ? [] : [wrongs.noProof]
  return [
    ...proofs.flatMap((proof) => [
      ...(proof.status === 'failed' ? [wrongs.proofFailed(placeOf(proof))] : []),
      ...(proof.status === 'not-run' ? [wrongs.proofNotRun(placeOf(proof))] : []),
      ...(verdict !== undefined && proof.verdict !== verdict
        ? [wrongs.verdictDiffers(placeOf(proof), proof.verdict, verdict)]
        : []),
      ...(counterExamples.some((other) => isOfSameClaim(proof, other))
        ? []
        : [wrongs.noCounterExample(placeOf(proof))]),
    ]),
    ...counterExamples
      .filter(({ status }) => status === 'failed')
      .map((test) => wrongs.counterExampleFailed(placeOf(test), test.app)),
  ]
}

const isOfSameClaim = (a: ObservedTest, b: ObservedTest) => a.title === b.title && a.file === b.file
const placeOf = ({ file, line }: ObservedTest) => `${file}:${line}`

const wrongs = {
  unknown: (place: string): Wrong => ({
    kind: 'unknown-id',
    what: {
      ja: `このidの文は目録にありません(${place})`,
      en: `the catalogue has no statement with this id (${place})`,
    },
  }),
  noVerdict: {
    kind: 'no-verdict',
    what: { ja: 'まだ判定がありません', en: 'it has no verdict yet' },
  },
  noBecause: {
    kind: 'no-because',
    what: {
      ja: '判定の理由(because)がありません',
      en: 'its verdict has no reason (because)',
    },
  },
  noSee: {
    kind: 'no-see',
    what: { ja: '自分で確かめる手順(see)がありません', en: 'it does not say how to see it (see)' },
  },
  noProof: {
    kind: 'no-proof',
    what: { ja: 'この文を証明するテストがありません', en: 'no test proves this sentence' },
  },
  proofFailed: (place: string): Wrong => ({
    kind: 'proof-failed',
    what: {
      ja: `この文はもう成り立ちません(証明が失敗しました: ${place})`,
      en: `this sentence is no longer true (its proof failed: ${place})`,
    },
  }),
  proofNotRun: (place: string): Wrong => ({
    kind: 'proof-not-run',
    what: { ja: `証明が実行されませんでした(${place})`, en: `its proof did not run (${place})` },
  }),
  verdictDiffers: (place: string, proven: string, written: string): Wrong => ({
    kind: 'verdict-differs',
    what: {
      ja: `証明の判定は${proven}、目録の判定は${written}です(${place})`,
      en: `the proof says ${proven}, the catalogue ${written} (${place})`,
    },
  }),
  noCounterExample: (place: string): Wrong => ({
    kind: 'no-counter-example',
    what: {
      ja: `証明に反例がありません(${place})`,
      en: `its proof has no counter-example (${place})`,
    },
  }),
  counterExampleFailed: (place: string, app: string): Wrong => ({
    kind: 'counter-example-failed',
    what: {
      ja: `反例${app}で、同じ主張が失敗しません(${place})`,
      en: `the claim does not fail in its counter-example ${app} (${place})`,
    },
  }),
} as const satisfies Record<string, Wrong | ((...args: string[]) => Wrong)>

/** A fault as one line for the terminal. */
export const faultLine = ({ id, sentence, what }: Fault): string =>
  sentence.ja === ''
    ? `${id}: ${what.ja} / ${what.en}`
    : `${id}「${sentence.ja}」${what.ja} / "${sentence.en}": ${what.en}`
