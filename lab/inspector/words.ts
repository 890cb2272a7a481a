import type { SignatureState } from './model/cookie-value.ts'
import type { Refusal } from './model/jar.ts'
import type { Outcome } from './model/processes.ts'
import type { AttributeKey } from './model/set-cookie.ts'
import type { CookieState, RowState } from './model/verdict.ts'

export type Language = 'ja' | 'en'

/** One text in both languages. */
export type Words = Readonly<Record<Language, string>>

/** A text and the id of the documented statement that it belongs to. */
export interface Explained {
  words: Words
  statement?: string
}

const explained = (ja: string, en: string, statement?: string): Explained => ({
  words: { ja, en },
  ...(statement && { statement }),
})

/** express-session's debug lines, each by what it begins with. */
export const lineWords: readonly (Explained & { start: string })[] = [
  {
    start: 'no SID sent, generating session',
    ...explained(
      '使えるセッションIDが届かなかったので、新しいセッションを作った。',
      'No usable session id arrived, so a new session was made.',
      'session.id.unique-per-session',
    ),
  },
  {
    start: 'fetching ',
    ...explained(
      '署名が正しかったので、そのsidの行をストアに求めた。',
      'The signature was right, so the store was asked for the row of this sid.',
      'store.get.required',
    ),
  },
  {
    start: 'session found',
    ...explained('ストアに行があった。', 'The store had the row.', 'req.session.stores-and-reads-data'),
  },
  {
    start: 'no session found',
    ...explained(
      'ストアに行がなかった(または期限切れ)ので、新しいセッションを作った。',
      'The store had no row (or an expired one), so a new session was made.',
      'store.get.null-or-undefined-means-not-found',
    ),
  },
  {
    start: 'cookie signature invalid',
    ...explained(
      'Cookieの署名が合わないので、このCookieを無視した。',
      'The signature does not fit, so the cookie was ignored.',
      'secret.signs-session-id-cookie',
    ),
  },
  {
    start: 'cookie unsigned',
    ...explained(
      'Cookieの値がs:で始まらない(署名がない)ので、無視した。',
      'The value does not begin with s: (it is unsigned), so the cookie was ignored.',
      'secret.signs-session-id-cookie',
    ),
  },
  {
    start: 'saving ',
    ...explained(
      'セッションをストアに書いた(set)。',
      'The session was written to the store (set).',
      'session.save.replaces-store-contents',
    ),
  },
  {
    start: 'reloading ',
    ...explained(
      'セッションをストアから読み直した。',
      'The session was read again from the store.',
      'session.reload.repopulates-from-store',
    ),
  },
  {
    start: 'touching',
    ...explained(
      'データに変更がないので、行の期限だけを延ばす(touch)。',
      'The data did not change: only the expiry of the row is extended (touch).',
      'session.touch.called-by-middleware',
    ),
  },
  {
    start: 'touched',
    ...explained(
      '行の期限を延ばし終えた。',
      'The expiry of the row has been extended.',
      'store.touch.recommended',
    ),
  },
  {
    start: 'destroying',
    ...explained(
      'req.sessionがなくなっており、unsetが"destroy"なので、行を消す。',
      'req.session is gone and unset is "destroy": the row is being removed.',
      'unset.destroy-deletes-when-response-ends',
    ),
  },
  {
    start: 'destroyed',
    ...explained('行を消し終えた。', 'The row has been removed.', 'unset.destroy-deletes-when-response-ends'),
  },
  {
    start: 'no session',
    ...explained(
      '応答のときreq.sessionがなかった(destroyの後など)。保存もSet-Cookieもない。',
      'There was no req.session at the response (after destroy, for example): nothing is saved, no Set-Cookie.',
      'session.destroy.unsets-req.session',
    ),
  },
  {
    start: 'not secured',
    ...explained(
      'cookie.secureが有効なのにHTTPSの接続ではないので、Set-Cookieを出さなかった。',
      'cookie.secure is on and the connection is not HTTPS: no Set-Cookie was sent.',
      'cookie.secure.no-cookie-set-over-http',
    ),
  },
  {
    start: 'pathname mismatch',
    ...explained(
      'URLがcookie.pathの外なので、express-sessionは何もしなかった。',
      'The URL lies outside cookie.path, so express-session did nothing.',
      'cookie.path.sets-attribute',
    ),
  },
  {
    start: 'store is disconnected',
    ...explained(
      'ストアとの接続が切れているので、セッションなしで先へ進んだ。',
      'The store is disconnected, so the request went on without a session.',
      'store.must-be-EventEmitter-with-methods',
    ),
  },
  {
    start: 'error ',
    ...explained(
      'ストアがエラーを返した。エラーはアプリのエラー処理に渡った。',
      "The store gave an error; it went to the app's error handling.",
      'store.get.required',
    ),
  },
  {
    start: 'split response',
    ...explained(
      '保存が終わるまで応答を終わらせないように、最後の1バイトを後に残して送った。',
      'The last byte of the response was held back, so that it does not end before the session is saved.',
      'session.save.automatic-at-end-when-altered',
    ),
  },
  {
    start: 'session ignored because of bogus req.sessionID',
    ...explained(
      'req.sessionIDが文字列ではないので、セッションを無視した。',
      'req.sessionID is no string, so the session was ignored.',
      'genid.function-supplies-session-id',
    ),
  },
  {
    start: 'set-cookie ',
    ...explained(
      '応答にSet-Cookieを付けた。',
      'A Set-Cookie line was added to the response.',
      'name.sets-and-reads-cookie-name',
    ),
  },
]

