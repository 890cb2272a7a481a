import { exchangesOf, nameOf, shownCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** A session object was saved in a request that has another session: it was kept somewhere, or put in another's place. */
export const savedUnderAnotherId: Diagnosis = {
  id: 'saved-under-another-id',
  kind: 'fault',
  title: {
    ja: '別のリクエストのセッションを保存している',
    en: "another request's session is saved",
  },
  fix: {
    words: {
      ja: 'req.sessionをモジュールの変数に置かず、ハンドラーの中だけで使います。regenerate()のあとは、新しいreq.sessionに必要な値だけを写します。',
      en: 'Never keep req.session in a variable outside of the handler; after regenerate() copy single fields into the new req.session.',
    },
    code: "app.post('/wish', (req, res) => {\n  const { session } = req\n})",
  },
  source: {
    title: 'express-session README, Session.regenerate',
    url: 'https://github.com/expressjs/session#sessionregeneratecallback',
  },
  explains: ['written-after-end'],
  find(seen) {
    const strange = timedCalls(seen).filter(
      ({ call }) => call.method === 'set' && call.facts?.isOwn === false,
    )
    const [first] = strange
    if (!first) return []
    const sids = new Set(strange.map(({ call }) => call.sid))
    const owners = seen.steps.filter(({ sid, facts }) => facts.unsaved !== undefined && sids.has(sid ?? ''))
    return [
      {
        words: {
          ja: `${nameOf(first, 'ja')}は、このリクエストのものではないセッションIDで保存しました。書いたことは、ほかの人(または古いCookie)のセッションに入ります。`,
          en: `${nameOf(first, 'en')} saved under a session ID that is not the one of this request: it went into the session of somebody else, or of an old cookie.`,
        },
        evidence: [
          shownCall(
            first,
            'setのセッションIDが、このときのreq.sessionIDと違います。',
            'The session ID of this set is not the req.sessionID of that moment.',
          ),
        ],
        exchanges: [...exchangesOf(strange), ...owners.map(({ exchange }) => exchange.id)],
      },
    ]
  },
}
