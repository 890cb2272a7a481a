import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie-maxage',
  title: 'cookie.maxAge',
  group: 'options',
  anchor: 'cookiemaxage',
  headings: ['cookie.maxAge'],
}

export default section(about, [
  {
    id: 'cookie.maxAge.expires-is-server-time-plus-maxAge',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'maxAge(ミリ秒)をサーバーの現在時刻に足した日時が Expires になる。',
    en: "Expires is the server's current time plus maxAge milliseconds.",
    verdict: 'holds',
    see: {
      ja: '「書く」を押し、①のSet-CookieのExpiresを、そのレスポンスの時刻と比べる。5秒後(1秒未満は切り捨て)。Max-Age属性は付かない。',
      en: 'Press write and compare Expires in ① with the time of the response: 5 seconds later, cut to whole seconds. There is no Max-Age attribute.',
    },
  },
  {
    id: 'cookie.maxAge.unset-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: '既定では最長期間は設定されない。',
    en: 'There is no maximum age by default.',
    verdict: 'holds',
    see: {
      ja: '版no-expiryに切り替えて「やり直す」を押し、「書く」を押す。①に期限はなく、③のレコードのoriginalMaxAgeはnull。',
      en: 'Switch to no-expiry, start over and press write. ① shows no expiry, and originalMaxAge in the row (③) is null.',
    },
  },
])