export type WhyNoCookie =
  | 'in-flight'
  | 'before-session'
  | 'disconnected'
  | 'path'
  | 'not-secured'
  | 'store-error'
  | 'no-session'
  | 'bogus'
  | 'kept-no-expiry'
  | 'kept-unmodified'
  | 'uninitialized'
  | 'no-lines'
  | 'unknown'

/** Why a response has no `Set-Cookie` of the session. */
export const whyWords: Readonly<Record<WhyNoCookie, Explained>> = {
  'in-flight': explained('応答は、まだ終わっていない。', 'The response has not ended yet.'),
  'before-session': explained(
    'この要求はexpress-sessionまで届いていない(静的ファイルやfaviconは、その前に答えられる)。',
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
    'cookie.secureが有効で、接続がHTTPSではないため。行は作られても、Cookieは送られない。',
    'cookie.secure is on and the connection is not HTTPS. The row may be written, but the cookie is not sent.',
    'cookie.secure.no-cookie-set-over-http',
  ),
  'store-error': explained(
    'ストアがエラーを返したため、この応答にセッションはない。',
    'The store gave an error, so this response has no session.',
    'store.get.required',
  ),
  'no-session': explained(
    '応答のときreq.sessionがなかったため(destroyの後など)。ブラウザーのCookieは消えずに残る。',
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
    '新しいセッションに何も書かれなかったため(saveUninitialized: false)。行も作られない。',
    'Nothing was written to the new session (saveUninitialized: false). No row is made either.',
    'saveUninitialized.uninitialized-means-new-and-unmodified',
  ),
  unknown: explained(
    '記録からは理由を決められない。下のデバッグ行を見ること。',
    'The record does not tell why; see the debug lines below.',
  ),
}

