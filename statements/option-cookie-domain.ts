import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie-domain',
  title: 'cookie.domain',
  group: 'options',
  anchor: 'cookiedomain',
  headings: ['cookie.domain'],
}

export default section(about, [
  {
    id: 'cookie.domain.sets-attribute',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie.domain の値が Set-Cookie の Domain 属性になる。',
    en: 'cookie.domain becomes the Domain attribute of Set-Cookie.',
    verdict: 'holds',
    see: {
      ja: '版subdomainsに切り替え、ページの下のwide.localhostのリンクを開く。①のSet-CookieにDomain=wide.localhostが付く。',
      en: 'Switch to subdomains and open the link to wide.localhost below the page. In ① the Set-Cookie has Domain=wide.localhost.',
    },
  },
  {
    id: 'cookie.domain.unset-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '指定しなければ Domain 属性は付かない。',
    en: 'No Domain attribute is emitted unless asked for.',
    verdict: 'holds',
    see: {
      ja: '版appで/を開く。①のSet-CookieにDomainはない。版subdomainsと見比べる。',
      en: 'With app, open /: the Set-Cookie in ① has no Domain. Compare with subdomains.',
    },
  },
  {
    id: 'cookie.domain.default-applies-to-current-host-only',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'cookie-attributes',
    ja: 'Domain が無い cookie を、ブラウザーは発行したホストにだけ送る。',
    en: 'A cookie without Domain is sent only to the host that set it.',
    verdict: 'holds',
    see: {
      ja: '版appで、app.localhostのページを2回、続けてsub.app.localhostのページを開く。①の最後のリクエストにはCookieがなく、数は1に戻る。版subdomainsのwide.localhostとsub.wide.localhostでは同じCookieが届き、数が続く。',
      en: 'With app, open the page on app.localhost twice, then the one on sub.app.localhost. In ① the last request has no cookie, and the count is back at 1. With subdomains, wide.localhost and sub.wide.localhost get the same cookie and the count goes on.',
    },
  },
])
