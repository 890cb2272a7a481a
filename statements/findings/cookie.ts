import { findingsBeside } from './finding.ts'

export default [
  ...findingsBeside('options-cookie-secure', [
    {
      id: 'finding.secure-text-false-is-on',
      level: ['wire'],
      scenario: 'counter',
      title: { ja: "secure: 'false' は「有効」", en: "secure: 'false' is on" },
      ja: "環境変数から渡した文字列 'false' は真なので、secure が有効になる。HTTPではCookieが送られず、エラーも出ない。",
      en: "The text 'false', as it comes from an environment variable, is truthy: secure is on. Over HTTP no cookie leaves, and there is no error.",
      see: {
        ja: "counterの版secure-on-httpを開き、secure: trueを 'false' as never に書き換えて保存する。①にSet-Cookieがないままになる。",
        en: "Open the variant secure-on-http of counter, change secure: true to 'false' as never and save: ① still has no Set-Cookie.",
      },
    },
    {
      id: 'finding.first-forwarded-proto-counts',
      level: ['wire'],
      scenario: 'secure-proxy',
      title: {
        ja: 'X-Forwarded-Protoは最初の値だけ、Forwardedは見ない',
        en: 'The first X-Forwarded-Proto counts, Forwarded does not',
      },
      ja: 'trust proxyのもとで効くのは X-Forwarded-Proto の最初の値だけ。「http, https」はHTTPとみなされ、標準の Forwarded: proto=https は読まれない。',
      en: 'With trust proxy only the first entry of X-Forwarded-Proto counts: "http, https" is HTTP, and the standard Forwarded: proto=https is not read at all.',
      see: {
        ja: "端末で curl -i -H 'X-Forwarded-Proto: http, https' http://localhost:3000/ を実行し、値の順を入れ替えて比べる。",
        en: "In a terminal run curl -i -H 'X-Forwarded-Proto: http, https' http://localhost:3000/ and swap the two values.",
      },
    },
  ]),
  ...findingsBeside('options-cookie-path', [
    {
      id: 'finding.path-is-a-bare-prefix',
      level: ['wire', 'api'],
      scenario: 'cookie-attributes',
      title: { ja: 'pathは、ただの前方一致', en: 'path is a bare prefix' },
      ja: 'cookie.path が /app なら、/apple にもセッションができる(そのCookieは戻ってこないので、毎回新しくなる)。Expressが同じに扱う /App や //app にはない。',
      en: 'With cookie.path /app there is a session at /apple too, whose cookie never comes back, so each request begins a new one. At /App and //app, which Express takes for the same route, there is none.',
      see: {
        ja: 'cookie-attributesの版admin-onlyで、/admin で始まる別のパスを開き、①のSet-Cookieと次のリクエストのCookieを見る。',
        en: 'In the variant admin-only of cookie-attributes, open another path that begins with /admin. Watch Set-Cookie in ①, and Cookie of the next request.',
      },
    },
  ]),
  ...findingsBeside('options-cookie-expires', [
    {
      id: 'finding.fixed-expires-slides',
      level: ['store'],
      scenario: 'expiry',
      title: { ja: '固定したexpiresも動く', en: 'A fixed expires slides' },
      ja: 'expires に決まった日時を渡しても、終わりは固定されない。express-sessionはそれを「作られたときの残り時間」に直すので、書き換えるたびに期限が後ろへずれる。',
      en: 'A fixed date in expires is no fixed end: express-session turns it into the time that was left when the session began, and each change moves the end by as much.',
      see: {
        ja: 'expiryの版fixed-dateで何度か押し、③のレコードの期限を見る。',
        en: 'Press several times in the variant fixed-date of expiry and watch the expiry of the row in ③.',
      },
    },
  ]),
  ...findingsBeside('options-cookie-samesite', [
    {
      id: 'finding.misspelt-option-is-ignored',
      level: ['wire'],
      scenario: 'same-site',
      title: { ja: '綴りの違うオプションは黙って捨てられる', en: 'A misspelt option is silently ignored' },
      ja: "samesite: 'strict' や httponly: false のように綴りの違うオプションは、警告なしに無視される。",
      en: "An option that is misspelt, as samesite: 'strict' or httponly: false, is ignored without a warning.",
      see: {
        ja: 'same-siteのコードでsameSiteをsamesiteに書き換えて保存し、①のSet-CookieからSameSiteが消えるのを見る。',
        en: 'Change sameSite to samesite in the code of same-site and save: SameSite is gone from Set-Cookie in ①.',
      },
    },
  ]),
  ...findingsBeside('options-cookie-domain', [
    {
      id: 'finding.invalid-domain-loses-the-cookie',
      level: ['wire', 'store'],
      scenario: 'cookie-attributes',
      title: {
        ja: 'domainにURLを書くと、レコードだけが残る',
        en: 'A URL as domain leaves a row without a cookie',
      },
      ja: 'domain に URL を書くと、Set-Cookie を作るところで失敗する。ストアによってはレスポンスは200のまま本文も届き、Cookieだけがない。レコードは残る。',
      en: 'With a URL as domain, Set-Cookie cannot be made. With MemoryStore the answer is still 200 with its whole body; only the cookie is missing, and the row stays.',
      see: {
        ja: "cookie-attributesのコードにdomain: 'http://localhost'を書き足して保存し、①と③を比べる。",
        en: "Add domain: 'http://localhost' to the code of cookie-attributes, save, and compare ① with ③.",
      },
    },
  ]),
  ...findingsBeside('options-name', [
    {
      id: 'finding.first-cookie-of-the-name-counts',
      level: ['wire'],
      scenario: 'multi-app',
      title: {
        ja: '同じ名前のCookieは、最初の1つだけ',
        en: 'Of two cookies with the name, the first counts',
      },
      ja: '同じ名前のCookieが2つ届いたら、読まれるのは最初の1つだけ。それが署名のない値でも、2つめの正しい値は見られず、新しいセッションになる。',
      en: 'When two cookies of the name arrive, only the first is read. Be it without a signature: the valid second one is not looked at, and a new session begins.',
      see: {
        ja: '①のCookieを写し、curlで同じ名前の別の値をその前に足して送る。',
        en: 'Copy Cookie of ①, and send it with curl behind another value of the same name.',
      },
    },
  ]),
  ...findingsBeside('req-session-id-req-sessionid', [
    {
      id: 'finding.signed-id-without-row-is-not-adopted',
      level: ['wire'],
      scenario: 'secret',
      title: { ja: 'レコードのないIDは引き継がれない', en: 'An ID without a row is not adopted' },
      ja: '署名が正しくても、レコードのないIDのCookieからは、新しいIDのセッションが始まる。攻撃者が選んだIDは使われない。',
      en: 'A cookie whose signature is right and whose row does not exist begins a session with a new ID: nobody can choose the ID of another.',
      see: {
        ja: '「やり直す」でレコードを消してから、写しておいたCookieをcurlで送る。①で違うIDが返る。',
        en: 'Copy the cookie, start over, and send the copy with curl: ① shows another ID.',
      },
    },
  ]),
]
