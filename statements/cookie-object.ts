import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie-object.maxAge.returns-remaining-ms',
    section: 'Cookie.maxAge / originalMaxAge',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.cookie.maxAge は残り時間をミリ秒で返す。',
    en: 'req.session.cookie.maxAge returns the remaining milliseconds.',
  },
  {
    id: 'cookie-object.maxAge.assignment-adjusts-expires',
    section: 'Cookie.maxAge / originalMaxAge',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'そこへ値を代入すると expires もそれに合わせて変わる。',
    en: 'Assigning it adjusts expires.',
  },
  {
    id: 'cookie-object.maxAge.equivalent-to-setting-expires',
    section: 'Cookie.maxAge / originalMaxAge',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'expires に「現在+1時間」を入れるのと maxAge に 1 時間を入れるのは実質同じである。',
    en: 'Setting expires to now+1 h and maxAge to 1 h are essentially equivalent.',
  },
  {
    id: 'cookie-object.maxAge.reset-by-touch-when-request-completes',
    section: 'Cookie.maxAge / originalMaxAge',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: '残り時間は要求が終わるまで減った値のままで、終了時に touch により元の値へ戻る。',
    en: 'It reports the reduced value until the request completes, when touch() resets it.',
  },
  {
    id: 'cookie-object.originalMaxAge.returns-original-ttl',
    section: 'Cookie.maxAge / originalMaxAge',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'originalMaxAge は元の有効期間をミリ秒で返す。',
    en: 'originalMaxAge returns the original time-to-live in milliseconds.',
  },
] as const satisfies readonly Statement[]
