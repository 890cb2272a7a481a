import type { DebugLine, WhyNoCookie } from '../model/why.ts'
import { type Explained, explained } from './words.ts'

/** What express-session's debug lines mean. */
export const lineWords: Readonly<Record<DebugLine, Explained>> = {
  'no SID sent, generating session': explained(
    '使えるセッションIDが届かなかったので、新しいセッションを作った。',
    'No usable session id arrived, so a new session was made.',
    'session.id.unique-per-session',
  ),
  'fetching ': explained(
    '署名が正しかったので、そのsidのレコードをストアに求めた。',
    'The signature was right, so the store was asked for the row of this sid.',
    'store.get.required',
  ),
  'session found': explained(
    'ストアにレコードがあった。',
    'The store had the row.',
    'req.session.stores-and-reads-data',
  ),
  'no session found': explained(
    'ストアにレコードがなかった(または期限切れ)ので、新しいセッションを作った。',
    'The store had no row (or an expired one), so a new session was made.',
    'store.get.null-or-undefined-means-not-found',
  ),
  'cookie signature invalid': explained(
    'Cookieの署名が合わないので、このCookieを無視した。',
    'The signature does not fit, so the cookie was ignored.',
    'secret.signs-session-id-cookie',
  ),
  'cookie unsigned': explained(
    'Cookieの値がs:で始まらない(署名がない)ので、無視した。',
    'The value does not begin with s: (it is unsigned), so the cookie was ignored.',
    'secret.signs-session-id-cookie',
  ),
  'saving ': explained(
    'セッションをストアに書いている(set)。書けたかどうかは、ストアの呼び出しの結果に出る。',
    'The session is being written to the store (set); the result of the call tells whether it was.',
    'session.save.replaces-store-contents',
  ),
  'reloading ': explained(
    'セッションをストアから読み直した。',
    'The session was read again from the store.',
    'session.reload.repopulates-from-store',
  ),
  touching: explained(
    'データに変更がないので、レコードの期限だけを延ばす(touch)。',
    'The data did not change: only the expiry of the row is extended (touch).',
    'session.touch.called-by-middleware',
  ),
  touched: explained(
    'レコードの期限を延ばし終えた。',
    'The expiry of the row has been extended.',
    'store.touch.recommended',
  ),
  destroying: explained(
    'req.sessionがなくなっており、unsetが"destroy"なので、レコードを消す。',
    'req.session is gone and unset is "destroy": the row is being removed.',
    'unset.destroy-deletes-when-response-ends',
  ),
  destroyed: explained(
    'レコードを消し終えた。',
    'The row has been removed.',
    'unset.destroy-deletes-when-response-ends',
  ),
  'no session': explained(
    'レスポンスのときreq.sessionがなかった(destroyの後など)。保存もSet-Cookieもない。',
    'There was no req.session at the response (after destroy, for example): nothing is saved, no Set-Cookie.',
    'session.destroy.unsets-req.session',
  ),
  'not secured': explained(
    'cookie.secureが有効なのにHTTPSの接続ではないので、Set-Cookieを出さなかった。',
    'cookie.secure is on and the connection is not HTTPS: no Set-Cookie was sent.',
    'cookie.secure.no-cookie-set-over-http',
  ),
  'pathname mismatch': explained(
    'URLがcookie.pathの外なので、express-sessionは何もしなかった。',
    'The URL lies outside cookie.path, so express-session did nothing.',
    'cookie.path.sets-attribute',
  ),
  'store is disconnected': explained(
    'ストアとの接続が切れているので、セッションなしで先へ進んだ。',
    'The store is disconnected, so the request went on without a session.',
    'store.must-be-EventEmitter-with-methods',
  ),
  'error ': explained(
    'ストアがエラーを返した。エラーはアプリのエラー処理に渡った。',
    "The store gave an error; it went to the app's error handling.",
    'store.get.required',
  ),
  'split response': explained(
    '保存が終わるまでレスポンスを終わらせないように、最後の1バイトを後に残して送った。',
    'The last byte of the response was held back, so that it does not end before the session is saved.',
    'session.save.automatic-at-end-when-altered',
  ),
  'session ignored because of bogus req.sessionID': explained(
    'req.sessionIDが文字列ではないので、セッションを無視した。',
    'req.sessionID is no string, so the session was ignored.',
    'genid.function-supplies-session-id',
  ),
  'set-cookie ': explained(
    'レスポンスにSet-Cookieを付けた。',
    'A Set-Cookie line was added to the response.',
    'name.sets-and-reads-cookie-name',
  ),
}

