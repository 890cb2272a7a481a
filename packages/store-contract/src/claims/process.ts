import { ask, offers } from '../calls.ts'
import { type Claim, cannotTell, type Finding, holds, type Json, no, notOffered, yes } from '../claim.ts'
import { type Elsewhere, sessionOf, type TestContext, type Visit } from '../context.ts'
import type { Words } from '../words.ts'

/** Restart and end of the process, and two at the same time, tried in another process that uses the same rows. */
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
  {
    id: 'process.two',
    title: {
      ja: '2つのプロセスが同時に使える。一方のsetとdestroyは、もう一方ですぐに見え、何も失われない',
      en: 'two processes can use it at once: what one sets and destroys is seen in the other at once, and nothing is lost',
    },
    kind: 'property',
    async check(context) {
      const { beside } = context
      if (!beside || !hasWay(context)) return cannotTell(noWay)
      const other = beside()
      try {
        return await sideBySide(context, other)
      } finally {
        other.kill()
      }
    },
  },
]

const goesOn = ({ hasEnded }: Visit) =>
  holds(hasEnded, { ja: '5秒たっても終わらない', en: 'it goes on after 5 s' }, null)

const noWay = { ja: '別のプロセスで試せない', en: 'it cannot be tried in another process' }
const hasWay = ({ adapter }: TestContext) => !adapter.backend || adapter.address !== undefined

async function inAnother(context: TestContext, closes: boolean, judge: (what: Visit) => Finding) {
  if (!context.visit || !hasWay(context)) return cannotTell(noWay)
  return judge(await context.visit({ closes }))
}

/** A step in which two processes take turns on one row: whether it went as it should, and the words for when not. */
type Turn = readonly [step: () => Promise<boolean>, instead: Words]

async function sideBySide({ store, calls }: TestContext, other: Elsewhere): Promise<Finding> {
  const sid = 'process-two'
  const here = async () => (await calls.get(sid))?.['n'] ?? null
  const turns: readonly Turn[] = [
    [
      async () => {
        await calls.set(sid, sessionOf({ n: 1 }))
        return (await other.get(sid)) === 1
      },
      { ja: '一方でsetしたものが、もう一方にない', en: 'what one sets is not there in the other' },
    ],
    [
      async () => {
        await other.set(sid, 2)
        return (await here()) === 2
      },
      {
        ja: 'もう一方のsetのあとも、前の内容が返る',
        en: 'after a set of the other, get gives the older data',
      },
    ],
    [
      async () => {
        await other.destroy(sid)
        if (offers(store, 'touch')) await ask(store, 'touch', [sid, sessionOf({ n: 2 })])
        return (await here()) === null && (await other.get(sid)) === null
      },
      {
        ja: 'もう一方でdestroyしたものが、まだ返るか、touchで戻る',
        en: 'what the other destroyed is still handed out, or comes back by touch',
      },
    ],
  ]
  try {
    for (const [step, instead] of turns) if (!(await step())) return no(instead, null)
    return lostOf(await bothSet({ calls }, other))
  } catch (error) {
    const { message } = error as Error
    return no(
      { ja: `2つ目のプロセスで使えない: ${message}`, en: `the second process cannot use it: ${message}` },
      null,
    )
  }
}

const each = 20

/** Both processes set rows of their own at the same time; then each looks for all of them. */
async function bothSet({ calls }: Pick<TestContext, 'calls'>, other: Elsewhere) {
  const numbers = Array.from({ length: each }, (_, n) => n)
  await Promise.all(
    numbers.flatMap((n) => [
      calls.set(`process-two-here-${n}`, sessionOf({ n })),
      other.set(`process-two-there-${n}`, n),
    ]),
  )
  const sids = ['here', 'there'].flatMap((where) =>
    numbers.map((n) => [`process-two-${where}-${n}`, n] as const),
  )
  let missing = 0
  for (const [sid, n] of sids)
    if ((await calls.get(sid))?.['n'] !== n || (await other.get(sid)) !== n) missing++
  return missing
}

function lostOf(missing: number): Finding {
  const evidence: Json = { 'set at once': 2 * each, missing }
  if (missing === 0) return yes(evidence)
  return no(
    {
      ja: `同時にsetした${2 * each}件のうち、${missing}件がない`,
      en: `of ${2 * each} rows that were set at once, ${missing} are missing`,
    },
    evidence,
  )
}
