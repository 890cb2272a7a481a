import type { Words } from '../../common/words.ts'

/**
 * Hints that somebody has thought about: where to look, what decides it, and what to change. The lines of the
 * mended code are shown with the last one.
 */
export const writtenHints: Readonly<Record<string, readonly [Words, Words, Words]>> = {
  'counter/cookie-only': [
    {
      ja: 'session destroy!を押してから、観察の③を見てください。ブラウザーのCookieは消えたのに、サーバーのレコードはどうなっていますか。',
      en: 'Press session destroy! and look at column ③: the browser’s cookie is gone. What about the row on the server?',
    },
    {
      ja: 'res.clearCookieがするのは、ブラウザーに「忘れて」と頼むことだけです。値を写しておいた人には効きません。セッションを終わらせられるのは、レコードを持つ側です。',
      en: 'res.clearCookie merely asks the browser to forget. Whoever copied the value is not asked. Only the side that holds the row can end a session.',
    },
    {
      ja: 'req.session.destroyでレコードを消し、消し終わってから(コールバックの中で)リダイレクトします。',
      en: 'Remove the row with req.session.destroy, and redirect when that is done: in its callback.',
    },
  ],
  'welcome/readme': [
    {
      ja: 'レスポンスの先頭(ヘッダー)がブラウザーへ送り出されるのは、何行目でしょうか。maxAgeを読むのは、その前ですか、後ですか。',
      en: 'In which line does the head of the response leave? Is maxAge read before it, or after?',
    },
    {
      ja: '最初のres.write()でヘッダーが出ます。express-sessionはその直前にセッションをtouchし、maxAgeを60秒に戻します。「リクエストが来たときの残り」を知りたければ、その前に読むしかありません。',
      en: 'The first res.write() sends the head, and right before that express-session touches the session: maxAge is 60 s again. What was left when the request came can only be read earlier.',
    },
    {
      ja: '本文を先に文字列に組み立てて(ここでmaxAgeを読む)、最後にres.end()で1度に送ります。',
      en: 'Put the body together as a string first, reading maxAge meanwhile, and send it in one piece with res.end().',
    },
  ],
  'cookie-attributes/httponly-undefined': [
    {
      ja: '観察の①で、Set-Cookieの属性を全部読んでください。あるはずのものが1つありません。',
      en: 'Read all attributes of Set-Cookie in column ①. One that should be there is not.',
    },
    {
      ja: '「設定がないから既定値になる」とは限りません。express-sessionは、渡された値がundefinedでも既定値に上書きします。undefinedは、真か偽かでいえばどちらですか。',
      en: 'A missing setting is not always the default: express-session lets what it is given win, even undefined. Is undefined true or false?',
    },
    {
      ja: 'httpOnlyをtrueと書くか、項目ごと消して既定値(true)に任せます。設定値から渡すなら、undefinedのときの値を決めておきます。',
      en: 'Write httpOnly: true, or leave the entry out altogether to get the default. Where it comes from a setting, decide what undefined means.',
    },
  ],
  'secure-proxy/no-trust-proxy': [
    {
      ja: 'HTTPSで開いても、①のレスポンスにSet-Cookieがありません。アプリから見た接続は、HTTPSでしょうか、HTTPでしょうか。',
      en: 'Even over HTTPS, the response in column ① has no Set-Cookie. What does the connection look like to the app: HTTPS or HTTP?',
    },
    {
      ja: 'HTTPSを受けているのはプロキシで、アプリにはHTTPで届きます。プロキシはX-Forwarded-Protoに「https」と書いていますが、アプリはまだそれを信じていません。secure: trueのCookieは、HTTPSだとわかるまで送られません。',
      en: 'The proxy takes HTTPS, and the app gets HTTP. The proxy does write "https" into X-Forwarded-Proto, but the app does not trust it yet, and a secure: true cookie leaves only where the connection counts as HTTPS.',
    },
    {
      ja: '手前の1台を信じる、とExpressに伝えます。何台でも信じる設定(true)にすると、訪問者が書いたヘッダーまで信じてしまいます。',
      en: 'Tell Express to trust one proxy, the first. Trusting any number (true) would also trust a header that a visitor wrote.',
    },
  ],
  'expiry/not-rolling': [
    {
      ja: '「読む」を続けて押し、②の残り秒数を見てください。「書く」のときとどこが違いますか。①のSet-Cookieの有無も比べてください。',
      en: 'Press read a few times and watch the seconds in column ②. What is different with write? Compare whether ① has a Set-Cookie.',
    },
    {
      ja: 'Cookieの期限は、Set-Cookieを送り直したときにだけ延びます。既定で送り直すのは、セッションの中身を変えたレスポンスだけです。',
      en: 'A cookie’s expiry moves only when Set-Cookie is sent again. By default only responses that changed the session do that.',
    },
    {
      ja: 'すべてのレスポンスで送り直すオプションが1つあります。公式ドキュメントで「Force the session identifier cookie to be set on every response」と説明されているものです。',
      en: 'There is one option that sends it with every response: in the documentation, "Force the session identifier cookie to be set on every response".',
    },
  ],
  'resave-race/resave-true': [
    {
      ja: '2つのリクエストを同時に送り、①でストアの呼び出しの順番を見てください。最後にsetしたのは、どちらのリクエストですか。',
      en: 'Send the two requests at once and look at the order of the store calls in column ①. Which of the two called set last?',
    },
    {
      ja: '/readは何も変えていないのに、読んだときの古い中身を書き戻しています。変えていないセッションを保存しない、という設定ができれば、上書きは起こりません。',
      en: '/read changes nothing, and yet writes back what it has read before. If a session that nobody changed were not saved, nothing would be overwritten.',
    },
    {
      ja: 'resaveをfalseにします。このストアにはtouchがあるので、期限はそれでも延びます。',
      en: 'Set resave to false. This store has touch, so the expiry is extended all the same.',
    },
  ],
  'redirect-save/no-save': [
    {
      ja: 'ストアの書き込みを800ミリ秒遅くしてから送信し、①でPOSTのsetと、次のGETのgetの順番を見てください。',
      en: 'Make the store write 800 ms late, send the form, and compare in column ① when the POST’s set and the next GET’s get happened.',
    },
    {
      ja: 'ブラウザーは、リダイレクトのヘッダーが届いた時点で次のページを取りに行きます。そのとき、レスポンスの終わりに行われる自動保存は、まだ済んでいません。',
      en: 'A browser follows a redirect as soon as its headers are there. The automatic save at the end of the response is not over by then.',
    },
    {
      ja: 'req.session.saveを呼び、コールバックの中で(保存が済んでから)リダイレクトします。エラーはnextへ渡します。',
      en: 'Call req.session.save, and redirect in its callback, when the row is written. Hand an error to next.',
    },
  ],
  'login/no-regenerate': [
    {
      ja: 'ログインの前と後で、②のIDの色と短い名前を比べてください。ログイン前のIDを別の誰かが知っていたら、何ができますか。',
      en: 'Compare colour and short name of the ID in column ② before and after the login. If somebody else knew the ID from before, what could they do?',
    },
    {
      ja: 'IDが同じままだと、攻撃者が先に仕込んだIDが、ログイン後もそのまま通用します(セッション固定攻撃)。権限が変わるときに、IDを新しくする必要があります。',
      en: 'With the same ID, one that an attacker has planted before is good after the login too: session fixation. When rights change, the ID has to change.',
    },
    {
      ja: 'req.session.regenerateを呼び、そのコールバックの中で新しいreq.sessionに利用者を書き、saveしてからリダイレクトします。',
      en: 'Call req.session.regenerate; in its callback write the user into the new req.session, save, and then redirect.',
    },
  ],
  'login/clear-cookie': [
    {
      ja: 'ログアウトしてから③を見てください。利用者の名前が入ったレコードが、まだありませんか。その古いIDを送ると、どうなるでしょうか。',
      en: 'Log out and look at column ③. Is there still a row with the user’s name in it? What happens to whoever sends that old ID?',
    },
    {
      ja: 'ログアウトでは2つのことが要ります。古いIDのレコードから利用者を消すことと、ログアウト後のIDを新しくすることです。Cookieを消しても、どちらも起こりません。',
      en: 'A logout has two things to do: take the user out of the old row, and go on with a new ID. Clearing the cookie does neither.',
    },
    {
      ja: 'req.session.userをnullにしてsaveし、そのコールバックでregenerateし、さらにそのコールバックでリダイレクトします。順番が大事です。先にregenerateすると、古いレコードに利用者が残るかもしれません。',
      en: 'Set req.session.user to null and save; regenerate in that callback; redirect in the next. The order matters: it is the old row that has to lose its user.',
    },
  ],
  'secret/changed': [
    {
      ja: '鍵を替えた後の最初のリクエストを①で見てください。Cookieは届いているのに、なぜ新しいセッションになるのでしょうか。③の古いレコードは消えましたか。',
      en: 'Look at the first request after the change in column ①. The cookie arrives: why is the session new? Is the old row in ③ gone?',
    },
    {
      ja: 'レコードは残っています。合わないのは署名です。署名を「作る」鍵は1つでも、「確かめる」鍵は複数あってかまいません。secretには配列も書けます。',
      en: 'The row is there: it is the signature that does not fit. One secret makes signatures, but several may verify them: secret takes a list.',
    },
    {
      ja: '新しい鍵を先頭に、前の鍵をその後ろに置いた配列を渡します。先頭の鍵が署名し、すべての鍵が検証に使われます。',
      en: 'Pass a list with the new secret first and the previous one behind it. The first signs; all of them verify.',
    },
  ],
}
