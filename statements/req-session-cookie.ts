import { type About, section } from './section.ts'

const about: About = {
  slug: 'req-session-cookie',
  title: 'req.session.cookie',
  group: 'req.session',
  anchor: 'reqsessioncookie',
  headings: ['req.session.cookie'],
}

export default section(about, [
  {
    id: 'session.cookie.unique-object-per-session',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'per-visitor-cookie',
    ja: 'セッションごとに固有の cookie オブジェクトが付く。',
    en: 'Each session has its own cookie object.',
    verdict: 'holds',
    see: {
      ja: '「maxAge = 1時間」を押してから、別の訪問者(http://127.0.0.1:ポート番号/)で開く。③の2つのレコードのcookieは、1時間と1分に分かれる。版shared-optionsでは、後から来た訪問者も1時間になる。',
      en: 'Press maxAge = 1 h, then come as another visitor (http://127.0.0.1:PORT/). The cookies in the two rows of ③ say an hour and a minute. With shared-options whoever comes later has an hour too.',
    },
  },
  {
    id: 'session.cookie.alter-per-visitor',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'per-visitor-cookie',
    ja: 'それを通じて訪問者ごとにセッション cookie を変えられる。',
    en: 'It lets you alter the cookie per visitor.',
    verdict: 'condition',
    because: {
      ja: 'ブラウザーに届くのは、そのレスポンスにSet-Cookieが付くときだけ。すでにあるセッションでは、データも一緒に変えるか、rollingが要る。付かなければ、レコードだけが変わる。',
      en: 'The browser learns of it only if this response has a Set-Cookie: for a session that exists, session data has to change with it, or rolling has to be on. Otherwise the row alone changes.',
    },
    see: {
      ja: '版appで「maxAge = 1時間」を押すと、②と③の残り時間がどちらも1時間になる。版cookie-onlyで「やり直す」のあと同じことをすると、③だけが1時間になり、②は1分のまま。',
      en: 'With app, press maxAge = 1 h: an hour left in both ② and ③. Do the same with cookie-only after starting over: an hour in ③, still a minute in ②.',
    },
  },
  {
    id: 'session.cookie.expires-false-makes-user-agent-session',
    kind: 'behaviour',
    level: ['wire', 'browser'],
    scenario: 'per-visitor-cookie',
    ja: 'req.session.cookie.expires を false にすると、ブラウザーを使っている間だけの cookie になる。',
    en: 'Setting req.session.cookie.expires to false makes the cookie last for the browser session only.',
    verdict: 'condition',
    because: {
      ja: '変更を伝えるSet-Cookieが付くレスポンスに限る。すでにあるセッションでは、データも一緒に変える必要がある。falseの代わりにnullを入れると、データを変えても付かない。レコードの期限はストアしだいになる。',
      en: 'Only if the response has a Set-Cookie to tell of it: for a session that exists, data has to change with it, and with null instead of false not even that helps. The end of the row is up to the store.',
    },
    see: {
      ja: '版appで「expires = false」を押す。①のSet-CookieにExpiresがなく、②は「閉じるまで」になる。③のレコードは1日残る。版expires-nullではSet-Cookieが送られず、②は1分のまま。',
      en: 'With app, press expires = false. Set-Cookie in ① has no Expires, ② lasts until the browser closes, the row in ③ a day. With expires-null no Set-Cookie is sent, and ② keeps its minute.',
    },
  },
])
