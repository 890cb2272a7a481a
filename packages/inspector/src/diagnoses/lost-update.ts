import { bySession, exchangesOf, listed, nameOf, shownCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { undoingsIn } from '../diagnose/overlaps.ts'

/** Two overlapping requests changed the session, and the later save undid the change of the earlier one. */
export const lostUpdate: Diagnosis = {
  id: 'lost-update',
  kind: 'fault',
  title: {
    ja: '同時に来たリクエストの変更が、あとの保存で消えている',
    en: 'of two requests at once, the later save undoes the change of the other',
  },
  fix: {
    words: {
      ja: '長い処理のあとではreload()してから変えます。大事な値は、セッションの外(データベース)に置きます。',
      en: 'After long work, reload() and then change; keep what matters outside of the session.',
    },
    code: 'req.session.reload((error) => {\n  req.session.cart = …\n})',
  },
  source: {
    title: 'express-session README, Session.reload',
    url: 'https://github.com/expressjs/session#sessionreloadcallback',
  },
  lab: { scenario: 'resave-race' },
  find(seen) {
    const undone = bySession(timedCalls(seen))
      .flatMap(undoingsIn)
      .filter(({ isOwnChange }) => isOwnChange)
    const [first] = undone
    if (!first) return []
    const { earlier, later, keys } = first
    return [
      {
        words: {
          ja: `${nameOf(later, 'ja')}が、${nameOf(earlier, 'ja')}の変更(${listed(keys)})を、自分が読んだときの値に戻しました。`,
          en: `${nameOf(later, 'en')} put back what ${nameOf(earlier, 'en')} had changed (${listed(keys)}): it had read the session before.`,
        },
        evidence: [
          shownCall(earlier, `ここで${listed(keys)}が変わりました。`, `Here ${listed(keys)} was changed.`),
          shownCall(later, 'この保存には、その変更がありません。', 'This save does not have the change.'),
        ],
        exchanges: exchangesOf(undone.flatMap((one) => [one.later, one.earlier])),
      },
    ]
  },
}
