import { callsIn, evidenceOf, exchangeIdsOf, exchangesOf, routeOf, type SeenCall } from '../diagnose/calls.ts'
import { dataOf, namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** A request saved a session that is not its own: one kept in a variable, or put in the place of another. */
export const savedUnderAnotherId: Diagnosis = {
  id: 'saved-under-another-id',
  kind: 'fault',
  title: {
    ja: '別のリクエストのセッションを保存している',
    en: 'a request saves a session that is not its own',
  },
  fix: {
    words: {
      ja: 'req.sessionをハンドラーの外の変数に置かず、regenerateの後は要る値だけを写します。',
      en: 'Keep req.session in no variable outside of the handler; after regenerate copy named fields.',
    },
    code: 'const { cart } = req.session\nreq.session.regenerate(() => {\n  req.session.cart = cart\n})',
  },
  source: {
    title: 'express-session README, Session.regenerate(callback)',
    url: 'https://github.com/expressjs/session#sessionregeneratecallback',
  },
  explains: [
    'written-after-end',
    'lost-update',
    'destroyed-session-came-back',
    'written-outside-a-request',
    'id-kept-at-login',
  ],
  find(seen) {
    const saves = exchangesOf(seen).flatMap(callsIn).filter(isOfAnother)
    const [first] = saves
    if (!first?.exchange) return []
    const route = routeOf(first.exchange)
    const keys = namesText(Object.keys(dataOf(first.call.data) ?? {}))
    const owner = exchangesOf(seen).findLast(
      (one) =>
        one !== first.exchange && one.at < first.began && one.calls.some(({ sid }) => sid === first.call.sid),
    )
    return [
      {
        words: {
          ja: `${route}は、自分のreq.sessionIDではないセッション(${keys})を保存しました${owner ? `。${routeOf(owner)}のセッションです` : ''}。`,
          en: `${route} saved a session (${keys}) that is not the one of its req.sessionID${owner ? `: it is that of ${routeOf(owner)}` : ''}.`,
        },
        evidence: [
          evidenceOf(
            first,
            'setのidが、このリクエストのものと違います。',
            'The id of this set is not that of the request.',
          ),
          ...(owner
            ? [{ exchange: owner.id, words: { ja: 'そのidのリクエストです。', en: 'A request of that id.' } }]
            : []),
        ],
        exchanges: exchangeIdsOf(saves),
      },
    ]
  },
}

/** Session.save() of a session that belongs to somebody else; the app's own `store.set` may write what it likes. */
const isOfAnother = ({ call, exchange, isDone }: SeenCall): boolean =>
  call.method === 'set' &&
  isDone &&
  call.facts?.isOwn === false &&
  exchange?.debug.includes(`saving ${call.sid}`) === true
