import {
  callsIn,
  evidenceOf,
  exchangeIdsOf,
  exchangesOf,
  placeOf,
  routeOf,
  type SeenCall,
  timeText,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

const long = 2_500 // ms

/** A call to the store has not come back for seconds: the request hangs. */
export const storeDoesNotAnswer: Diagnosis = {
  id: 'store-does-not-answer',
  kind: 'fault',
  title: { ja: 'ストアの呼び出しが返ってこない', en: 'a call to the store does not come back' },
  fix: {
    words: {
      ja: '時間切れがあり、切断中に溜めないクライアントにして、エラーには503で答えます。',
      en: 'Use a client with time limits and no offline queue, and answer 503 to its errors.',
    },
    code: 'createClient({ disableOfflineQueue: true, socket: { connectTimeout: 2_000 } })',
  },
  source: { title: 'tj/connect-redis#373', url: 'https://github.com/tj/connect-redis/issues/373' },
  lab: { scenario: 'broken-store', variant: 'bare' },
  explains: [
    'response-never-ended',
    'response-cut-off',
    'read-before-saved',
    'redirect-without-save',
    'written-after-end',
  ],
  find(seen) {
    const hanging = exchangesOf(seen)
      .flatMap(callsIn)
      .filter((one) => waitOf(one, seen.now) >= long)
    const [first] = hanging
    if (!first?.exchange) return []
    const { call, exchange } = first
    const route = routeOf(exchange)
    const session = seen.sessions.find(({ store }) => store === call.store)
    const name = session?.storeName || 'store'
    const wait = timeText(waitOf(first, seen.now))
    return [
      {
        words: {
          ja: `${route}で呼ばれた${name}の${call.method}が、${wait}たっても返っていません。${exchange.headAt === null ? 'レスポンスは何も送られていません' : 'レスポンスは最後の1バイトを待っています'}。`,
          en: `${call.method} of ${name}, called in ${route}, has not come back for ${wait}: ${exchange.headAt === null ? 'nothing of the response has left' : 'the response waits for its last byte'}.`,
        },
        evidence: hanging
          .slice(0, 3)
          .map((one) =>
            evidenceOf(one, 'コールバックがまだ呼ばれていません。', 'Its callback has not been called.'),
          ),
        exchanges: exchangeIdsOf(hanging),
        ...placeOf(session),
      },
    ]
  },
}

/** How long somebody has been waiting for a call, in ms: until the visitor gave up, or the process ended. */
function waitOf({ call, exchange, began, isOutside }: SeenCall, now: number): number {
  if (
    call.duration !== null ||
    call.facts?.isUnwatched ||
    isOutside ||
    !exchange ||
    exchange.end === 'finished'
  )
    return 0
  const until = exchange.duration === null ? now : exchange.at + exchange.duration
  return until - began
}
