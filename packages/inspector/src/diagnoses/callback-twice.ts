import { exchangesOf, nameOf, shownCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** The store called the callback of one call more than once. */
export const callbackTwice: Diagnosis = {
  id: 'callback-twice',
  kind: 'fault',
  title: {
    ja: 'ストアが、1回の呼び出しに2回答えている',
    en: 'the store answers one call twice',
  },
  fix: {
    words: {
      ja: 'コールバックを1回だけ呼ぶストア(または版)に替えます。',
      en: 'Use a store, or a version of it, that calls back once.',
    },
    code: 'if (cached) return done(null, cached)\nreadFromTable(sid, done)',
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'store-contract' },
  explains: ['response-cut-off', 'store-call-failed'],
  find(seen) {
    const twice = timedCalls(seen).filter(({ call }) => (call.facts?.answers ?? 0) > 1)
    const [first] = twice
    if (!first) return []
    const times = first.call.facts?.answers ?? 0
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}のコールバックを、ストアは${times}回呼びました。そのあとの処理が、もう一度走ります。`,
          en: `The store called the callback of ${nameOf(first, 'en')} ${times} times: whatever comes after it runs again.`,
        },
        evidence: [
          shownCall(
            first,
            `コールバックが${times}回呼ばれました。`,
            `The callback was called ${times} times.`,
          ),
        ],
        exchanges: exchangesOf(twice),
      },
    ]
  },
}
