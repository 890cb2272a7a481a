import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-rolling',
  title: 'rolling',
  group: 'options',
  anchor: 'rolling',
  headings: ['rolling'],
}

export default section(about, [
  {
    id: 'rolling.true-sets-cookie-on-every-response',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'rolling: true はセッション cookie を毎回のレスポンスで設定し直す。',
    en: 'rolling: true re-sends the session cookie on every response.',
    verdict: 'condition',
    because: {
      ja: '304や404も含めて毎回だが、セッションのあるレスポンスに限る。セッションを始めていない訪問者へのレスポンスと、セッションより前で返す静的ファイルには付かない。',
      en: 'On every one, 304 and 404 included, as long as there is a session: not for a visitor who has begun none, and not for static files that are answered before it.',
    },
    see: {
      ja: '「やり直す」のあと「読む」を押すと、①にSet-Cookieはない。「書く」を押してから「読む」を押すと、毎回付く。',
      en: 'Start over and press read: no Set-Cookie in ①. Press write, then read: from now on it is there every time.',
    },
  },
  {
    id: 'rolling.resets-expiration-to-original-maxAge',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'そのたびに期限は元の maxAge へ戻り、残り時間が数え直しになる。',
    en: 'Each time the expiry goes back to the original maxAge, and the countdown begins anew.',
    verdict: 'holds',
    see: {
      ja: '「書く」のあと、2〜3秒ごとに「読む」を押す。②と③の残り秒数が、そのたびに5秒へ戻る。',
      en: 'After write, press read every two or three seconds. The seconds left in ② and ③ go back to 5 each time.',
    },
  },
  {
    id: 'rolling.default-false',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: '既定値は false である。',
    en: 'The default is false.',
    verdict: 'holds',
    see: {
      ja: '版not-rolling(rollingを書いていない)に切り替え、「書く」、続けて「読む」を押す。「読む」のレスポンスにSet-Cookieはなく、②の残りは減り続ける。③は延びる。',
      en: 'In not-rolling, where the option is left out, press write and then read. The response to read has no Set-Cookie and ② keeps counting down, while ③ is extended.',
    },
  },
  {
    id: 'rolling.true-expires-from-last-response',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'expiry',
    ja: '有効にすると、期限は「最後に変更した時」ではなく「最後に応答した時」から maxAge 後になる。',
    en: 'With it on, the cookie expires maxAge after the last response rather than after the last modification.',
    verdict: 'holds',
    see: {
      ja: '「書く」のあと3秒ごとに「読む」を押すと、5秒を過ぎても数が残る。版not-rollingに切り替えて同じことをすると、5秒で0に戻る。',
      en: 'After write, press read every 3 seconds: the number outlives the 5 seconds. In not-rolling the same ends at 0 after 5 seconds.',
    },
  },
  {
    id: 'rolling.short-maxAge-idle-timeout',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'expiry',
    ja: '短めの maxAge と組み合わせると、サーバーとのやり取りが続く間は切れにくく、放置すると早く切れる仕組みになる。',
    en: 'Combined with a short maxAge it gives a quick timeout that rarely strikes while requests keep coming.',
    verdict: 'holds',
    see: {
      ja: '「読む」を押し続けてから、5秒以上手を止めて「読む」を押す。数は0に戻り、①のリクエストにCookieはない。数えられるのはリクエストだけで、画面を読んだり入力したりしている時間は放置と同じ。',
      en: 'Keep pressing read, then pause for more than 5 seconds and press it again. The number is 0 and the request in ① has no cookie. Only requests count: reading and typing are idle time.',
    },
  },
  {
    id: 'rolling.no-cookie-for-uninitialized-session',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'saveUninitialized が false なら、rolling でも未初期化のセッションには cookie を出さない。',
    en: 'With saveUninitialized:false, rolling sets no cookie for an uninitialised session.',
    verdict: 'holds',
    see: {
      ja: '「やり直す」のあと「読む」を何度押しても、①にSet-Cookieはなく、③にレコードもない。',
      en: 'Start over and press read as often as you like: no Set-Cookie in ①, no row in ③.',
    },
  },
  {
    id: 'rolling.only-changes-loaded-sessions',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'rolling が効くのは既存のセッションを読み込んだリクエストだけである。',
    en: 'rolling only affects requests for which an existing session was loaded.',
    verdict: 'condition',
    because: {
      ja: 'express-sessionが見るのは、レコードを読み込めたかどうかではなく、セッションのIDがCookieのIDと同じかどうか。genidがCookieと同じIDを返すと、レコードがなくてもCookieとレコードができる。',
      en: 'What express-session looks at is not whether a row was loaded but whether the id is the one in the cookie. A genid that returns that same id makes a cookie and a row where none was loaded.',
    },
    see: {
      ja: '「やり直す」のあと「読む」を押し(新しいセッション、Set-Cookieなし)、「書く」のあと「読む」を押す(読み込んだセッション、Set-Cookieあり)。①のストアの呼び出しにgetがあるかどうかも見る。',
      en: 'Start over and press read (new session: no Set-Cookie), then write and read (loaded session: Set-Cookie). Watch in ① whether the store was asked with get.',
    },
  },
])