/** What an attribute of `Set-Cookie` tells the browser. */
export const attributeWords: Readonly<Record<AttributeKey, Explained>> = {
  expires: explained(
    'この時刻を過ぎたら捨てる。express-sessionは「サーバーの時刻 + maxAge」を秒に切り捨てて送る。',
    'Drop it after this moment. express-session sends "server time + maxAge", cut to whole seconds.',
    'cookie.maxAge.expires-is-server-time-plus-maxAge',
  ),
  'max-age': explained(
    '受け取ってから、この秒数で捨てる。express-sessionは送らない。',
    'Drop it this many seconds after receipt. express-session does not send it.',
    'cookie.maxAge.expires-is-server-time-plus-maxAge',
  ),
  domain: explained(
    'このドメインと、その下のすべてのホストに送る。',
    'Send it to this domain and every host below it.',
    'cookie.domain.sets-attribute',
  ),
  path: explained(
    'このパスより下への要求にだけ送る。',
    'Send it only with requests below this path.',
    'cookie.path.sets-attribute',
  ),
  secure: explained(
    'HTTPSの要求にだけ送る(localhostへのHTTPでは、Chromiumは送る)。',
    'Send it over HTTPS only (Chromium also sends it to http://localhost).',
    'cookie.secure.boolean-controls-attribute',
  ),
  httponly: explained(
    'ページのスクリプト(document.cookie)から見えないようにする。',
    "Hide it from the page's scripts (document.cookie).",
    'cookie.httpOnly.boolean-controls-attribute',
  ),
  samesite: explained(
    '別のサイトから始まった要求に送るかどうか。Strict: 送らない、Lax: リンクをたどるGETにだけ送る、None: いつも送る(Secureが必要)。',
    'Whether to send it with requests begun by another site. Strict: no; Lax: only when following a link (GET); None: always (needs Secure).',
    'cookie.sameSite.lax-value',
  ),
  priority: explained(
    'Cookieが多すぎるとき、どれから捨てるか(Chromiumの拡張)。',
    'Which cookies to drop first when there are too many (an extension in Chromium).',
    'cookie.priority.low-medium-high',
  ),
  partitioned: explained(
    '埋め込まれたとき、外側のサイトごとに別のCookieとして扱う(Secureが必要)。',
    'When embedded, keep a separate cookie for each top-level site (needs Secure).',
    'cookie.partitioned.truthy-sets-attribute',
  ),
  unknown: explained('標準にない属性。ブラウザーは無視する。', 'No standard attribute; browsers ignore it.'),
}

/** What the absence of an attribute means. */
export const absentWords: Readonly<Record<'expires' | 'domain' | 'samesite' | 'httponly', Explained>> = {
  expires: explained(
    'Expiresなし: ブラウザーを閉じるまで残る。',
    'No Expires: it lasts until the browser closes.',
    'cookie.expires.none-means-non-persistent',
  ),
  domain: explained(
    'Domainなし: このホストにだけ送る。',
    'No Domain: it is sent to this host only.',
    'cookie.domain.default-applies-to-current-host-only',
  ),
  samesite: explained(
    'SameSiteなし: 多くのブラウザーはLaxとして扱う。',
    'No SameSite: most browsers treat it as Lax.',
    'cookie.sameSite.false-omits-attribute',
  ),
  httponly: explained(
    'HttpOnlyなし: ページのスクリプトから読める。',
    "No HttpOnly: the page's scripts can read it.",
    'cookie.httpOnly.boolean-controls-attribute',
  ),
}

export const refusalWords: Readonly<Record<Refusal, Words>> = {
  unreadable: { ja: 'Set-Cookieの形が正しくない。', en: 'The Set-Cookie line is malformed.' },
  domain: {
    ja: 'Domainが、応答したホストを含んでいない。',
    en: 'Domain does not include the host that answered.',
  },
  'public-suffix': {
    ja: 'Domainが公開サフィックス(comやco.jpのようなもの)である。',
    en: 'Domain is a public suffix (such as com or co.jp).',
  },
  'secure-over-http': { ja: 'SecureなのにHTTPで届いた。', en: 'Secure, but it came over HTTP.' },
  prefix: {
    ja: '名前が__Host-か__Secure-で始まるのに、その条件を満たしていない。',
    en: 'The name begins with __Host- or __Secure- and the conditions for that are not met.',
  },
  'none-needs-secure': { ja: 'SameSite=NoneにはSecureが必要。', en: 'SameSite=None needs Secure.' },
  'partitioned-needs-secure': { ja: 'PartitionedにはSecureが必要。', en: 'Partitioned needs Secure.' },
  'too-large': {
    ja: '名前と値が合わせて4096バイトを超えている。',
    en: 'Name and value together exceed 4096 bytes.',
  },
  unknown: {
    ja: '理由は記録からはわからない(ブラウザーの設定かもしれない)。',
    en: 'The record does not tell why (perhaps a setting of the browser).',
  },
}

export const cookieStateWords: Readonly<Record<CookieState, Words>> = {
  none: { ja: 'なし', en: 'none' },
  'until-close': { ja: 'ブラウザーを閉じるまで', en: 'until the browser closes' },
  remaining: { ja: 'あり', en: 'there' },
  expired: { ja: '期限切れ', en: 'expired' },
  refused: { ja: 'ブラウザーが受け取らなかった', en: 'refused by the browser' },
  wrong: { ja: '署名が合わない', en: 'signature does not fit' },
  doubled: { ja: '同じ名前で2つ', en: 'two of one name' },
}

