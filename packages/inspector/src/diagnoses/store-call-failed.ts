import {
  callsIn,
  callsOutside,
  evidenceOf,
  exchangeIdsOf,
  exchangesOf,
  grouped,
  routeOf,
  type SeenCall,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { hasFailed } from '../model/row-events.ts'

/** A call to the store failed, and the app was not prepared for it. */
export const storeCallFailed: Diagnosis = {
  id: 'store-call-failed',
  kind: 'fault',
  title: { ja: 'ストアの呼び出しが失敗した', en: 'a call to the store failed' },
  fix: {
    words: {
      ja: 'エラーに書かれた原因を直し、その間は503で答えます。',
      en: 'Mend the store as the error says, and answer 503 meanwhile.',
    },
    code: 'app.use((error, req, res, next) => (res.headersSent ? next(error) : res.status(503).send(…)))',
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'broken-store' },
  explains: ['response-cut-off', 'row-ends-while-in-use'],
  find(seen) {
    const calls = exchangesOf(seen).flatMap((exchange) => callsIn(exchange).filter(isUnborne))
    const outside = callsOutside(seen).filter(({ call }) => hasFailed(call) && !isOfAMissingRow(call))
    const groups = grouped(
      [...calls, ...outside],
      ({ call }) => `${call.store} ${call.method} ${call.errorCode ?? ''}`,
    )
    return [...groups.entries()].flatMap(([about, these]) => {
      const [first] = these
      if (!first) return []
      const { call, exchange } = first
      const store = seen.sessions.find((one) => one.store === call.store)
      const error = shortOf(call.error ?? '')
      const [ja, en] = exchange
        ? [
            `${routeOf(exchange)}(レスポンス${exchange.status ?? 'なし'})`,
            `${routeOf(exchange)} (status ${exchange.status ?? 'none'})`,
          ]
        : ['リクエストの外', 'something outside of any request']
      return [
        {
          about,
          words: {
            ja: `${ja}で、${store?.storeName || 'ストア'}の${call.method}がエラーを返しました: ${error}`,
            en: `In ${en}, ${call.method} of ${store?.storeName || 'the store'} gave an error: ${error}`,
          },
          evidence: these
            .slice(0, 3)
            .map((one) => evidenceOf(one, `エラー: ${error}`, `The error: ${error}`)),
          exchanges: exchangeIdsOf(these),
        },
      ]
    })
  },
}

/** The first line; long ids in it are left out. */
const shortOf = (error: string): string =>
  (error.split('\n')[0] ?? '').replace(/[\w+/=-]{20,}/g, '…').slice(0, 160)

/** A row that is gone when it shall be touched or destroyed is no failure. */
const isOfAMissingRow = ({ errorCode }: SeenCall['call']): boolean => errorCode === 'ENOENT'

/** A failure that the app did not bear: it neither said 503 nor did it again with success. */
function isUnborne({ call, exchange, index }: SeenCall): boolean {
  if (!exchange || !hasFailed(call) || isOfAMissingRow(call)) return false
  const wasTriedAgain = exchange.calls
    .slice(index + 1)
    .some(
      ({ method, sid, error, duration }) =>
        method === call.method && sid === call.sid && error === null && duration !== null,
    )
  const isKnownBefore = exchange.headAt === null || call.at + (call.duration ?? 0) <= exchange.headAt
  return !wasTriedAgain && !(exchange.status === 503 && isKnownBefore)
}
