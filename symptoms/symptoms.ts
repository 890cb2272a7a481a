import type { Words } from '../common/words.ts'

/** Something that people see, in their own words, and what it can come from. */
export interface Symptom {
  /** What a link to it ends with. */
  id: string
  words: Words
  /** Texts of errors and warnings, as they are printed. */
  texts?: readonly string[]
  /** Ids of diagnoses, the most frequent first. */
  causes: readonly string[]
}

/** Symptoms that belong together. */
export interface Group {
  title: Words
  symptoms: readonly Symptom[]
}

const symptom = (id: string, ja: string, en: string, causes: string, texts?: readonly string[]): Symptom => ({
  id,
  words: { ja, en },
  causes: causes.split(' '),
  ...(texts && { texts }),
})

/** What people ask, by where it shows. */
export const groups: readonly Group[] = [
  {
    title: { ja: '覚えてくれない', en: 'It does not remember' },
    symptoms: [
      symptom(
        'new-session-each-time',
        'リクエストのたびに新しいセッションになる(req.sessionIDが毎回違う)',
        'Every request gets a new session (another req.sessionID each time)',
        'secure-over-http proxy-not-trusted proxy-without-proto cross-origin-without-credentials domain-does-not-match samesite-none-without-secure cookie-prefix-broken outside-cookie-path born-expired cookie-twice',
      ),
      symptom(
        'login-does-not-stick',
        'ログインしても、次のページではログインしていないことになる',
        'I log in, and on the next page I am not logged in',
        'read-before-saved secure-over-http proxy-not-trusted written-after-headers saved-under-another-id redirect-without-save',
      ),
      symptom(
        'guest-until-reload',
        'ログイン直後は「guest」と出て、再読み込みすると名前が出る',
        'Right after the login I am a guest; a reload shows my name',
        'read-before-saved redirect-without-save',
      ),
      symptom(
        'works-locally-not-in-production',
        '手元では動くのに、本番(HTTPS、プロキシの後ろ)では動かない',
        'It works on my machine, and not in production (HTTPS, behind a proxy)',
        'proxy-not-trusted proxy-without-proto domain-does-not-match samesite-none-without-secure memory-store-forgot secret-differs',
      ),
      symptom(
        'works-in-production-not-locally',
        '本番では動くのに、手元(http://localhost)では動かない',
        'It works in production, and not on http://localhost',
        'secure-over-http domain-does-not-match cookie-prefix-broken name-shared-with-another-app',
      ),
      symptom(
        'no-set-cookie',
        'レスポンスにSet-Cookieがない',
        'There is no Set-Cookie in the response',
        'secure-over-http proxy-not-trusted proxy-without-proto written-after-headers cookie-cannot-be-serialized session-missing outside-cookie-path',
      ),
      symptom(
        'cookie-not-kept',
        'Set-Cookieは届いているのに、ブラウザーに保存されない',
        'Set-Cookie arrives, and the browser does not keep it',
        'samesite-none-without-secure domain-does-not-match cookie-prefix-broken cross-origin-without-credentials born-expired',
      ),
      symptom(
        'written-value-is-gone',
        'req.sessionに入れた値が、次のリクエストでは消えている',
        'What I put into req.session is gone in the next request',
        'written-after-end written-after-headers lost-update resave-undid-a-change not-saved-though-answered saved-under-another-id read-before-saved',
      ),
      symptom(
        'only-one-browser',
        'シークレットウィンドウや友人のブラウザーでは動く',
        'It works in a private window, or for a friend',
        'cookie-twice name-shared-with-another-app',
      ),
    ],
  },
  {
    title: { ja: '別のオリジン・別のサイトから', en: 'From another origin or another site' },
    symptoms: [
      symptom(
        'spa-no-cookie',
        'ReactやVueのフロントエンド(別のポート)からAPIを呼ぶと、セッションが続かない',
        'From a React or Vue front end (another port) the API forgets the session',
        'cross-origin-without-credentials cors-refuses-credentials samesite-keeps-it-back samesite-none-without-secure',
      ),
      symptom(
        'cors-error',
        'fetchが「Failed to fetch」「blocked by CORS policy」になる',
        'fetch ends with "Failed to fetch", "blocked by CORS policy"',
        'cors-refuses-credentials',
        [
          'blocked by CORS policy',
          "The value of the 'Access-Control-Allow-Credentials' header in the response is ''",
          "must not be the wildcard '*' when the request's credentials mode is 'include'",
        ],
      ),
      symptom(
        'postman-works',
        'curlやPostmanでは動くのに、ブラウザーでは動かない',
        'It works with curl or Postman, and not in the browser',
        'cross-origin-without-credentials cors-refuses-credentials samesite-keeps-it-back samesite-none-without-secure',
      ),
      symptom(
        'back-from-payment',
        '決済やOAuthの画面から戻ると、セッションがなくなっている',
        'Coming back from a payment page or OAuth, the session is gone',
        'samesite-keeps-it-back read-before-saved',
      ),
      symptom(
        'in-an-iframe',
        '別のサイトのiframeの中では、Cookieが使えない',
        'Inside an iframe of another site there is no cookie',
        'samesite-keeps-it-back samesite-none-without-secure',
      ),
    ],
  },
  {
    title: { ja: '切れる・切れない', en: 'Lifetimes' },
    symptoms: [
      symptom(
        'thrown-out-while-in-use',
        '使い続けているのに、決まった時間でログアウトされる',
        'I am thrown out after a fixed time although I am using it',
        'cookie-ends-while-in-use row-ends-while-in-use fixed-expires saved-with-stale-expiry',
      ),
      symptom(
        'ends-after-seconds',
        '30分のはずが、数秒で切れる',
        'It should last half an hour, and ends after seconds',
        'max-age-in-seconds born-expired',
      ),
      symptom(
        'all-at-once',
        '全員が同じ時刻にログアウトされる',
        'Everybody is thrown out at the same moment',
        'fixed-expires memory-store-forgot secret-differs',
      ),
      symptom(
        'gone-after-restart',
        '再起動やデプロイのたびに、全員ログアウトされる',
        'After each restart or deployment everybody has to log in again',
        'memory-store-forgot secret-differs memory-store-in-production',
        [
          'Warning: connect.session() MemoryStore is not designed for a production environment, as it will leak memory, and will not scale past a single process.',
        ],
      ),
      symptom(
        'now-and-then-with-several',
        '複数のプロセスやサーバーにすると、ときどきログインが外れる',
        'With several processes or servers the login gets lost now and then',
        'memory-store-forgot secret-differs',
      ),
    ],
  },
  {
    title: { ja: 'エラーが出る・終わらない', en: 'Errors, and pages that never come' },
    symptoms: [
      symptom(
        'session-is-undefined',
        'req.sessionがundefinedになる',
        'req.session is undefined',
        'session-missing outside-cookie-path store-disconnected',
        [
          "TypeError: Cannot read properties of undefined (reading 'user')",
          "TypeError: Cannot set properties of undefined (setting 'user')",
          'req.session is undefined',
        ],
      ),
      symptom(
        'passport-needs-session',
        'Passportで「Login sessions require session support」というエラーが出る',
        'Passport says "Login sessions require session support"',
        'session-missing outside-cookie-path store-disconnected',
        [
          'Login sessions require session support. Did you forget to use `express-session` middleware?',
          'req.flash() requires sessions',
        ],
      ),
      symptom(
        'headers-sent',
        '「Cannot set headers after they are sent」が出る',
        'The error "Cannot set headers after they are sent"',
        'callback-twice response-cut-off written-after-headers',
        ['Error [ERR_HTTP_HEADERS_SENT]: Cannot set headers after they are sent to the client'],
      ),
      symptom(
        'never-loads',
        '読み込み中のまま、ページが表示されない',
        'The page loads for ever',
        'store-does-not-answer response-never-ended not-serializable',
        ['Do not know how to serialize a BigInt', 'Converting circular structure to JSON'],
      ),
      symptom(
        'error-500-everywhere',
        'どのページも500(Internal Server Error)になる',
        'Every page is a 500 (Internal Server Error)',
        'store-call-failed store-disconnected session-missing',
        ['ECONNREFUSED', 'The client is closed', 'relation "session" does not exist'],
      ),
      symptom(
        'connection-reset',
        '「接続がリセットされました」と出る',
        'The browser says that the connection was reset',
        'response-cut-off not-serializable',
        ['ERR_CONNECTION_RESET', 'ERR_INCOMPLETE_CHUNKED_ENCODING', 'ERR_EMPTY_RESPONSE'],
      ),
      symptom(
        'not-a-function',
        'セッションから読んだ値で「… is not a function」になる',
        'A value read from the session gives "… is not a function"',
        'type-lost-in-json',
        ['TypeError: req.session.date.toISOString is not a function', 'is not iterable'],
      ),
      symptom(
        'option-is-invalid',
        '「option domain is invalid」「option sameSite is invalid」が出る',
        'The log says "option domain is invalid" or "option sameSite is invalid"',
        'cookie-cannot-be-serialized',
        ['TypeError: option domain is invalid', 'TypeError: option sameSite is invalid'],
      ),
      symptom(
        'wrong-page-404',
        '合っているはずのURLが、ときどき404になる',
        'A URL that exists is a 404 now and then',
        'callback-twice',
      ),
    ],
  },
  {
    title: { ja: '勝手に変わる・増える', en: 'It changes or grows by itself' },
    symptoms: [
      symptom(
        'change-undone',
        '入れた値が、しばらくすると元に戻る',
        'A value that was there goes back to what it was',
        'resave-undid-a-change lost-update written-outside-a-request',
      ),
      symptom(
        'logout-comes-back',
        'ログアウトや削除をしたのに、元に戻る',
        'After a logout or a removal everything is back',
        'destroyed-session-came-back logout-keeps-the-user',
      ),
      symptom(
        'someone-elses-data',
        'ほかの人のデータやアカウントが見える',
        "I see somebody else's data or account",
        'shared-cache-can-keep-cookie saved-under-another-id predictable-id id-kept-at-login weak-secret',
      ),
      symptom(
        'first-visit-loses-one',
        '初めての訪問で同時に送ると、片方が消える',
        'On a first visit, of two things sent at once only one is kept',
        'parallel-first-requests',
      ),
      symptom(
        'counts-too-much',
        'カウンターが余分に増える',
        'A counter counts too much',
        'session-for-static-files changed-by-prefetch resave-undid-a-change',
      ),
      symptom(
        'too-many-rows',
        'ストアのレコードが増え続ける',
        'The store fills with records',
        'rows-of-nobody session-for-static-files session-grows',
      ),
      symptom(
        'logged-out-by-others',
        '何もしていないのに、ログアウトされたり値が変わったりする',
        'I did nothing, and was logged out or something changed',
        'logout-by-get changed-by-prefetch samesite-unset name-shared-with-another-app two-sessions-on-one-request',
      ),
    ],
  },
  {
    title: { ja: '警告と指摘', en: 'Warnings and scans' },
    symptoms: [
      symptom(
        'deprecation',
        '起動時に「express-session deprecated」の警告が出る',
        'At the start there is a warning "express-session deprecated"',
        'resave-undid-a-change rows-of-nobody',
        [
          'express-session deprecated undefined resave option; provide resave option',
          'express-session deprecated undefined saveUninitialized option; provide saveUninitialized option',
          'express-session deprecated req.secret; provide secret option',
          'secret option required for sessions',
        ],
      ),
      symptom(
        'security-scan',
        '脆弱性診断で、セッションCookieを指摘された',
        'A security scan complains about the session cookie',
        'default-name samesite-unset not-secure-over-https script-can-read-cookie weak-secret id-kept-at-login logout-by-get secret-data-in-session',
      ),
    ],
  },
]

export const symptoms: readonly Symptom[] = groups.flatMap((group) => group.symptoms)