export const rowStateWords: Readonly<Record<RowState, Words>> = {
  none: { ja: 'なし', en: 'none' },
  present: { ja: 'あり', en: 'there' },
  expired: { ja: '期限切れで残っている', en: 'expired, still lying there' },
}

export const signatureWords: Readonly<Record<SignatureState, Words>> = {
  valid: { ja: '署名は正しい', en: 'signature is right' },
  wrong: { ja: '署名が合わない', en: 'signature does not fit' },
  unsigned: { ja: '署名なし', en: 'unsigned' },
  unchecked: { ja: '署名は未確認', en: 'signature not checked' },
}

const ja = {
  title: '観察',
  wire: '① 通信',
  jar: '② ブラウザーのCookie',
  row: '③ サーバーの行',
  live: '今',
  goLive: '今に戻る',
  past: (step: string) => `${step} の直後の様子を見ています。`,
  waiting: 'まだ何も届いていません。デモを操作すると、ここに現れます。',
  nextRequest: 'この組み合わせの意味',
  measured: '実測',
  measuredNote: 'この画面への要求に付いていたCookieそのもの',
  inferred: '推定',
  inferredNote: '応答のSet-Cookieからの計算。ブラウザーの中は見ていない',
  measuredByBrowser: '実測(ブラウザー)',
  recorded: '記録',
  recordedNote: 'ストアの呼び出しの記録からの再現',
  attributesInferred: '属性は推定',
  seconds: (count: number) => `あと${count}秒`,
  minutes: (count: number) => `あと${count}分`,
  hours: (count: number) => `あと${count}時間`,
  days: (count: number) => `あと${count}日`,
  over: '期限切れ',
  cookie: 'Cookie',
  rowWord: '行',
  client: 'ブラウザー',
  clients: 'ブラウザーを選ぶ',
  you: 'この画面',
  byInspector: '観察画面が送信',
  sentBefore: '以前に送られた値',
  sent: '送られたCookie',
  notSent: 'なし',
  otherSent: (count: number) => `ほかに${count}個`,
  setCookie: 'Set-Cookie',
  noSetCookie: 'なし',
  why: '理由',
  whyNone: 'Set-Cookieがない理由',
  statement: '文書の記述',
  name: '名前',
  value: '値',
  partPrefix: '目印',
  partSid: 'sid',
  partSignature: '署名',
  unit: 'ミリ秒',
  calls: 'ストアの呼び出し',
  noCalls: 'ストアは呼ばれていない。',
  method: '呼び出し',
  result: '結果',
  duration: '時間',
  found: '行あり',
  missing: '行なし',
  done: '完了',
  failed: '失敗',
  pending: 'まだ戻らない',
  diff: 'セッションのデータ(前 → 後)',
  noDiff: '変更なし',
  added: '追加',
  removed: '削除',
  changed: '変更',
  moreChanges: (count: number) => `ほかに${count}か所の変更`,
  rough: '長いため、途中までの比較です。',
  cut: (count: number) => `…(${count}文字を省略)`,
  cutInRecord: '…(記録できる長さを超えたため、ここまで)',
  attributes: 'Set-Cookieの属性',
  lines: 'express-sessionのデバッグ行',
  noLines: 'なし(express-sessionまで届いていない)',
  unknownLine: '(このラボの知らない行)',
  timeline: '時間の流れ',
  timelineNote: '番号を選ぶと、三つの欄がその時点の様子になる。←→キーで前後へ動ける。',
  step: '要求',
  laneBrowser: 'ブラウザー',
  laneServer: 'サーバー',
  laneStore: 'ストア',
  process: (place: number, pid: number) => `プロセス${place}(${pid})`,
  processNote: '答えたプロセスの場所の番号と、かっこ内はプロセスID',
  processEnded: '終わったプロセス',
  processFailed: '答えなかった',
  divided: 'ただし、どのプロセスが答えるかによって違う。このCookieを最後に受け取ったときの結果:',
  legend: '記号の見方',
  legendSid: '同じ色・形・番号は、同じsid',
  legendSolid: 'Cookieまたは行がある',
  legendGhost: 'なくなった、または期限切れ',
  legendCalls: 'get 読む · set 書く · touch 期限だけ延ばす · destroy 消す',
  cookieEnds: 'Cookieの期限',
  rowEnds: '行の期限',
  exchanges: '要求の一覧',
  showAll: (count: number) => `${count}件すべてを表示`,
  showFew: '新しいものだけを表示',
  details: '選んだ要求の中身',
  server: 'サーバー',
  rows: 'ほかの行',
  ghost: '消えた行',
  goneBy: (id: number) => `要求${id}で消された`,
  goneUnseen: '要求とは別に消えた(ストアの片づけ、やり直しなど)',
  noRow: '行はない',
  unknownRow: 'わからない',
  data: 'データ',
  rowExpiry: '行の期限',
  cookieExpiry: 'Cookieの期限',
  noExpiry: 'なし',
  gone: 'ブラウザーから消えている(期限の前に、ここにないことを実測)',
  refusedWhy: '受け取らない理由',
  toldRefused: 'ブラウザーが受け取りを断った理由',
  toldWithheld: 'ブラウザーが付けなかった要求と、その理由',
  hostOnly: 'このホストだけ',
  tools: '道具',
  tamper: '署名を1文字変えて送る',
  tamperNote:
    'ブラウザーの今のCookieの署名を1文字だけ変え、このサーバーが自分のデモへGET / を送ります。ブラウザーのCookieは変わりません。',
  tamperNothing: '署名付きのCookieがこの画面に届いていないので、送れません。先にデモを操作してください。',
  scale: 'カウントダウンの目盛り',
  scaleSeconds: (count: number) => `${count}秒`,
  apply: '反映',
  exportJson: 'JSONに書き出す',
  exportNote: 'sidは別名に置き換わり、署名は含まれません。セッションのデータはそのまま入ります。',
  importJson: 'JSONを読み込む',
  importFile: '書き出したファイル',
  importText: 'または、JSONを貼り付ける',
  importButton: '読み込んで見る',
  imported: '読み込んだ記録を見ています。実行中のデモではありません。',
  leaveImported: '実行中のデモに戻る',
  clear: '記録を消す',
  alone: '観察だけを開く',
  reload: '更新',
  limits: 'この画面でわかること・わからないこと',
  limitClients:
    'ブラウザーは、ホスト名とUser-Agentの組で見分けています。同じホスト名を開いた同じ種類のブラウザー(別のプロフィールやシークレットウィンドウ)は、一つに見えます。',
  limitSecond:
    '二人目の訪問者がほしいときは、localhostの代わりに127.0.0.1を開いてください。Cookieは別々に保存されます。',
  limitMeasured:
    'Cookieの有無は、この画面への要求に付いてくるCookieで実測しています。Pathが/でないCookieと、ほかのブラウザーのCookieは推定です。',
  limitPeek: '行は、セッションの仕組みを通さずに横から見ています。見ても、行も期限も変わりません。',
  limitInferredRow: 'このストアは横から見られないので、行の様子は呼び出しの記録からの推定です。',
  limitCount: (count: number) => `新しい順に${count}件まで記録しています。`,
  announce: (what: string, count: number) =>
    count === 0 ? `${what}の期限が切れました` : `${what}、あと${count}秒`,
  lost: 'サーバーから返事がありません。つながり次第、自動で続けます。',
  newestFirst: '新しい順',
  otherLanguage: 'English',
  openDemo: 'デモを開く',
  status: '状態',
}

