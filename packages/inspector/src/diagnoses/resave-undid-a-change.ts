import { bySession, exchangesOf, listed, nameOf, shownCall, timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { undoingsIn } from '../diagnose/overlaps.ts'

/** A request that changed nothing wrote back what it had read, over a change of another. */
export const resaveUndidAChange: Diagnosis = {
  id: 'resave-undid-a-change',
  kind: 'fault',
  title: {
    ja: '何も変えていないリクエストが、古い内容を書き戻している',
    en: 'a request that changed nothing writes back its old copy',
  },
  fix: {
    words: {
      ja: '変更がないときは保存しないようにします。',
      en: 'Do not save what was not changed.',
    },
    code: 'session({ …, resave: false })',
  },
  source: { title: 'express-session README, resave', url: 'https://github.com/expressjs/session#resave' },
  lab: { scenario: 'resave-race', variant: 'resave-true' },
  find(seen) {
    const undone = bySession(timedCalls(seen))
      .flatMap(undoingsIn)
      .filter(({ isOwnChange }) => !isOwnChange)
    const [first] = undone
    if (!first) return []
    const { earlier, later, keys } = first
    const call = seen.sessions.find(({ store }) => store === later.call.store)
    return [
      {
        words: {
          ja: `${nameOf(later, 'ja')}は何も変えていないのに、古い内容を書き戻し、${nameOf(earlier, 'ja')}の変更(${listed(keys)})を消しました。`,
          en: `${nameOf(later, 'en')} had changed nothing and wrote back its old copy: the change of ${nameOf(earlier, 'en')} (${listed(keys)}) is gone.`,
        },
        evidence: [
          shownCall(earlier, `ここで${listed(keys)}が変わりました。`, `Here ${listed(keys)} was changed.`),
          shownCall(
            later,
            '読んだままの内容を、あとから書いています。',
            'It writes what it had read before.',
          ),
        ],
        exchanges: exchangesOf(undone.flatMap((one) => [one.later, one.earlier])),
        ...(call?.where !== undefined && { where: call.where }),
      },
    ]
  },
}
