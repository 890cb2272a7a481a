import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.maxAge.expires-is-server-time-plus-maxAge',
    section: 'options.cookie.maxAge',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'maxAge(ミリ秒)をサーバーの現在時刻に足した日時が Expires になる。',
    en: "Expires is the server's current time plus maxAge milliseconds.",
  },
  {
    id: 'cookie.maxAge.unset-by-default',
    section: 'options.cookie.maxAge',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: '既定では最長期間は設定されない。',
    en: 'There is no maximum age by default.',
  },
] as const satisfies readonly Statement[]
