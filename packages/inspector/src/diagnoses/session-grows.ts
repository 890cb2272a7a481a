import { evidenceOf, exchangeIdsOf, routeOf, type SeenCall } from '../diagnose/calls.ts'
import { dataOf } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type History, historiesOf } from '../diagnose/histories.ts'
import { sawAll } from '../diagnose/seen.ts'

/** From when on it counts as growth without a limit: saves that grew, and characters; many small ones, or few large ones. */
const limits = [
  { saves: 15, size: 3_000 },
  { saves: 6, size: 20_000 },
] as const
const factor = 3

/** The row of one session gets longer with every request. */
export const sessionGrows: Diagnosis = {
  id: 'session-grows',
  kind: 'risk',
  title: { ja: 'セッションが大きくなり続けている', en: 'the session grows with every request' },
  fix: {
    words: {
      ja: '残す数を決め、大きいものはデータベースに置いてidだけを入れます。',
      en: 'Limit what is kept; put what is large into a database and keep its id.',
    },
    code: 'req.session.seen = [...seen, page].slice(-5)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  find(seen) {
    const growing = historiesOf(seen).flatMap((history) => {
      const sets = growthIn(history)
      return sets && sawAll(seen, sets[0]?.began ?? 0, sets.at(-1)?.ended) ? [sets] : []
    })
    const [first] = growing
    const [from, to] = [first?.[0], first?.at(-1)]
    if (!first || !from || !to?.exchange) return []
    const key = largestKey(to)
    const sizes = [sizeOf(from), sizeOf(to)]
    return [
      {
        words: {
          ja: `一つのセッションのレコードが${first.length}回の保存で${sizes[0]}文字から${sizes[1]}文字になりました${key === undefined ? '' : `。増えているのは主に${key}です`}(最後は${routeOf(to.exchange)})。`,
          en: `The row of one session grew from ${sizes[0]} to ${sizes[1]} characters in ${first.length} saves${key === undefined ? '' : `, mostly ${key}`} (the last: ${routeOf(to.exchange)}).`,
        },
        evidence: [
          evidenceOf(to, `${sizes[1]}文字のset`, `a set of ${sizes[1]} characters`),
          evidenceOf(from, `${sizes[0]}文字のset`, `a set of ${sizes[0]} characters`),
        ],
        exchanges: exchangeIdsOf(growing.flat()),
      },
    ]
  },
}

const sizeOf = ({ call }: SeenCall): number => call.facts?.size ?? call.data?.length ?? 0

/** The saves of a session that became longer and longer, and still do; undefined where it does not. */
function growthIn(history: History): SeenCall[] | undefined {
  const sets = history.filter(({ call, isDone, exchange }) => call.method === 'set' && isDone && exchange)
  const [from, to] = [sets[0], sets.at(-1)]
  if (!from || !to) return undefined
  const steps = sets.slice(1).map((set, index) => sizeOf(set) - sizeOf(sets[index] ?? from))
  const grew = (list: readonly number[]) => list.filter((step) => step > 0).length
  const late = steps.slice(-Math.ceil(steps.length / 4))
  const isSteady = grew(steps) >= steps.length * 0.8 && grew(late) >= late.length * 0.8
  const isEver = !steps.some((step) => step < -sizeOf(to) / 5)
  const isLarge = limits.some(({ saves, size }) => grew(steps) >= saves && sizeOf(to) >= size)
  return isSteady && isEver && isLarge && sizeOf(to) >= sizeOf(from) * factor ? sets : undefined
}

/** The key at the top that holds most of it; undefined where the text was cut. */
function largestKey({ call }: SeenCall): string | undefined {
  const entries = Object.entries(dataOf(call.data) ?? {}).map(([key, value]) => ({
    key,
    size: JSON.stringify(value).length,
  }))
  return entries.sort((one, other) => other.size - one.size)[0]?.key
}