const en: typeof ja = {
  title: 'Observe',
  wire: '① On the wire',
  jar: "② The browser's cookie",
  row: "③ The server's row",
  live: 'now',
  goLive: 'back to now',
  past: (step) => `You are looking at the moment after ${step}.`,
  waiting: 'Nothing has arrived yet. Use the demo, and it appears here.',
  nextRequest: 'What this pair means',
  measured: 'measured',
  measuredNote: 'the very cookie that came with the request for this panel',
  inferred: 'inferred',
  inferredNote: 'computed from the Set-Cookie lines; nobody looked into the browser',
  measuredByBrowser: 'measured (browser)',
  recorded: 'recorded',
  recordedNote: 'reconstructed from the recorded store calls',
  attributesInferred: 'attributes are inferred',
  seconds: (count) => `${count} s left`,
  minutes: (count) => `${count} min left`,
  hours: (count) => `${count} h left`,
  days: (count) => `${count} days left`,
  over: 'expired',
  cookie: 'Cookie',
  rowWord: 'Row',
  client: 'Browser',
  clients: 'Choose a browser',
  you: 'this one',
  byInspector: 'sent by the inspector',
  sentBefore: 'sent earlier',
  sent: 'Cookie sent',
  notSent: 'none',
  otherSent: (count) => `and ${count} more`,
  setCookie: 'Set-Cookie',
  noSetCookie: 'none',
  why: 'why',
  whyNone: 'Why there is no Set-Cookie',
  statement: 'documented statement',
  name: 'Name',
  value: 'Value',
  partPrefix: 'mark',
  partSid: 'sid',
  partSignature: 'signature',
  unit: 'ms',
  calls: 'Store calls',
  noCalls: 'The store was not called.',
  method: 'Call',
  result: 'Result',
  duration: 'Time',
  found: 'row found',
  missing: 'no row',
  done: 'done',
  failed: 'failed',
  pending: 'not back yet',
  diff: 'Session data (before → after)',
  noDiff: 'unchanged',
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  moreChanges: (count) => `and ${count} more changes`,
  rough: 'Too long: compared only as far as it was kept.',
  cut: (count) => `… (${count} characters left out)`,
  cutInRecord: '… (cut here: too long to be recorded)',
  attributes: 'Attributes of Set-Cookie',
  lines: "express-session's debug lines",
  noLines: 'none (it did not reach express-session)',
  unknownLine: '(a line that this lab does not know)',
  timeline: 'Timeline',
  timelineNote: 'Choose a number and the three columns show that moment. The ← → keys step through.',
  step: 'request',
  laneBrowser: 'Browser',
  laneServer: 'Server',
  laneStore: 'Store',
  process: (place, pid) => `process ${place} (${pid})`,
  processNote: 'the place of the process that answered, with its process id',
  processEnded: 'has ended',
  processFailed: 'did not answer',
  divided: 'But it depends on which process answers. What each of them made of this cookie the last time:',
  legend: 'Legend',
  legendSid: 'same colour, shape and number: same sid',
  legendSolid: 'the cookie or row is there',
  legendGhost: 'gone or expired',
  legendCalls: 'get reads · set writes · touch only extends · destroy removes',
  cookieEnds: 'cookie expires',
  rowEnds: 'row expires',
  exchanges: 'Requests',
  showAll: (count) => `Show all ${count}`,
  showFew: 'Show the newest only',
  details: 'Inside the chosen request',
  server: 'Server',
  rows: 'Other rows',
  ghost: 'removed rows',
  goneBy: (id) => `removed in request ${id}`,
  goneUnseen: "removed outside of any request (the store's own cleaning, Start over)",
  noRow: 'there is no row',
  unknownRow: 'not known',
  data: 'Data',
  rowExpiry: 'Row expires',
  cookieExpiry: 'Cookie expires',
  noExpiry: 'no expiry',
  gone: 'gone from the browser (measured: not there, though it has not expired)',
  refusedWhy: 'Why it was refused',
  toldRefused: 'Why the browser refused it',
  toldWithheld: 'A request that the browser left it out of, and why',
  hostOnly: 'this host only',
  tools: 'Tools',
  tamper: 'Change one character of the signature and send it',
  tamperNote:
    "Takes the browser's present cookie, changes one character of its signature, and this server sends GET / with it to its own demo. The browser's cookie stays as it is.",
  tamperNothing: 'No signed cookie reaches this panel, so there is nothing to send. Use the demo first.',
  scale: 'Scale of the countdown',
  scaleSeconds: (count) => `${count} s`,
  apply: 'Apply',
  exportJson: 'Export as JSON',
  exportNote: 'Sids are replaced by aliases and signatures are left out. Session data goes in as it is.',
  importJson: 'Import JSON',
  importFile: 'An exported file',
  importText: 'or paste the JSON',
  importButton: 'Import and look at it',
  imported: 'You are looking at an imported record, not at the running demo.',
  leaveImported: 'Back to the running demo',
  clear: 'Clear the record',
  alone: 'Open the inspector alone',
  reload: 'Refresh',
  limits: 'What this page can know, and what it cannot',
  limitClients:
    'Browsers are told apart by host name and User-Agent. Two of the same kind on one host name (another profile, a private window) look like one.',
  limitSecond: 'For a second visitor open 127.0.0.1 instead of localhost: it has a cookie jar of its own.',
  limitMeasured:
    'Whether the cookie is there is measured by the cookie that comes with the request for this panel. Cookies whose Path is not /, and those of other browsers, are inferred.',
  limitPeek:
    'The row is looked at from the side, not through the session: looking changes neither row nor expiry.',
  limitInferredRow:
    'This store cannot be looked into from the side: the row is inferred from the recorded calls.',
  limitCount: (count) => `The newest ${count} requests are kept.`,
  announce: (what, count) => (count === 0 ? `${what} has expired` : `${what}: ${count} seconds left`),
  lost: 'The server does not answer. This goes on by itself when it does.',
  newestFirst: 'newest first',
  otherLanguage: '日本語',
  openDemo: 'open the demo',
  status: 'Status',
}

