import { type About, section } from './section.ts'

const about: About = {
  slug: 'blog-choosing-a-session-module',
  title: { ja: 'ブログ: セッションのモジュールを選ぶ', en: 'Blog: choosing a session module' },
  group: 'blog',
  anchor: null,
  headings: [],
}

export default section(about, [
  {
    id: 'compare.replaces-express3-builtins',
    kind: 'fact',
    level: ['process'],
    scenario: 'cookie-session',
    ja: 'express-session と cookie-session は、Express 3 に組み込まれていた機能を置き換える別パッケージである。',
    en: 'express-session and cookie-session are separate packages replacing the middleware built into Express 3.',
    verdict: 'holds',
    see: {
      ja: '2つのデモのコードの先頭を見る。どちらもexpressとは別のパッケージを読み込んでいる。Express 3のconnect 2も、終わりのころは中でexpress-sessionを使っていた(npm view connect@2.30.2 dependencies)。',
      en: 'Look at the imports of the two apps: both packages are apart from express. Connect 2, on which Express 3 stands, itself used express-session in the end (npm view connect@2.30.2 dependencies).',
    },
  },
  {
    id: 'compare.cookie-session-keeps-whole-session-in-cookie',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-session',
    ja: 'cookie-session はセッションのキーだけでなく中身全体を cookie に直列化する。',
    en: 'cookie-session serialises the whole session into the cookie.',
    verdict: 'holds',
    see: {
      ja: 'cookie-sessionのデモでメモを保存し、「選んだリクエストの中身」のSet-Cookieにあるcookie-session.dataの値をbase64としてデコードする。③ にレコードは増えない。「ログアウト」の後でも、写しておいたCookieを送るとメモが出る。',
      en: 'Keep a note in the cookie-session demo and decode the value of cookie-session.data, under Set-Cookie in the details of the request, from base64. ③ gets no row. A copy of the cookies still opens the note after Logout.',
    },
  },
  {
    id: 'compare.cookie-session-only-for-small-primitive-data',
    kind: 'advice',
    level: ['wire', 'browser'],
    scenario: 'cookie-session',
    ja: 'cookie-session は小さく単純な値のデータに限って使うべきである。',
    en: 'Use cookie-session only for small, primitive data.',
    verdict: 'condition',
    because: {
      ja: '「小さい」はcookie-sessionだけの制約(1個4096バイト)。「単純な値」はJSONにできるという意味で、レコードもJSONなのでexpress-sessionでも同じ。入れ子のオブジェクトはどちらでも戻り、Dateは文字列に、Mapは空になる。',
      en: 'Small: that is cookie-session’s own limit (4096 bytes each). Primitive means: survives JSON, and a row is JSON too. Nested objects come back in both; a Date becomes a string and a Map becomes empty in both.',
    },
    see: {
      ja: 'cookie-sessionのデモで、メモxを3046回繰り返して保存し、次に3047回で保存する。前者は残り、後者は0文字になる。開発者ツールのCookieにも入らない。',
      en: 'In the cookie-session demo keep x repeated 3046 times, then 3047 times: the first stays; the second leaves 0 characters and is not among the cookies of the developer tools.',
    },
  },
  {
    id: 'compare.cookie-size-4096-supported',
    kind: 'fact',
    level: ['browser'],
    scenario: 'cookie-session',
    ja: 'ブラウザーは cookie 1 個につき少なくとも 4096 バイトを扱えるはずである。',
    en: 'A browser ought to hold any single cookie of up to 4096 bytes.',
    verdict: 'holds',
    see: {
      ja: 'Chromiumでは名前と値の合計4096バイトまで。属性は数えない。cookie-sessionのデモで3047文字を保存し、開発者ツールのネットワークでSet-Cookieに付く警告を見る。',
      en: 'In Chromium it is 4096 bytes of name and value together; attributes do not count. Keep 3047 characters in the cookie-session demo and see the warning on Set-Cookie in the developer tools’ network panel.',
    },
  },
  {
    id: 'compare.cookie-size-keep-under-4093-per-domain',
    kind: 'advice',
    level: ['browser'],
    scenario: 'cookie-session',
    ja: '上限を超えないよう、ドメインあたり 4093 バイト以内に収める。',
    en: 'To be safe stay within 4093 bytes per domain.',
    verdict: 'does-not-hold',
    because: {
      ja: 'Chromium 156では上限はドメインごとではなく1個ごと(名前と値で4096バイト)。1つのホストに4096バイトのCookieを3つ置けて、すべて送られる。合計で先に尽きるのはサーバーの側で、Nodeはヘッダー全体が16 KiBを超えると431を返す。ほかのブラウザーは測っていない。',
      en: 'In Chromium 156 the limit is per cookie (4096 bytes of name and value), not per domain: one host keeps three cookies of 4096 bytes, and all are sent. What runs out first is the server: Node answers 431 when all headers exceed 16 KiB. Other browsers were not measured.',
    },
    see: {
      ja: 'テストの証拠で、3つのCookie(合計12 KB)がブラウザーにあり、4つ目で431になるのを見る。cookie-sessionのデモの上限も、ドメイン全体ではなくcookie-session.data 1個のもの。',
      en: 'See the evidence of the test: three cookies (12 KB) are in the jar, and the fourth makes it 431. The limit of the cookie-session demo, too, is that of the one cookie cookie-session.data.',
    },
  },
  {
    id: 'compare.cookie-session-data-visible-to-client',
    kind: 'behaviour',
    level: ['wire', 'browser'],
    scenario: 'cookie-session',
    ja: 'cookie-session のデータはクライアントから読める。',
    en: 'cookie-session data is visible to the client.',
    verdict: 'holds',
    see: {
      ja: 'cookie-sessionのデモでメモを保存し、開発者ツールのCookieの値をコンソールのatob()に渡す。鍵なしで読める。HttpOnlyなので、ページのスクリプトのdocument.cookieには出ない。',
      en: 'Keep a note in the cookie-session demo and pass the value shown by the developer tools to atob() in the console: it reads without any key. It is HttpOnly, so document.cookie does not show it.',
    },
  },
  {
    id: 'compare.express-session-better-for-large-or-secret-data',
    kind: 'advice',
    level: ['wire', 'store'],
    scenario: 'cookie-session',
    ja: '容量が大きい、または秘匿したいデータには express-session の方が向く。',
    en: 'express-session is the better choice for large or confidential data.',
    verdict: 'holds',
    see: {
      ja: '両方のデモで0123456789を1000回繰り返して保存する。express-sessionでは③ のレコードに残り、② のCookieは短いまま。cookie-sessionでは前のメモまで失われる(.sigだけが新しくなるため)。',
      en: 'Keep 0123456789 repeated 1000 times in both: with express-session it is in the row of ③ and the cookie in ② stays short; cookie-session loses even the note before, because only .sig is replaced.',
    },
  },
])
