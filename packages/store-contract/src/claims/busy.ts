import { setTimeout as pause } from 'node:timers/promises'
import type { AnotherConnection } from '../adapter.ts'
import { ask, describe, isFine, type Method, messageOf, offers, type Reply } from '../calls.ts'
import { type Claim, type Finding, type Json, no, notOffered, yes } from '../claim.ts'
import { sessionOf, type TestContext } from '../context.ts'

const freeLimit = 10_000 // ms until a store that was busy is to take writes again
const afterwards = ['busy-after-1', 'busy-after-2', 'busy-after-3', 'busy-after-4', 'busy-after-5']

/** Whether an acknowledged write was really made: asked through another connection, past what the store remembers. */
export const busyClaims: readonly Claim[] = [
  {
    id: 'failure.busy',
    title: {
      ja: '成功と答えた書き込みは、ストアが塞がっていたあとも、別の接続から見える',
      en: 'what was acknowledged is seen from another connection, also after the store was busy',
    },
    kind: 'promise',
    spoils: true,
    async check(context) {
      const other = await context.adapter.another?.()
      if (!other)
        return notOffered({ ja: '別の接続から見る手段がない', en: 'no other connection sees its rows' })
      try {
        return await compare(context, other)
      } finally {
        await other.close()
      }
    },
  },
]

async function compare({ store, calls }: TestContext, other: AnotherConnection): Promise<Finding> {
  const write = (sid: string, limit?: number) =>
    ask(store, 'set', [sid, sessionOf({ mark: markOf(sid) })], limit)
  const acknowledged = ['busy-before']
  await calls.set('busy-before', sessionOf({ mark: markOf('busy-before') }))
  await calls.set('busy-used', sessionOf({}))

  const unlock = await other.lock?.()
  let during: readonly Reply[] = []
  if (unlock) {
    const more: [Method, ...unknown[]][] = [
      ['touch', 'busy-used', sessionOf({})],
      ['destroy', 'busy-used'],
    ]
    const offered = more.filter(([method]) => offers(store, method))
    during = await Promise.all([
      write('busy-during'),
      ...offered.map(([method, ...args]) => ask(store, method, args)),
    ]).finally(unlock)
    if (isFine(during[0])) acknowledged.push('busy-during')
  }

  const end = Date.now() + freeLimit
  while (!isFine(await write('busy-free', 1_000)) && Date.now() < end) await pause(100)
  for (const sid of afterwards) await calls.set(sid, sessionOf({ mark: markOf(sid) }))
  acknowledged.push(...afterwards)

  const missing = []
  for (const sid of acknowledged) if (!(await other.row(sid))?.includes(markOf(sid))) missing.push(sid)
  const evidence: Record<string, Json> = {
    acknowledged: acknowledged.length,
    missing,
    busy: Object.fromEntries(during.map((reply) => [reply.method, describe(reply)])),
  }
  return judge(await lockedOut(other), evidence, [missing.length, acknowledged.length])
}

/** Text that is in the row of this session and nowhere else. */
const markOf = (sid: string) => `mark-of-${sid}`

/** Why the other connection cannot write any more; undefined when it can. */
async function lockedOut(other: AnotherConnection): Promise<string | undefined> {
  try {
    const unlock = await other.lock?.()
    await unlock?.()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

function judge(
  lockedOut: string | undefined,
  evidence: Json,
  [missing, all]: readonly [number, number],
): Finding {
  if (missing > 0) {
    return no(
      {
        ja: `成功と答えた${all}件のうち${missing}件が、別の接続から見えない`,
        en: `${missing} of ${all} acknowledged writes are not seen from another connection`,
      },
      evidence,
    )
  }
  if (lockedOut !== undefined) {
    return no(
      {
        ja: `そのあと、ほかの接続が書けない: ${lockedOut}`,
        en: `another connection cannot write afterwards: ${lockedOut}`,
      },
      evidence,
    )
  }
  return yes(evidence)
}
