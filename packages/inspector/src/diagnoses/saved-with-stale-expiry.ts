import {
  bySession,
  exchangesOf,
  long,
  nameOf,
  shownCall,
  type TimedCall,
  timedCalls,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { isStale } from '../diagnose/lives.ts'
import { expiryOf } from '../model/expiry.ts'

/** save() wrote a session with the expiry it was read with, which had passed, and the row was lost. */
export const savedWithStaleExpiry: Diagnosis = {
  id: 'saved-with-stale-expiry',
  kind: 'fault',
  title: {
    ja: 'save()が、過ぎてしまった古い期限を書いている',
    en: 'save() writes an expiry that has passed',
  },
  fix: {
    words: {
      ja: 'save()の前にtouch()を呼びます。',
      en: 'Call touch() before save().',
    },
    code: 'req.session.touch()\nreq.session.save(…)',
  },
  source: {
    title: 'express-session README, Session.touch',
    url: 'https://github.com/expressjs/session#sessiontouch',
  },
  lab: { scenario: 'two-clocks' },
  explains: ['row-ends-while-in-use', 'rows-of-nobody'],
  find(seen) {
    const losses = bySession(timedCalls(seen)).flatMap((calls) => {
      const written = calls.find((one) => isStale(one) && wasThere(calls, one))
      const missing = written && nextRead(calls, written)
      return written && missing?.call.data === null && missing.call.error === null
        ? [{ written, missing }]
        : []
    })
    const [first] = losses
    if (!first) return []
    const { written, missing } = first
    const late = long(written.begin - (expiryOf(written.call.data ?? '') ?? written.begin))
    return [
      {
        words: {
          ja: `${nameOf(written, 'ja')}は、${late}前に過ぎた期限のままセッションを書きました。次の${nameOf(missing, 'ja')}では、もうレコードがありません。`,
          en: `${nameOf(written, 'en')} wrote the session with an expiry that had passed ${late} before. The next ${nameOf(missing, 'en')} finds no record.`,
        },
        evidence: [
          shownCall(
            written,
            'setに渡されたcookie.expiresが過去です。',
            'The cookie.expires that set was given is in the past.',
          ),
          shownCall(missing, 'ここでレコードがありません。', 'Here the record is gone.'),
        ],
        exchanges: exchangesOf(losses.map((loss) => loss.written)),
      },
    ]
  },
}

/** Whether a session was found before it was written: one that is new was born expired instead. */
const wasThere = (calls: readonly TimedCall[], { begin }: TimedCall) =>
  calls.some((one) => one.begin < begin && one.call.method === 'get' && one.call.data !== null)

const nextRead = (calls: readonly TimedCall[], { end }: TimedCall) =>
  calls.find((one) => one.call.method === 'get' && one.end !== null && end !== null && one.begin >= end)
