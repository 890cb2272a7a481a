import { exchangesOf, long, nameOf, shownCall, type TimedCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

const patience = 2_000 // ms

/** A call on the store has not come back for seconds, and its request waits. */
export const storeDoesNotAnswer: Diagnosis = {
  id: 'store-does-not-answer',
  kind: 'fault',
  title: {
    ja: 'ストアが応答しないので、リクエストが止まっている',
    en: 'the store does not answer, and the request waits for it',
  },
  fix: {
    words: {
      ja: 'ストアのクライアントに時間制限を付け、つながらないときは待たせずに503を返します。',
      en: 'Give the client time limits and no offline queue; answer 503 meanwhile.',
    },
    code: 'createClient({ url, disableOfflineQueue: true, socket: { connectTimeout: 2000 } })',
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'store-contract' },
  explains: [
    'response-never-ended',
    'response-cut-off',
    'not-saved-though-answered',
    'redirect-without-save',
  ],
  find(seen) {
    const hanging = timedCalls(seen).filter((one) => waited(one, seen.now) >= patience)
    const [first] = hanging
    if (!first) return []
    const wait = long(waited(first, seen.now))
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}に、ストアが${wait}たっても答えていません。`,
          en: `The store has not answered ${nameOf(first, 'en')} for ${wait}.`,
        },
        evidence: [
          shownCall(
            first,
            `${first.call.method}のコールバックが、まだ呼ばれていません。`,
            `The callback of ${first.call.method} has not been called.`,
          ),
        ],
        exchanges: exchangesOf(hanging),
      },
    ]
  },
}

/** How long a request has waited for a call that has not come back, in ms: until now, or until it was given up. */
function waited({ call, exchange, begin }: TimedCall, now: number): number {
  if (call.duration !== null || !exchange) return 0
  return exchange.duration === null ? now - begin : exchange.duration - call.at
}
