import type { WhyNoCookie } from '../model/why.ts'
import { type Explained, explained } from './words.ts'

/** Why a response has no `Set-Cookie` of the session. */
export const whyWords: Readonly<Record<WhyNoCookie, Explained>> = {
  'in-flight': explained('レスポンスは、まだ終わっていません。', 'The response has not ended yet.'),
  'before-session': explained(
    'このリクエストはexpress-sessionまで届いていません(静的ファイルやfaviconには、その前で答えます)。',
    'This request never reached express-session (static files and the favicon are answered before it).',
  ),
  'loaded-before': explained(
    'わかりません。express-sessionのほうが先に読み込まれていたので、その動きを見られません。express-session-inspectorを、express-sessionより前に読み込んでください(起動するときは--importか--requireの最初に、コードではrequireやimportの行を前に)。',
    'Not known: express-session was loaded before the inspector, which cannot see what it does. Load express-session-inspector before express-session: first of all --import and --require, or, in code, in a line before it.',
  ),
  'no-lines': explained(
    'express-sessionのデバッグ行を記録していないので、理由はわかりません。',
    "express-session's debug lines are not being recorded, so the reason is not known.",
  ),
  disconnected: explained(
    'ストアとの接続が切れているので、セッションなしで処理されました。',
    'The store is disconnected: the request was served without a session.',
    'store.must-be-EventEmitter-with-methods',
  ),
  path: explained(
    'URLがcookie.pathの外なので、express-sessionは働きません。',
    'The URL lies outside cookie.path: express-session stays out of it.',
    'cookie.path.sets-attribute',
  ),
  'not-secured': explained(
    'cookie.secureが有効で、接続がHTTPSではないためです。レコードは作られても、Cookieは送られません。',
    'cookie.secure is on and the connection is not HTTPS. The row may be written, but the cookie is not sent.',
    'cookie.secure.no-cookie-set-over-http',
  ),
  'never-answered': explained(
    'レスポンスは一度も送られませんでした。next()の呼び忘れ、エラー処理の抜け、戻らないストアなどで待ち続け、相手が接続を閉じました。',
    'No response was ever sent: a forgotten next(), an error that nobody answers, a store that does not come back; then the other side closed the connection.',
  ),
  'cut-off': explained(
    'ヘッダーは送られましたが、レスポンスが終わる前に接続が切れました。express-sessionはレスポンスの終わりに保存するので、ヘッダーの後の変更は残りません。',
    'The head had left, and the response was cut off before its end. express-session saves at the end: what was changed since is not kept.',
    'session.save.automatic-at-end-when-altered',
  ),
  'head-sent': explained(
    'セッションに書いたとき、レスポンスのヘッダーはもう送られていました(res.write、flushHeaders、ストリームなど)。レコードは書かれても、Set-Cookieは付けられません。',
    'The head of the response had already left when the session was written (res.write, flushHeaders, a stream). The row may be written, but no Set-Cookie can be added any more.',
    'session.save.automatic-at-end-when-altered',
  ),
  'not-serialised': explained(
    'セッションは書かれ、Cookieを出すはずでしたが、Set-Cookieは作られませんでした。cookieの設定(domain、pathなど)に、Cookieに書けない値があります。エラーはアプリのエラー処理へ渡ります。',
    'The session was written and a cookie was due, but no Set-Cookie line could be made: one of the cookie options (domain, path, …) has a value that no cookie can hold. The error goes to the app.',
    'cookie.domain.sets-attribute',
  ),
  'store-error': explained(
    'ストアがエラーを返したため、このレスポンスにセッションはありません。',
    'The store gave an error, so this response has no session.',
    'store.get.required',
  ),
  'no-session': explained(
    'レスポンスのときreq.sessionがなかったためです(destroyの後など)。ブラウザーのCookieは消えずに残ります。',
    "There was no req.session at the response (after destroy, for example). The browser's cookie stays as it is.",
    'session.destroy.unsets-req.session',
  ),
  bogus: explained(
    'req.sessionIDが文字列ではないためです。',
    'req.sessionID is no string.',
    'genid.function-supplies-session-id',
  ),
  'kept-no-expiry': explained(
    'ブラウザーのCookieは期限を持たず、そのまま使えるためです(rolling: false)。',
    "The browser's cookie has no expiry and goes on being good (rolling: false).",
    'rolling.default-false',
  ),
  'kept-unmodified': explained(
    '既存のセッションに変更がないためです(rolling: false)。Cookieの期限は延びません。',
    "An existing session, unmodified (rolling: false). The cookie's expiry is not extended.",
    'rolling.default-false',
  ),
  uninitialized: explained(
    'レスポンスが始まるまでに、新しいセッションに何も書かれなかったためです(saveUninitialized: false)。レコードも作られません。レスポンスの後に書いたものは保存されません。',
    'Nothing was written to the new session by the time the response began (saveUninitialized: false), and no row is made. What is written later is not saved.',
    'saveUninitialized.uninitialized-means-new-and-unmodified',
  ),
  unknown: explained(
    '記録からは理由を決められません。下のデバッグ行を見てください。',
    'The record does not tell why; see the debug lines below.',
  ),
}
