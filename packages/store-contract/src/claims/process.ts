import type { Bench, Elsewhere } from '../bench.ts'
import { type Claim, cannotTell, type Found, holds, notOffered } from '../claim.ts'

/** Restart and end of the process: asked in another process that uses the same rows. */
export const processClaims: readonly Claim[] = [
  {
    id: 'process.restart',
    title: { ja: '再起動のあとも行が残っている', en: 'the rows are there after a restart' },
    kind: 'property',
    spoils: true,
    check: (bench) =>
      inAnother(bench, bench.canClose, ({ found }) =>
        holds(found, { ja: '残っていない', en: 'they are gone' }, null),
      ),
  },
  {
    id: 'process.ends-closed',
    title: {
      ja: 'ストアを閉じれば、プロセスはひとりでに終わる',
      en: 'with the store closed, the process ends by itself',
    },
    kind: 'promise',
    spoils: true,
    check: async (bench) =>
      bench.canClose
        ? inAnother(bench, true, goesOn)
        : notOffered({ ja: '閉じる手段がない', en: 'it has no way to be closed' }),
  },
  {
    id: 'process.ends-open',
    title: {
      ja: 'ストアを閉じなくても、プロセスはひとりでに終わる',
      en: 'with the store left open, the process ends by itself too',
    },
    kind: 'property',
    spoils: true,
    check: (bench) => inAnother(bench, false, goesOn),
  },
]

const goesOn = ({ hasEnded }: Elsewhere) =>
  holds(hasEnded, { ja: '5秒たっても終わらない', en: 'it goes on after 5 s' }, null)

async function inAnother(
  { elsewhere, subject }: Bench,
  closes: boolean,
  judge: (what: Elsewhere) => Found,
): Promise<Found> {
  if (!elsewhere || (subject.backend && !subject.address))
    return cannotTell({ ja: '別のプロセスで試せない', en: 'it cannot be tried in another process' })
  return judge(await elsewhere({ closes }))
}
