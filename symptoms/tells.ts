import type { Words } from '../common/words.ts'

const tell = (ja: string, en: string): Words => ({ ja, en })

/** By the id of a diagnosis: what one sees in a browser and in the inspector when it is this one, and no other. */
export const tells: Readonly<Record<string, Words>> = {
  'secure-over-http': tell(
    'レスポンスにSet-Cookieがなく、デバッグ行に「not secured」が出ます。X-Forwarded-で始まるヘッダーはありません。',
    'No Set-Cookie in the response, and the debug line "not secured". No header begins with X-Forwarded-.',
  ),
  'proxy-not-trusted': tell(
    'リクエストにX-Forwarded-Proto: httpsがあるのに、デバッグ行は「not secured」です。',
    'The request has X-Forwarded-Proto: https, and the debug line is "not secured" all the same.',
  ),
  'proxy-without-proto': tell(
    'trust proxyを設定しても「not secured」のままです。X-Forwarded-ForはあるのにX-Forwarded-Protoがない(またはhttp)のが目印です。',
    'Still "not secured" with trust proxy set: there is X-Forwarded-For, and no X-Forwarded-Proto (or it says http).',
  ),
  'outside-cookie-path': tell(
    'URLがcookie.pathで始まらず、デバッグ行に「pathname mismatch」が出ます。',
    'The URL does not begin with cookie.path, and the debug line says "pathname mismatch".',
  ),
  'written-after-headers': tell(
    'setの呼び出しはあるのに、Set-Cookieがありません。setより先にヘッダーが出ています。',
    'There is a set and no Set-Cookie: the headers left before it.',
  ),
  'written-after-end': tell(
    'レスポンスを返したあとに代入した値が、ストアのどの呼び出しにも現れません。',
    'What was assigned after the response had ended is in no call on the store.',
  ),
  'cookie-cannot-be-serialized': tell(
    'setは済んでいるのにSet-Cookieがなく、ログに「option … is invalid」が出ます。',
    'The set went well, there is no Set-Cookie, and the log says "option … is invalid".',
  ),
  'session-missing': tell(
    'そのURLだけデバッグ行もストアの呼び出しもありません。session()より前か、session()のないルーターで処理されています。',
    'For this URL there is neither a debug line nor a store call: it is handled before session(), or on a router without it.',
  ),
  'store-disconnected': tell(
    'デバッグ行に「store is disconnected」が出て、req.sessionがundefinedです。',
    'The debug line says "store is disconnected", and req.session is undefined.',
  ),
  'samesite-none-without-secure': tell(
    'Set-CookieにSameSite=NoneがあってSecureがありません。ブラウザーの開発者ツールではCookieに警告が付きます。',
    'Set-Cookie has SameSite=None and no Secure. DevTools put a warning beside the cookie.',
  ),
  'domain-does-not-match': tell(
    'Set-CookieのDomainが、アドレスバーのホスト名を含んでいません。',
    'The Domain of Set-Cookie does not include the host in the address bar.',
  ),
  'cookie-prefix-broken': tell(
    '名前が__Host-か__Secure-で始まり、Secure、Path=/、Domainなしのどれかが欠けています。',
    'The name begins with __Host- or __Secure-, and one of Secure, Path=/ and no Domain is missing.',
  ),
  'cross-origin-without-credentials': tell(
    '別オリジンのページからのfetchにCookieが付かず、受け取ったSet-Cookieも保存されません。curlでは動きます。',
    'The fetch from another origin carries no cookie, and its Set-Cookie is not kept. With curl it works.',
  ),
  'cors-refuses-credentials': tell(
    'コンソールに「blocked by CORS policy」が出ます。Access-Control-Allow-Originが*か、Allow-Credentialsがありません。',
    'The console says "blocked by CORS policy": Access-Control-Allow-Origin is *, or Allow-Credentials is missing.',
  ),
  'samesite-keeps-it-back': tell(
    '別のサイトから来たリクエスト(Sec-Fetch-Site: cross-site)にだけCookieが付きません。自分で開くと付きます。',
    'Only requests that come from another site (Sec-Fetch-Site: cross-site) lack the cookie. Opened by hand, it is there.',
  ),
  'born-expired': tell(
    'Set-CookieのExpiresが、送った時点でもう過ぎています。',
    'The Expires of Set-Cookie has passed already when it is sent.',
  ),
  'fixed-expires': tell(
    '別の時刻に始まったセッションのExpiresが、全員同じです。',
    'Sessions that began at different times all have the same Expires.',
  ),
  'max-age-in-seconds': tell(
    'maxAgeが3600や86400です。これはミリ秒なので、数秒から1分半で切れます。',
    'maxAge is 3600 or 86400. These are milliseconds: it ends after seconds.',
  ),
  'read-before-saved': tell(
    '次のリクエストのgetが、前のリクエストのsetが終わる前に読んでいます。再読み込みすると直ります。',
    'The get of the next request came before the set of the one before had ended. A reload shows it right.',
  ),
  'redirect-without-save': tell(
    'リダイレクトを返したあとでsetが終わっています。たまにしか起きません。',
    'The set ends after the redirect has left. It hurts only now and then.',
  ),
  'memory-store-forgot': tell(
    '署名は正しいのにレコードがなく、プロセスが起動し直したあとに起きます。ストアはMemoryStoreです。',
    'The signature fits and there is no record, after the process was started anew. The store is MemoryStore.',
  ),
  'secret-differs': tell(
    'デバッグ行に「cookie signature invalid」が出ます。再起動か、別のプロセスに当たったあとです。',
    'The debug line says "cookie signature invalid", after a restart or when another process answers.',
  ),
  'name-shared-with-another-app': tell(
    '同じホストの別ポートのアプリを開くたびに、Cookieの値が入れ替わります。',
    'Each time another app on this host (another port) is opened, the cookie has another value.',
  ),
  'cookie-twice': tell(
    'Cookieヘッダーに同じ名前が2回あります。シークレットウィンドウでは起きません。',
    'The Cookie header has the name twice. In a private window it does not happen.',
  ),
  'row-ends-while-in-use': tell(
    '使い続けているのに、getがレコードを見つけません。ストアにtouchがないか、touchが期限を延ばしていません。',
    'get finds no record although the session is in use: the store has no touch, or touch extends nothing.',
  ),
  'cookie-ends-while-in-use': tell(
    'リクエストは続いているのにSet-Cookieがなく、最初の期限でCookieが来なくなります。rollingがfalseです。',
    'Requests go on without a Set-Cookie, and at the first expiry the cookie stays away. rolling is false.',
  ),
  'saved-with-stale-expiry': tell(
    'setに渡されたcookie.expiresが過去です。しばらく何もしなかったあとのsave()で起きます。',
    'set was given a cookie.expires in the past: a save() after a while of reading.',
  ),
  'parallel-first-requests': tell(
    'Cookieのないリクエストが同時に2つ以上あり、それぞれ別のセッションIDを受け取っています。',
    'Two or more requests without a cookie at once, each given a session ID of its own.',
  ),
  'two-sessions-on-one-request': tell(
    '1つのリクエストがsession()を2回通っています。あとの方のCookieは出ません。',
    'One request goes through session() twice. The cookie of the second never appears.',
  ),
  'lost-update': tell(
    '同じセッションのリクエストが重なり、あとのsetに前のsetの変更が入っていません。',
    'Two requests of one session overlap, and the later set lacks what the earlier one had changed.',
  ),
  'resave-undid-a-change': tell(
    '何も変えていないリクエストが、古い内容をsetで書き戻しています。resaveがtrueです。',
    'A request that changed nothing writes back its old copy. resave is true.',
  ),
  'destroyed-session-came-back': tell(
    'destroyのあとに、同じセッションIDのsetがあります。',
    'After a destroy there is a set of the same session ID.',
  ),
  'type-lost-in-json': tell(
    'Date、Map、Set、クラスのインスタンスを入れると、次のリクエストでは文字列や{}になっています。',
    'A Date, Map, Set or class instance that was put in is a string or {} in the next request.',
  ),
  'not-serializable': tell(
    'BigIntや循環参照が入っていて、JSONにできません。レスポンスが終わらないか、500になります。',
    'A BigInt or a circle is in the session and JSON refuses it: the response never ends, or is a 500.',
  ),
  'saved-under-another-id': tell(
    'setのセッションIDが、そのリクエストのセッションIDと違います。',
    'set is called with another session ID than that of the request.',
  ),
  'written-outside-a-request': tell(
    'リクエストの外(WebSocketやタイマー)からsetが呼ばれ、その間の変更を消しています。',
    'set is called outside of any request (a socket, a timer) and undoes what happened meanwhile.',
  ),
  'session-grows': tell(
    'setに渡されるデータが、リクエストのたびに大きくなっています。',
    'What set is given gets larger with every request.',
  ),
  'store-does-not-answer': tell(
    'getかsetが終わっていません。全ページが同時に固まります。',
    'get or set has not come back. All pages hang at once.',
  ),
  'store-call-failed': tell(
    'ストアの呼び出しがエラーで終わっています。',
    'A call on the store ended with an error.',
  ),
  'not-saved-though-answered': tell(
    '画面は成功(200)なのに、そのあとのsetが失敗しています。',
    'The page says that all went well (200), and the set after it failed.',
  ),
  'callback-twice': tell(
    'ストアが同じ呼び出しに2回答えています。404やERR_HTTP_HEADERS_SENTの形で現れます。',
    'The store answered one call twice. It shows as a 404 or as ERR_HTTP_HEADERS_SENT.',
  ),
  'memory-store-in-production': tell(
    'NODE_ENVがproductionで、storeを渡していません。起動時に警告が出ます。',
    'NODE_ENV is production and no store is given. There is a warning at the start.',
  ),
  'rows-of-nobody': tell(
    'Cookieを返さない訪問のたびに、一度書かれて二度と読まれないレコードが増えます。',
    'Each visit that never brings its cookie back leaves a record that is written once and never read.',
  ),
  'response-never-ended': tell(
    'ヘッダーさえ返っていません。next()を呼ばないミドルウェアがあります。',
    'Not even the headers have come: a middleware does not call next().',
  ),
  'response-cut-off': tell(
    'ヘッダーが出たあとで、サーバーが接続を切っています。',
    'The server itself closed the connection after the headers had left.',
  ),
  'id-kept-at-login': tell(
    'ログインの前とあとで、セッションIDが同じです。',
    'The session ID before and after the login is the same.',
  ),
  'logout-keeps-the-user': tell(
    'ログアウトのあとも、古いCookieのレコードにユーザーが残っています。',
    'After the logout the record of the old cookie still has the user.',
  ),
  'weak-secret': tell(
    'secretが見本のまま(keyboard catなど)か、32バイトより短い値です。',
    'The secret is that of a sample (keyboard cat …), or shorter than 32 bytes.',
  ),
  'script-can-read-cookie': tell(
    'Set-CookieにHttpOnlyがありません。document.cookieで読めます。',
    'Set-Cookie has no HttpOnly: document.cookie shows it.',
  ),
  'not-secure-over-https': tell(
    'HTTPSなのに、Set-CookieにSecureがありません。',
    'The connection is HTTPS and Set-Cookie has no Secure.',
  ),
  'samesite-unset': tell('Set-CookieにSameSiteがありません。', 'Set-Cookie has no SameSite.'),
  'default-name': tell('Cookieの名前がconnect.sidです。', 'The cookie is called connect.sid.'),
  'changed-by-prefetch': tell(
    'Sec-Purpose: prefetchのリクエストが、セッションを変えています。',
    'A request with Sec-Purpose: prefetch changed the session.',
  ),
  'logout-by-get': tell('ログアウトがGETのURLです。', 'The logout is a URL for GET.'),
  'shared-cache-can-keep-cookie': tell(
    'Set-Cookieのあるレスポンスが、Cache-Control: publicやs-maxageを持っています。',
    'A response with Set-Cookie has Cache-Control: public or s-maxage.',
  ),
  'session-for-static-files': tell(
    '画像やCSSのリクエストでも、ストアが呼ばれています。',
    'The store is called for images and style sheets, too.',
  ),
  'predictable-id': tell(
    'セッションIDが短い、1つずつ増える、または利用者の情報から作られています。',
    'Session IDs are short, count up, or are made of what the visitor sent.',
  ),
  'secret-data-in-session': tell(
    'セッションのデータにpasswordのような名前のキーがあります。',
    'The session has keys like password.',
  ),
}
