import {
  callsIn,
  callsOutside,
  evidenceOf,
  exchangeIdsOf,
  exchangesOf,
  grouped,
  placeOf,
  routeOf,
} from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { StoreCall } from '../exchange.ts'

/** The store called a callback more than once. */
export const callbackTwice: Diagnosis = {
  id: 'callback-twice',
  kind: 'fault',
  title: { ja: 'ストアがコールバックを二度呼んでいる', en: 'the store calls its callback twice' },
  fix: {
    words: {
      ja: 'コールバックを呼んだらreturnするように直すか、ほかのストアにします。',
      en: 'Return when the callback has been called, or use another store or version.',
    },
    code: 'if (cached) return void callback(null, cached)',
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'broken-store', variant: 'bare' },
  explains: ['session-missing', 'response-cut-off', 'written-after-end', 'read-before-saved'],
  find(seen) {
    const twice = [...exchangesOf(seen).flatMap(callsIn), ...callsOutside(seen)].filter(
      ({ call }) => (call.facts?.answers ?? 0) > 1,
    )
    return [...grouped(twice, ({ call }) => `${call.store} ${call.method}`).entries()].flatMap(
      ([about, these]) => {
        const [first] = these
        if (!first) return []
        const { call, exchange } = first
        const session = seen.sessions.find(({ store }) => store === call.store)
        const name = `${session?.storeName || 'store'}.${call.method}`
        const [ja, en] = exchange
          ? [
              `${routeOf(exchange)}(レスポンス${exchange.status ?? 'なし'})`,
              `${routeOf(exchange)} (status ${exchange.status ?? 'none'})`,
            ]
          : ['リクエストの外', 'something outside of any request']
        const follows = outcomes[call.method]
        return [
          {
            about,
            words: {
              ja: `${name}は、${ja}でコールバックを${call.facts?.answers}回呼びました。${follows.ja}`,
              en: `${name} called its callback ${call.facts?.answers} times in ${en}. ${follows.en}`,
            },
            evidence: these
              .slice(0, 3)
              .map((one) =>
                evidenceOf(
                  one,
                  'コールバックが二度以上呼ばれました。',
                  'Its callback was called more than once.',
                ),
              ),
            exchanges: exchangeIdsOf(these),
            ...placeOf(session),
          },
        ]
      },
    )
  },
}

const outcomes: Readonly<Record<StoreCall['method'], { ja: string; en: string }>> = {
  get: {
    ja: '二度目にnext()がまた呼ばれ、待っているルートの先へ進みます(404など)。',
    en: 'The second one calls next() again, past the route that is still at work (a 404, for one).',
  },
  set: {
    ja: 'save()のコールバックも二度動きます。',
    en: 'The callback of save() runs twice, too.',
  },
  destroy: {
    ja: 'destroy()やregenerate()のコールバックも二度動きます。',
    en: 'The callback of destroy() or regenerate() runs twice, too.',
  },
  touch: { ja: 'レスポンスの終わりが二度来ます。', en: 'The end of the response comes twice.' },
}
