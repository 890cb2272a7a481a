import { type About, section } from './section.ts'

const about: About = {
  slug: 'session-options',
  title: 'session(options)',
  group: 'options',
  anchor: 'sessionoptions',
  headings: ['session(options)'],
}

export default section(about, [
  {
    id: 'session.returns-middleware',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'views',
    ja: 'オプションを渡して呼ぶと、リクエストにセッションを付ける Express ミドルウェアが得られる。',
    en: 'Calling session() with options yields an Express middleware that attaches a session to each request.',
    verdict: 'holds',
    see: {
      ja: 'どのページを開いても、① のリクエストにセッションが付き、ストアの呼び出しがあるのを見る。',
      en: 'Open any page: each request in ① has a session and its store calls.',
    },
  },
  {
    id: 'session.cookie-holds-only-id',
    kind: 'behaviour',
    level: ['wire', 'browser'],
    scenario: 'cookie-session',
    ja: 'ブラウザーに渡る cookie は署名付きのセッションIDだけで、中身のデータは入らない。',
    en: 'The browser only ever receives a signed session id; none of the session data is in the cookie.',
    verdict: 'holds',
    see: {
      ja: 'express-sessionのデモでメモを保存し、「選んだリクエストの中身」のSet-Cookieの値がs:・sid・署名だけなのを見る。',
      en: 'Keep a note in the express-session demo: its cookie, in the details of the request, is s:, sid and signature, nothing else.',
    },
  },
  {
    id: 'session.data-stays-on-server',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'cookie-session',
    ja: 'セッションの中身はサーバー側のストアに置かれる。',
    en: 'The session contents live in the server-side store.',
    verdict: 'holds',
    see: {
      ja: 'express-sessionのデモでメモを保存し、③ のレコードにnoteがあるのを見る。',
      en: 'Keep a note in the express-session demo and find note in the row of ③.',
    },
  },
  {
    id: 'session.no-cookie-parser-needed',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'secret',
    ja: '1.5.0 以降は cookie-parser を挟まなくても、このモジュール自身が req/res の cookie を読み書きする。',
    en: 'Since 1.5.0 the module parses and sets cookies on req/res by itself, so cookie-parser is unnecessary.',
    verdict: 'holds',
    see: {
      ja: '版appのコードにcookie-parserはない。2回開き、① 通信のSet-Cookieと、次のリクエストのCookieが同じ値なのを見る。',
      en: 'There is no cookie-parser in app. Open it twice and compare Set-Cookie with the next Cookie in ① wire.',
    },
  },
  {
    id: 'session.cookie-parser-secret-mismatch-issues',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'secret',
    ja: 'cookie-parser を併用して鍵が食い違うと、不具合が起こり得る。',
    en: 'Mounting cookie-parser with a different secret may cause trouble.',
    verdict: 'condition',
    because: {
      ja: 'セッション自体は自分でCookieヘッダーを読むので、鍵が違っても動き続ける。不具合になるのは、req.signedCookiesを見るコード(値がfalseになる)と、署名の検証(cookie-parserの鍵で署名されたCookieもセッションとして通る)。',
      en: 'The session itself reads the Cookie header and goes on working. Trouble meets code that looks at req.signedCookies (it says false), and the check of the signature: a cookie signed with cookie-parser’s secret opens sessions as well.',
    },
    see: {
      ja: '版cookie-parserで2回開く。数は増え、ページのcookie-parserの欄はfalseになる。鍵keyboard catで署名したCookieをcurlで送ると、それも通る。',
      en: 'Open cookie-parser twice: the visits go up and the page says cookie-parser: false. Send the sid with curl, signed with keyboard cat: it passes too.',
    },
  },
  {
    id: 'memory-store.not-for-production',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'memory-store',
    ja: '既定の MemoryStore は本番用ではなく開発・デバッグ用で、本番環境で起動すると警告が出る。',
    en: 'The default MemoryStore is meant for development and debugging, and warns when started in production.',
    verdict: 'condition',
    because: {
      ja: '警告が出るのは、express-sessionを読み込む時点でNODE_ENVがproductionのときだけである。読み込んだあとに(たとえばdotenvで)設定しても出ない。出るのはsession()を呼んだときで、MemoryStoreを自分で渡した場合も出る。',
      en: 'The warning needs NODE_ENV to be production when express-session is loaded; set later (by dotenv, say), it stays silent. It is printed when session() is called, also for a MemoryStore that you pass yourself.',
    },
    see: {
      ja: '`SESSION_SECRET=… NODE_ENV=production npm run demo:memory-store`で起動し、ページを開いて、端末に出る警告を見る。版shared-storeでは出ない。',
      en: 'Start it with `SESSION_SECRET=… NODE_ENV=production npm run demo:memory-store`, open the page and see the warning in the terminal. The variant shared-store prints none.',
    },
  },
  {
    id: 'memory-store.leaks',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'memory-store',
    ja: 'MemoryStore は多くの状況で使い終わったセッションを抱え続け、メモリーを消費する。',
    en: 'MemoryStore keeps finished sessions around and so leaks memory in most situations.',
    verdict: 'holds',
    see: {
      ja: '版one-processで「訪問者をあと100人」を押し、10秒以上待ってから「もう一度開く」を押す。期限の切れたレコードが残ったままで、ページに出るレコードの数が減らない。版sweptでは減る。版no-expiryでは、期限がないので増えるだけになる。',
      en: 'In the variant one-process press "100 more visitors", wait more than 10 seconds and press "again": the expired rows are still there. In the variant swept they go. In no-expiry they have no expiry and can only grow.',
    },
  },
  {
    id: 'memory-store.single-process',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'memory-store',
    ja: 'MemoryStore の内容は 1 プロセスの中に閉じ、別プロセスや再起動後には引き継がれない。',
    en: 'MemoryStore contents are confined to one process: other processes and restarts do not see them.',
    verdict: 'holds',
    see: {
      ja: '「もう一度開く」を何度か押す。プロセスの番号が入れ替わり、数は1のまま、①では毎回新しいIDの`Set-Cookie`が出る。版one-processでは、画面の番号のプロセスを終わらせると、数が1に戻る。版shared-storeでは、どちらでも数が続く。',
      en: 'Press "again" a few times: the process changes, the count stays 1, and ① shows a `Set-Cookie` with a new ID each time. In the variant one-process, end the process whose number the page shows: the count is 1 again. In shared-store it goes on either way.',
    },
  },
])
