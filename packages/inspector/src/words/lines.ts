import type { DebugLine } from '../model/why.ts'
import { type Explained, explained } from './words.ts'

/** What express-session's debug lines mean. */
export const lineWords: Readonly<Record<DebugLine, Explained>> = {
  'no SID sent, generating session': explained(
    '使えるセッションIDが届かなかったので、新しいセッションを作りました。',
    'No usable session id arrived, so a new session was made.',
    'session.id.unique-per-session',
  ),
  'fetching ': explained(
    '署名が正しかったので、そのsidのレコードをストアに求めました。',
    'The signature was right, so the store was asked for the row of this sid.',
    'store.get.required',
  ),
  'session found': explained(
    'ストアにレコードがありました。',
    'The store had the row.',
    'req.session.stores-and-reads-data',
  ),
  'no session found': explained(
    'ストアにレコードがなかった(または期限切れ)ので、新しいセッションを作りました。',
    'The store had no row (or an expired one), so a new session was made.',
    'store.get.null-or-undefined-means-not-found',
  ),
  'cookie signature invalid': explained(
    'Cookieの署名が合わないので、このCookieを無視しました。',
    'The signature does not fit, so the cookie was ignored.',
    'secret.signs-session-id-cookie',
  ),
  'cookie unsigned': explained(
    'Cookieの値がs:で始まらない(署名がない)ので、無視しました。',
    'The value does not begin with s: (it is unsigned), so the cookie was ignored.',
    'secret.signs-session-id-cookie',
  ),
  'saving ': explained(
    'セッションをストアに書いています(set)。書けたかどうかは、ストアの呼び出しの結果に出ます。',
    'The session is being written to the store (set); the result of the call tells whether it was.',
    'session.save.replaces-store-contents',
  ),
  'reloading ': explained(
    'セッションをストアから読み直しました。',
    'The session was read again from the store.',
    'session.reload.repopulates-from-store',
  ),
  touching: explained(
    'データに変更がないので、レコードの期限だけを延ばします(touch)。',
    'The data did not change: only the expiry of the row is extended (touch).',
    'session.touch.called-by-middleware',
  ),
  touched: explained(
    'レコードの期限を延ばし終えました。',
    'The expiry of the row has been extended.',
    'store.touch.recommended',
  ),
  destroying: explained(
    'req.sessionがなくなっており、unsetが"destroy"なので、レコードを消します。',
    'req.session is gone and unset is "destroy": the row is being removed.',
    'unset.destroy-deletes-when-response-ends',
  ),
  destroyed: explained(
    'レコードを消し終えました。',
    'The row has been removed.',
    'unset.destroy-deletes-when-response-ends',
  ),
  'no session': explained(
    'レスポンスのときreq.sessionがありませんでした(destroyの後など)。保存もSet-Cookieもありません。',
    'There was no req.session at the response (after destroy, for example): nothing is saved, no Set-Cookie.',
    'session.destroy.unsets-req.session',
  ),
  'not secured': explained(
    'cookie.secureが有効なのにHTTPSの接続ではないので、Set-Cookieを出しませんでした。',
    'cookie.secure is on and the connection is not HTTPS: no Set-Cookie was sent.',
    'cookie.secure.no-cookie-set-over-http',
  ),
  'pathname mismatch': explained(
    'URLがcookie.pathの外なので、express-sessionは何もしませんでした。',
    'The URL lies outside cookie.path, so express-session did nothing.',
    'cookie.path.sets-attribute',
  ),
  'store is disconnected': explained(
    'ストアとの接続が切れているので、セッションなしで先へ進みました。',
    'The store is disconnected, so the request went on without a session.',
    'store.must-be-EventEmitter-with-methods',
  ),
  'error ': explained(
    'ストアがエラーを返しました。エラーはアプリのエラー処理に渡りました。',
    "The store gave an error; it went to the app's error handling.",
    'store.get.required',
  ),
  'split response': explained(
    '保存が終わるまでレスポンスを終わらせないように、最後の1バイトを後に残して送りました。',
    'The last byte of the response was held back, so that it does not end before the session is saved.',
    'session.save.automatic-at-end-when-altered',
  ),
  'session ignored because of bogus req.sessionID': explained(
    'req.sessionIDが文字列ではないので、セッションを無視しました。',
    'req.sessionID is no string, so the session was ignored.',
    'genid.function-supplies-session-id',
  ),
  'set-cookie ': explained(
    'レスポンスにSet-Cookieを付けました。',
    'A Set-Cookie line was added to the response.',
    'name.sets-and-reads-cookie-name',
  ),
}