/** What the panel says. */
export const panelWords: Readonly<Record<Language, typeof ja>> = { ja, en }

/** What a process made of a cookie. */
export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  found: { ja: '行を見つけた', en: 'found the row' },
  missing: { ja: '行が見つからなかった', en: 'found no row' },
  refused: { ja: '署名が合わないので無視した', en: 'did not accept the signature' },
}

/** What Chromium says (CDP `Network.SetCookieBlockedReason`, `Network.CookieBlockedReason`), in plain words. */
export const browserReasonWords: Readonly<Record<string, Words>> = {
  SecureOnly: { ja: 'Secureなので、HTTPでは使えない', en: 'it is Secure, and this is plain HTTP' },
  SameSiteStrict: {
    ja: 'SameSite=Strictで、別サイトからの要求だった',
    en: 'SameSite=Strict, and the request came from another site',
  },
  SameSiteLax: {
    ja: 'SameSite=Laxで、別サイトからのリンク以外の要求だった',
    en: 'SameSite=Lax, and the request came from another site otherwise than by a link',
  },
  SameSiteUnspecifiedTreatedAsLax: {
    ja: 'SameSiteがないのでLaxとみなされ、別サイトからの要求だった',
    en: 'no SameSite counts as Lax, and the request came from another site',
  },
  SameSiteNoneInsecure: { ja: 'SameSite=NoneなのにSecureがない', en: 'SameSite=None without Secure' },
  UserPreferences: {
    ja: 'ブラウザーの設定で第三者Cookieを断っている',
    en: 'the browser is set to refuse third-party cookies',
  },
  ThirdPartyPhaseout: { ja: '第三者Cookieは断られる', en: 'third-party cookies are refused' },
  ThirdPartyBlockedInFirstPartySet: { ja: '第三者Cookieは断られる', en: 'third-party cookies are refused' },
  InvalidDomain: { ja: 'Domainがこのホストに合わない', en: 'Domain does not fit this host' },
  DomainMismatch: { ja: 'Domainがこのホストに合わない', en: 'Domain does not fit this host' },
  InvalidPrefix: {
    ja: '名前の__Host-や__Secure-の条件を満たしていない',
    en: 'the name begins with __Host- or __Secure-, whose conditions are not met',
  },
  OverwriteSecure: {
    ja: 'HTTPの応答では、Secureの同名Cookieを上書きできない',
    en: 'a response over HTTP cannot overwrite a Secure cookie of the same name',
  },
  NotOnPath: { ja: 'Pathの下の要求ではない', en: 'the request is not below its Path' },
  NameValuePairExceedsMaxSize: { ja: '名前と値が4096バイトを超える', en: 'name and value exceed 4096 bytes' },
  DisallowedCharacter: { ja: '使えない文字がある', en: 'it has a character that is not allowed' },
  SyntaxError: { ja: 'Set-Cookieの形が正しくない', en: 'the Set-Cookie line is malformed' },
}
