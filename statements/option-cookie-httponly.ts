import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie-httponly',
  title: 'cookie.httpOnly',
  group: 'options',
  anchor: 'cookiehttponly',
  headings: ['cookie.httpOnly'],
}

export default section(about, [
  {
    id: 'cookie.httpOnly.boolean-controls-attribute',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'httpOnly が真なら HttpOnly 属性が付き、偽なら付かない。',
    en: 'Truthy httpOnly emits HttpOnly, falsy omits it.',
    verdict: 'holds',
    see: {
      ja: '版appと版httponly-undefinedで、それぞれ「やり直す」のあと/を開き、①のSet-CookieのHttpOnlyを見比べる。',
      en: 'With app and with httponly-undefined, start over, open / and compare HttpOnly in the Set-Cookie in ①.',
    },
  },
  {
    id: 'cookie.httpOnly.on-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '何も指定しなければ HttpOnly が付く。',
    en: 'HttpOnly is emitted by default.',
    verdict: 'condition',
    because: {
      ja: '項目を書かないときに限る。httpOnly: undefinedと書くと、既定のtrueには戻らず、HttpOnlyが付かない。',
      en: 'Only where the key is left out: httpOnly: undefined does not fall back to true, and HttpOnly is missing.',
    },
    see: {
      ja: '版httponly-undefinedに切り替え、「やり直す」を押して/を開く。①のSet-CookieにHttpOnlyがなく、ページのdocument.cookieにIDが出る。',
      en: 'Switch to httponly-undefined, start over and open /. The Set-Cookie in ① lacks HttpOnly, and the page shows the id in document.cookie.',
    },
  },
  {
    id: 'cookie.httpOnly.hidden-from-document.cookie',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'cookie-attributes',
    ja: 'HttpOnly の cookie はページの JavaScript の document.cookie から見えない。',
    en: 'Page scripts cannot see an HttpOnly cookie in document.cookie.',
    verdict: 'holds',
    see: {
      ja: '版appで/を2回開く。①のリクエストにはCookieが付き、②にもあるのに、ページのdocument.cookieは空である。',
      en: 'With app, open / twice. The request in ① has the cookie and so has ②, yet document.cookie on the page is empty.',
    },
  },
])
