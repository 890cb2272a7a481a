import { type About, section } from './section.ts'

const about: About = {
  slug: 'readme-1-19-0-additions',
  title: { ja: 'README 1.19.0で加わった文', en: 'README 1.19.0 additions' },
  group: 'newer',
  anchor: null,
  headings: [
    { heading: 'cookie', ids: 'cookie.function.' },
    { heading: 'cookie.partitioned', ids: 'cookie.partitioned.' },
    { heading: 'cookie.priority', ids: 'cookie.priority.' },
    { heading: 'cookie.sameSite', ids: 'cookie.sameSite.' },
    { heading: 'secret', ids: 'secret.' },
  ],
}

export default section(about, [
  {
    id: 'cookie.function.dynamic-options',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie に関数を渡すと、リクエストごとに設定を作れる。',
    en: 'cookie may be a function producing options per request.',
    verdict: 'condition',
    because: {
      ja: "関数はリクエストごとに呼ばれるが、結果が使われるのはセッションを新しく作るときだけで、すでにあるセッションではpathの照合にしか使われない。また、結果のsecureやsameSiteに書いた'auto'は解釈されない。",
      en: "It is called for every request, but the result is used only when a session is made; for a session that exists, nothing but its path is compared. And 'auto' in its secure or sameSite is not understood.",
    },
    see: {
      ja: '版per-requestに切り替え、「やり直す」を押す。/が開くので/fooを押すと、①のSet-CookieはPath=/のまま。別の訪問者としてhttp://127.0.0.1:ポート番号/fooをいきなり開くと、Path=/fooになる。',
      en: 'Switch to per-request and start over: / opens. Press /foo, and the Set-Cookie in ① stays at Path=/. As another visitor open http://127.0.0.1:PORT/foo straight away: Path=/foo.',
    },
  },
  {
    id: 'cookie.function.receives-req',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'cookie-attributes',
    ja: 'その関数は req を受け取り設定オブジェクトを返す。',
    en: 'That function receives req and returns the settings.',
    verdict: 'holds',
    see: {
      ja: '版per-requestに切り替え、別の訪問者としてhttp://127.0.0.1:ポート番号/foo、続けて/barを開く。①のPathがreq.urlに合わせて変わる。/foo?a=1では、?まで含めたものがpathになり、req.sessionがなくなる。',
      en: 'Switch to per-request and, as another visitor, open http://127.0.0.1:PORT/foo and then /bar. Path in ① follows req.url. With /foo?a=1 the query becomes part of the path, and there is no req.session.',
    },
  },
  {
    id: 'cookie.partitioned.truthy-sets-attribute',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'partitioned が真なら Partitioned 属性が付く。',
    en: 'Truthy partitioned emits Partitioned.',
    verdict: 'holds',
    see: {
      ja: '版partitionedに切り替えて/を開く。①のSet-CookieにPartitionedが付く。Secureがないので、②には何も入らない。',
      en: 'Switch to partitioned and open /. The Set-Cookie in ① has Partitioned; as Secure is missing, nothing arrives in ②.',
    },
  },
  {
    id: 'cookie.partitioned.unset-by-default',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '既定では Partitioned は付かない。',
    en: 'Partitioned is off by default.',
    verdict: 'holds',
    see: {
      ja: '版appで/を開く。①のSet-CookieにPartitionedはない。',
      en: 'With app, open /: the Set-Cookie in ① has no Partitioned.',
    },
  },
  {
    id: 'cookie.priority.low-medium-high',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'priority は low/medium/high を Priority 属性にする。',
    en: 'priority low/medium/high becomes the Priority attribute.',
    verdict: 'holds',
    see: {
      ja: '版protectedに切り替え、「やり直す」のあと/を開く。①のSet-CookieにPriority=Highが付く。公式ドキュメントにない値にすると、レスポンスは200のまま、Set-Cookieだけがなくなる。',
      en: 'Switch to protected, start over and open /. The Set-Cookie in ① has Priority=High. A value that is not documented leaves a 200 without any Set-Cookie.',
    },
  },
  {
    id: 'cookie.priority.medium-is-default-when-unset',
    kind: 'fact',
    level: ['wire', 'browser'],
    scenario: 'cookie-attributes',
    ja: 'priority を指定しない時は Medium として扱われる。',
    en: 'Unset means Medium.',
    verdict: 'holds',
    see: {
      ja: '版appで/を開く。①のSet-CookieにPriorityはない。開発者ツールのCookieの画面では、Priorityの欄がMediumになっている(Chromium)。',
      en: 'With app, open /: the Set-Cookie in ① has no Priority, while the cookie pane of the developer tools says Medium (Chromium).',
    },
  },
  {
    id: 'cookie.sameSite.auto-matches-connection',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'same-site',
    ja: 'sameSite: "auto" は HTTPS なら None、HTTP なら Lax にする。',
    en: 'sameSite: "auto" gives None over HTTPS and Lax over HTTP.',
    verdict: 'condition',
    because: {
      ja: "決まるのはセッションを作るときだけで、後から接続が変わっても変わらない。secureを'auto'かtrueにしないと、HTTPSのNoneはブラウザーに拒まれる。cookieが関数のときは解釈されず、Cookieを書くところで失敗する。",
      en: "Only as the session begins: a later change of the connection changes nothing. Without secure: 'auto' or true, browsers refuse the None over HTTPS. Returned by a cookie function it is not resolved, and writing the cookie fails.",
    },
    see: {
      ja: '版autoで「やり直す」を押してログインし、① 通信のSet-CookieのLaxを見る。「このページをHTTPSで開く」から開き、もう一度「やり直す」と「ログイン」を押すと、NoneとSecureになる。版auto-aloneでは、② ブラウザーのCookieに入らない。',
      en: 'In auto, start over and log in: Lax in Set-Cookie ①. Reopen the page over HTTPS, start over and log in again: None and Secure. In auto-alone it does not get into the jar ②.',
    },
  },
  {
    id: 'secret.any-createHmac-type',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'secret',
    ja: 'secret には Buffer など createHmac が受け取る型を使える。',
    en: 'secret can be any type createHmac accepts, e.g. a Buffer.',
    verdict: 'holds',
    see: {
      ja: 'コードのsecretをcrypto.randomBytes(32)に替えて起動し、再読み込みで数が増えるのを見る(起動のたびに鍵が替わるので、再起動すると1に戻る)。テストはBuffer、Uint8Array、DataView、KeyObjectで確かめている。',
      en: 'Set secret to crypto.randomBytes(32) in the code: the visits go up (until the next start, which makes another secret). The tests do it with Buffer, Uint8Array, DataView and KeyObject.',
    },
  },
  {
    id: 'secret.hmac-sha256-32-bytes',
    kind: 'advice',
    level: ['wire'],
    scenario: 'secret',
    ja: '署名は HMAC-SHA256 なので、secret は 32 バイト以上の乱雑さを持つべきである。',
    en: 'Signing is HMAC-SHA256, so the secret should have at least 32 bytes of entropy.',
    verdict: 'holds',
    see: {
      ja: '「選んだリクエストの中身」で署名が43文字(32バイトのbase64、=なし)なのを見る。長さは検査されない。4桁の数字の鍵なら、1万通りを一瞬で試せることを、テストの証拠が示す。',
      en: 'In the details of the request the signature has 43 characters (32 bytes in base64 without =). Nothing checks the secret’s length: the evidence of the test shows how quickly all 10 000 secrets of four digits are tried.',
    },
  },
])