/** Why a response has no `Set-Cookie` of the session. */
export const whyWords: Readonly<Record<WhyNoCookie, Explained>> = {
  'in-flight': explained('レスポンスは、まだ終わっていない。', 'The response has not ended yet.'),
  'before-session': explained(
    'このリクエストはexpress-sessionまで届いていない(静的ファイルやfaviconは、その前に答えられる)。',
    'This request never reached express-session (static files and the favicon are answered before it).',
  ),
  'no-lines': explained(
    'express-sessionのデバッグ行を記録していないので、理由はわからない。',
    "express-session's debug lines are not being recorded, so the reason is not known.",
  ),
  disconnected: explained(
    'ストアとの接続が切れているので、セッションなしで処理された。',
    'The store is disconnected: the request was served without a session.',
    'store.must-be-EventEmitter-with-methods',
  ),
  path: explained(
    'URLがcookie.pathの外なので、express-sessionは働かない。',
    'The URL lies outside cookie.path: express-session stays out of it.',
    'cookie.path.sets-attribute',
  ),
  'not-secured': explained(
    'cookie.secureが有効で、接続がHTTPSではないため。レコードは作られても、Cookieは送られない。',
    'cookie.secure is on and the connection is not HTTPS. The row may be written, but the cookie is not sent.',
    'cookie.secure.no-cookie-set-over-http',
  ),
  'never-answered': explained(
    'レスポンスは一度も送られなかった。next()の呼び忘れ、エラー処理の抜け、戻らないストアなどで待ち続け、相手が接続を閉じた。',
    'No response was ever sent: a forgotten next(), an error that nobody answers, a store that does not come back; then the other side closed the connection.',
  ),
  'cut-off': explained(
    'ヘッダーは送られたが、レスポンスが終わる前に接続が切れた。express-sessionはレスポンスの終わりに保存するので、ヘッダーの後の変更は残らない。',
    'The head had left, and the response was cut off before its end. express-session saves at the end: what was changed since is not kept.',
    'session.save.automatic-at-end-when-altered',
  ),
  'head-sent': explained(
    'セッションに書いたとき、レスポンスのヘッダーはもう送られていた(res.write、flushHeaders、ストリームなど)。レコードは書かれても、Set-Cookieは付けられない。',
    'The head of the response had already left when the session was written (res.write, flushHeaders, a stream). The row may be written, but no Set-Cookie can be added any more.',
    'session.save.automatic-at-end-when-altered',
  ),
  'not-serialised': explained(
    'セッションは書かれ、Cookieを出すはずだったが、Set-Cookieは作られなかった。cookieの設定(domain、pathなど)に、Cookieに書けない値がある。エラーはアプリのエラー処理へ渡る。',
    'The session was written and a cookie was due, but no Set-Cookie line could be made: one of the cookie options (domain, path, …) has a value that no cookie can hold. The error goes to the app.',
    'cookie.domain.sets-attribute',
  ),
  'store-error': explained(
    'ストアがエラーを返したため、このレスポンスにセッションはない。',
    'The store gave an error, so this response has no session.',
    'store.get.required',
  ),
  'no-session': explained(
    'レスポンスのときreq.sessionがなかったため(destroyの後など)。ブラウザーのCookieは消えずに残る。',
    "There was no req.session at the response (after destroy, for example). The browser's cookie stays as it is.",
    'session.destroy.unsets-req.session',
  ),
  bogus: explained(
    'req.sessionIDが文字列ではないため。',
    'req.sessionID is no string.',
    'genid.function-supplies-session-id',
  ),
  'kept-no-expiry': explained(
    'ブラウザーのCookieは期限を持たず、そのまま使えるため(rolling: false)。',
    "The browser's cookie has no expiry and goes on being good (rolling: false).",
    'rolling.default-false',
  ),
  'kept-unmodified': explained(
    '既存のセッションに変更がないため(rolling: false)。Cookieの期限は延びない。',
    "An existing session, unmodified (rolling: false). The cookie's expiry is not extended.",
    'rolling.default-false',
  ),
  uninitialized: explained(
    'レスポンスが始まるまでに、新しいセッションに何も書かれなかったため(saveUninitialized: false)。レコードも作られない。レスポンスの後に書いたものは保存されない。',
    'Nothing was written to the new session by the time the response began (saveUninitialized: false), and no row is made. What is written later is not saved.',
    'saveUninitialized.uninitialized-means-new-and-unmodified',
  ),
  unknown: explained(
    '記録からは理由を決められない。下のデバッグ行を見ること。',
    'The record does not tell why; see the debug lines below.',
  ),
}
