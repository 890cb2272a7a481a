import { evidenceOf, exchangeIdsOf, placeOf, routeOf } from '../diagnose/calls.ts'
import { namesText } from '../diagnose/data.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { callOf, resavesIn } from '../diagnose/overwrites.ts'

/** With `resave: true` a request that changed nothing wrote back its old copy over a newer one. */
export const resaveUndidAChange: Diagnosis = {
  id: 'resave-undid-a-change',
  kind: 'fault',
  title: {
    ja: '読むだけのリクエストがresave: trueで古い内容を書き戻した',
    en: 'resave: true wrote an old copy back over a newer one',
  },
  fix: {
    words: { ja: 'resave: falseにします。', en: 'Use resave: false.' },
    code: 'session({ …, resave: false })',
  },
  source: { title: 'express-session README, resave', url: 'https://github.com/expressjs/session#resave' },
  lab: { scenario: 'resave-race', variant: 'resave-true' },
  find(seen) {
    const all = resavesIn(seen)
    const [first] = all
    if (!first?.by.exchange || !first.lost.exchange) return []
    const paths = namesText(first.paths.map((path) => path || '*'))
    const [reader, writer] = [routeOf(first.by.exchange), routeOf(first.lost.exchange)]
    return [
      {
        words: {
          ja: `${reader}はセッションを変えていませんが、resaveが有効なので終わりに古い写しを保存し、その間に${writer}が変えた${paths}を元に戻しました。`,
          en: `${reader} changed nothing, but resave is on: at its end it saved its old copy and put ${paths}, changed by ${writer} meanwhile, back to what it was.`,
        },
        evidence: [
          evidenceOf(
            first.by,
            '読んだままの内容を書いたsetです。',
            'This set wrote just what had been read.',
          ),
          evidenceOf(first.lost, 'このsetの変更が失われました。', 'What this set changed is lost.'),
          evidenceOf(first.base, '古い写しはここで読まれました。', 'Here the old copy was read.'),
        ],
        exchanges: exchangeIdsOf(all.flatMap(({ by, lost }) => [by, lost])),
        ...placeOf(callOf(first, seen)),
      },
    ]
  },
}
