import { findingsBeside } from './finding.ts'

export default [
  ...findingsBeside('options-cookie-samesite', [
    {
      id: 'finding.cors-names-one-origin',
      level: ['wire'],
      scenario: 'cross-origin',
      title: {
        ja: 'Cookieを送らせるAPIは、オリジンを1つずつ名指す',
        en: 'An API with cookies names its origins',
      },
      ja: 'Cookieの要るAPIでは、Access-Control-Allow-Origin に * は使えない。届いた Origin をそのまま返すと、誰でも読める。許すオリジンだけを返す。',
      en: 'With cookies, * is refused as Access-Control-Allow-Origin, and to send back any Origin lets everybody read. Send back those that are allowed, and no other.',
      see: {
        ja: 'cross-originの版any-originとlaxで、知らないOriginを付けたcurlのレスポンスを比べる。',
        en: 'Send a request with a foreign Origin to the variants any-origin and lax of cross-origin, and compare the responses.',
      },
    },
    {
      id: 'finding.one-host-needs-no-cors',
      level: ['wire'],
      scenario: 'cross-origin',
      title: { ja: 'ホストを1つにすれば、CORSは要らない', en: 'One host needs no CORS' },
      ja: "ページのサーバーが /api をAPIへ中継すれば、ブラウザーからは1つのオリジンになる。Access-Control-* も credentials: 'include' も SameSite=None も要らない。",
      en: "Where the page’s own server passes /api on, the browser sees one origin: no Access-Control header, no credentials: 'include', no SameSite=None.",
      see: {
        ja: 'cross-originをそのまま開き、①のレスポンスにAccess-Control-*がないことを見る。',
        en: 'Open cross-origin as it is: the response in ① has no Access-Control header.',
      },
    },
  ]),
  ...findingsBeside('blog-choosing-a-session-module', [
    {
      id: 'finding.nested-cookie-options-of-cookie-session',
      level: ['wire'],
      scenario: 'cookie-session',
      title: {
        ja: 'Express公式の例の cookie: { … } は、cookie-sessionでは効かない',
        en: 'cookie: { … } in the example of expressjs.com does nothing in cookie-session',
      },
      ja: 'Express公式サイトの「セキュリティのベストプラクティス」の例は、cookie-session に cookie: { secure, httpOnly, domain, path, expires } を渡しているが、何も効かない。Domain も Expires も送られず、Path は / のまま。SecureとHttpOnlyは cookie-session の既定(SecureはHTTPSのときだけ)。オプションは入れ子にせずに書く。',
      en: 'The example of "Production best practices: security" at expressjs.com gives cookie-session a cookie: { secure, httpOnly, domain, path, expires }, which does nothing: no Domain and no Expires is sent, Path stays /, and HttpOnly and Secure (over HTTPS only) are its defaults. The options of cookie-session stand at the top level.',
      see: {
        ja: "cookie-sessionのコードで、cookieSession()のオプションにcookie: { path: '/x' }を書き足して保存し、Set-Cookieが変わらないのを見る。",
        en: "In the code of cookie-session, give cookieSession() a cookie: { path: '/x' } and save: Set-Cookie stays as it is.",
      },
    },
  ]),
]
