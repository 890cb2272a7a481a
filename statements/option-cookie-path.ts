import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-cookie-path',
  title: 'cookie.path',
  group: 'options',
  anchor: 'cookiepath',
  headings: ['cookie.path'],
}

export default section(about, [
  {
    id: 'cookie.path.sets-attribute',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie.path の値が Path 属性になる。',
    en: 'cookie.path becomes the Path attribute.',
    verdict: 'condition',
    because: {
      ja: 'URLのパスがその文字列で始まるリクエストに限る。ほかのリクエストではreq.sessionがなく、Set-Cookieも送られない。/administratorのように先頭だけが同じパスでは、Cookieが出ても戻ってこない。',
      en: 'Only for requests whose path starts with that text. Elsewhere there is no req.session and no Set-Cookie; where merely the first letters agree, as in /administrator, a cookie is set and never comes back.',
    },
    see: {
      ja: '版admin-onlyに切り替える。/adminでは①のSet-CookieにPath=/adminが付き、/ではreq.sessionがない。/administratorを3回開くと、③のレコードが3つ増える。',
      en: 'Switch to admin-only. At /admin the Set-Cookie in ① has Path=/admin; at / there is no req.session. Open /administrator three times: three more rows in ③.',
    },
  },
  {
    id: 'cookie.path.root-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '既定の Path はドメイン直下の "/" である。',
    en: 'Path defaults to "/", the root of the domain.',
    verdict: 'condition',
    because: {
      ja: '項目を書かないときに限る。path: undefinedと書くとPath属性が付かず、ブラウザーは開いたURLのディレクトリーだけにCookieを送る。',
      en: 'Only where the key is left out: with path: undefined no Path is sent, and the browser keeps the cookie for the directory of that URL.',
    },
    see: {
      ja: '版appで、別の訪問者としてhttp://127.0.0.1:ポート番号/admin/usersから開き始める。①のSet-CookieはPath=/で、次に開く/のリクエストにもCookieが付く。',
      en: 'With app, come as another visitor who begins at http://127.0.0.1:PORT/admin/users. The Set-Cookie in ① says Path=/, and the request for / that follows has the cookie too.',
    },
  },
])
