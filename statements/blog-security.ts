import { type About, section } from './section.ts'

const about: About = {
  slug: 'blog-security-advice',
  title: { ja: 'ブログ: 安全のための助言', en: 'Blog: security advice' },
  group: 'blog',
  anchor: null,
  headings: [],
}

export default section(about, [
  {
    id: 'security.do-not-use-default-cookie-name',
    kind: 'advice',
    level: ['wire'],
    scenario: 'multi-app',
    ja: '既定のセッション cookie 名をそのまま使わない。',
    en: 'Give the session cookie a name of your own instead of the default.',
    verdict: 'holds',
    see: {
      ja: 'same-nameの版で数が失われるのを見てから、元の版に戻す。名前を付けるだけで直る。',
      en: 'See the counts get lost in same-name, then switch back: a name of its own is all it takes.',
    },
  },
  {
    id: 'security.set-cookie-security-options',
    kind: 'advice',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie のセキュリティ関連オプションを適切に設定する。',
    en: 'Choose suitable values for the options that protect the cookie.',
    verdict: 'holds',
    see: {
      ja: '版protectedに切り替えて/を開き、①のSet-CookieをHttpOnly、SameSite、Expiresの順に版appと見比べる。版appでは、別サイトのフォームからのPOSTにもCookieが付く(シナリオsame-site)。',
      en: 'Switch to protected, open / and compare HttpOnly, SameSite and Expires of the Set-Cookie in ① with app. With app, the cookie also comes along with a POST from a form on another site (scenario same-site).',
    },
  },
])
