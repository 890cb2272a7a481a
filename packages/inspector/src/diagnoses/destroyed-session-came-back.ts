import { evidenceOf, exchangeIdsOf, routeOf, type SeenCall, timeText } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { actorOf, baseOf, type History, historiesOf } from '../diagnose/histories.ts'
import { sawAll } from '../diagnose/seen.ts'

interface Return {
  destroy: SeenCall
  /** What wrote the row again: a set, or a touch that inserts. */
  by: SeenCall
  /** The `get` that found it. */
  found: SeenCall
}

/** A row was written again after it had been destroyed, by a request that was under way. */
export const destroyedSessionCameBack: Diagnosis = {
  id: 'destroyed-session-came-back',
  kind: 'fault',
  title: {
    ja: '破棄したセッションが、後の保存で戻ってきた',
    en: 'a destroyed session was written again',
  },
  fix: {
    words: {
      ja: '長いリクエストではセッションに書かず、ストアのsetとtouchは今あるレコードだけを更新します。',
      en: 'Write nothing to the session in long requests, and let the store update only rows that exist.',
    },
    code: 'UPDATE sessions SET sess = ? WHERE sid = ? -- no INSERT for a session that was read',
  },
  source: {
    title: 'express-session README, Session.destroy(callback)',
    url: 'https://github.com/expressjs/session#sessiondestroycallback',
  },
  lab: { scenario: 'resave-race' },
  find(seen) {
    const returns = historiesOf(seen)
      .flatMap(returnsIn)
      .filter(({ destroy, found }) => sawAll(seen, destroy.began, found.ended))
    const [first] = returns
    if (!first) return []
    const { destroy, by, found } = first
    const [gone, late] = [nameOf(destroy), nameOf(by)]
    const gap = timeText(by.began - destroy.ended)
    return [
      {
        words: {
          ja: `${gone.ja}がセッションを破棄した${gap}後に、${late.ja}が${by.call.method}でレコードを書き戻しました。前のCookieはまた有効です。`,
          en: `${gap} after ${gone.en} had destroyed the session, ${late.en} wrote the row again (${by.call.method}): the old cookie is valid once more.`,
        },
        evidence: [
          evidenceOf(
            by,
            '破棄より前に読んだ内容で、レコードを書きました。',
            'It wrote the row from what it had read before.',
          ),
          evidenceOf(destroy, 'ここで破棄されました。', 'Here it was destroyed.'),
          evidenceOf(found, 'レコードはまたあります。', 'The row is there again.'),
        ],
        exchanges: exchangeIdsOf(returns.flatMap((one) => [one.by, one.destroy, one.found])),
      },
    ]
  },
}

/** Nobody but who had read the row before its end brings it back: a new session may be given an old id. */
function returnsIn(history: History): Return[] {
  return history.flatMap((destroy) => {
    if (destroy.call.method !== 'destroy' || !destroy.isDone) return []
    const after = history.filter(({ began }) => began >= destroy.ended)
    const found = after.find(({ call, isDone }) => call.method === 'get' && isDone && call.data !== null)
    if (!found) return []
    const writings = after.filter(
      ({ call, isDone, ended }) =>
        (call.method === 'set' || call.method === 'touch') && isDone && ended <= found.began,
    )
    const by = writings.find(({ call }) => call.method === 'set') ?? writings[0]
    const isReborn = by !== undefined && actorOf(by) === actorOf(destroy) && by.exchange !== undefined
    if (!by || isReborn || (by.exchange && !hadBefore(history, by, destroy))) return []
    return [{ destroy, by, found }]
  })
}

function hadBefore(history: History, by: SeenCall, destroy: SeenCall): boolean {
  const base = baseOf(history, by)
  return base !== undefined && base.began < destroy.ended
}

function nameOf({ exchange }: SeenCall) {
  const route = exchange && routeOf(exchange)
  return { ja: route ?? 'リクエストの外の処理', en: route ?? 'something outside of any request' }
}
