import { evidenceOf, exchangeIdsOf, routeOf, type SeenCall } from '../diagnose/calls.ts'
import { namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { overwritesIn, resavesIn } from '../diagnose/overwrites.ts'

/** Two overlapping requests changed the session: the later save undid what the earlier one had changed. */
export const lostUpdate: Diagnosis = {
  id: 'lost-update',
  kind: 'fault',
  title: {
    ja: '並行したリクエストの変更が、後の保存で消えた',
    en: 'a change was undone by the save of an overlapping request',
  },
  fix: {
    words: {
      ja: '変更の直前にreload()して窓を狭め、失えないデータはセッションの外に置きます。',
      en: 'reload() right before the change narrows the window; keep what must not be lost outside of the session.',
    },
    code: 'req.session.reload((error) => {\n  if (error) return next(error)\n  req.session.cart.push(item)\n  res.send(…)\n})',
  },
  source: {
    title: 'express-session README, Session.reload(callback)',
    url: 'https://github.com/expressjs/session#sessionreloadcallback',
  },
  lab: { scenario: 'resave-race', variant: 'both-write' },
  find(seen) {
    const resaves = new Set(resavesIn(seen))
    const lost = overwritesIn(seen).filter((one) => !resaves.has(one))
    const [first] = lost
    if (!first) return []
    const paths = namesText(first.paths.map((path) => path || '*'))
    return [
      {
        words: {
          ja: `${nameOf(first.by, 'ja')}は${nameOf(first.lost, 'ja')}より前のレコードを読んでいて、後から保存したとき、その間に変わった${paths}を元に戻しました。`,
          en: `${nameOf(first.by, 'en')} had read the row before ${nameOf(first.lost, 'en')} saved it, and its own, later save put ${paths} back to what it was.`,
        },
        evidence: [
          evidenceOf(first.by, '古い写しに基づく、後のsetです。', 'The later set, made from the old copy.'),
          evidenceOf(first.lost, 'このsetの変更が失われました。', 'What this set changed is lost.'),
          evidenceOf(first.base, '古い写しはここで読まれました。', 'Here the old copy was read.'),
        ],
        exchanges: exchangeIdsOf(lost.flatMap(({ by, lost: other }) => [by, other])),
      },
    ]
  },
}

const nameOf = ({ exchange }: SeenCall, language: 'ja' | 'en'): string =>
  exchange
    ? routeOf(exchange)
    : { ja: 'リクエストの外の処理', en: 'something outside of any request' }[language]
