import { type Claim, cannotTell, type Finding, holds, notOffered } from '../claim.ts'
import type { Elsewhere, TestContext } from '../context.ts'

/** Restart and end of the process, tried in another process that uses the same rows. */
export const processClaims: readonly Claim[] = [
  {
    id: 'process.restart',
    title: { ja: '再起動のあともレコードが残っている', en: 'the rows are there after a restart' },
    kind: 'property',
    spoils: true,
    check: (context) =>
      inAnother(context, context.canClose, ({ found }) =>
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
    check: async (context) =>
      context.canClose
        ? inAnother(context, true, goesOn)
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
    check: (context) => inAnother(context, false, goesOn),
  },
]

const goesOn = ({ hasEnded }: Elsewhere) =>
  holds(hasEnded, { ja: '5秒たっても終わらない', en: 'it goes on after 5 s' }, null)

async function inAnother(
  { elsewhere, adapter }: TestContext,
  closes: boolean,
  judge: (what: Elsewhere) => Finding,
): Promise<Finding> {
  if (!elsewhere || (adapter.backend && !adapter.address))
    return cannotTell({ ja: '別のプロセスで試せない', en: 'it cannot be tried in another process' })
  return judge(await elsewhere({ closes }))
}
