import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie',
  title: 'cookie',
  group: 'options',
  anchor: 'cookie',
  headings: ['cookie'],
}

export default section(about, [
  {
    id: 'cookie.defaults',
    kind: 'fact',
    level: ['wire', 'api'],
    scenario: 'cookie-attributes',
    ja: 'cookie 設定を省くと Path=/・HttpOnly あり・Secure なし・期限なしになる。',
    en: 'Without cookie settings you get Path=/, HttpOnly, no Secure and no expiry.',
    verdict: 'holds',
    see: {
      ja: '/を開き、①の最初のSet-Cookieを見る。PathとHttpOnlyだけが付いている。③のレコードのcookieにもexpires: nullとある。',
      en: 'Open / and look at the first Set-Cookie in ①: it has Path and HttpOnly, nothing else. The cookie inside the row in ③ says expires: null.',
    },
  },
])
