import { long } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Seen } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

/** Nothing at all was sent for seconds, or until the visitor gave up, and no store call is to blame. */
export const responseNeverEnded: Diagnosis = {
  id: 'response-never-ended',
  kind: 'fault',
  title: {
    ja: 'レスポンスが返らない(next()が呼ばれていない)',
    en: 'a request is never answered: next() is not called',
  },
  fix: {
    words: {
      ja: 'ミドルウェアのすべての道で、next()を呼ぶか、レスポンスを返します。',
      en: 'On every way through a middleware, call next() or answer.',
    },
    code: 'if (!req.session.user) return res.sendStatus(401)\nnext()',
  },
  source: {
    title: 'Express, Using middleware',
    url: 'https://expressjs.com/en/guide/using-middleware.html',
  },
  find(seen) {
    const silent = exchangesIn(seen).filter(isSilent)
    const [first] = silent
    if (!first) return []
    const request = `${first.method} ${first.url.split('?')[0]}`
    const wait = long(first.duration ?? seen.now - first.at)
    return [
      {
        words: {
          ja: `${request}には、${wait}たってもヘッダーさえ返っていません。ストアの呼び出しは終わっているので、待たせているのはアプリのコードです。`,
          en: `${request} got nothing for ${wait}, not even headers. No store call is pending: it is the app's own code that does not go on.`,
        },
        evidence: [
          {
            exchange: first.id,
            words: {
              ja: 'ヘッダーが一度も出ていません。',
              en: 'No headers ever left.',
            },
          },
        ],
        exchanges: silent.map(({ id }) => id),
      },
    ]
  },
}

const exchangesIn = ({ steps, open }: Seen): Exchange[] => [...steps.map(({ exchange }) => exchange), ...open]

/** Where a store call is pending or the session cannot become JSON, that is the cause. */
function isSilent({ calls, facts, sessions }: Exchange): boolean {
  const hasPending = calls.some((call) => call.duration === null)
  return (
    facts?.isUnanswered === true && !hasPending && facts.unserialisable === undefined && sessions.length > 0
  )
}
