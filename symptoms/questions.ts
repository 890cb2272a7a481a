import type { Words } from '../common/words.ts'

/** One question on the way from the three columns to a cause. */
export interface Question {
  id: string
  words: Words
  /** How to find out. */
  how: Words
  /** Ids of the diagnoses that it can be where the answer is no. */
  no: readonly string[]
}

const question = (
  id: string,
  words: readonly [string, string],
  how: readonly [string, string],
  no: string,
): Question => ({
  id,
  words: { ja: words[0], en: words[1] },
  how: { ja: how[0], en: how[1] },
  no: no.split(' '),
})

/** From the wire to the jar to the row: the first question that is answered with no names the causes. */
export const questions: readonly Question[] = [
  question(
    'reaches',
    ['リクエストはsession()を通りましたか。', 'Did the request go through session()?'],
    [
      '観察の①にデバッグ行かストアの呼び出しがあれば、通っています。',
      'In ① there are debug lines or store calls.',
    ],
    'session-missing outside-cookie-path store-disconnected two-sessions-on-one-request',
  ),
  question(
    'answers',
    ['レスポンスは最後まで届きましたか。', 'Did the response arrive, whole?'],
    [
      '①の状態が200や302で、終わっていれば届いています。',
      '① shows a status like 200 or 302, and that it has ended.',
    ],
    'store-does-not-answer response-never-ended response-cut-off not-serializable callback-twice store-call-failed',
  ),
  question(
    'set-cookie',
    ['最初のレスポンスに、Set-Cookieがありますか。', 'Is there a Set-Cookie in the first response?'],
    [
      '①のSet-Cookieの欄。ないときは、その理由が出ています。',
      'See Set-Cookie in ①; where there is none, it says why.',
    ],
    'secure-over-http proxy-not-trusted proxy-without-proto written-after-headers cookie-cannot-be-serialized',
  ),
  question(
    'kept',
    ['ブラウザーは、そのCookieを保存しましたか。', 'Does the browser keep the cookie?'],
    [
      '②か、開発者ツールの「アプリケーション」→「Cookie」を見ます。',
      'Look at ②, or at Application → Cookies in DevTools.',
    ],
    'samesite-none-without-secure domain-does-not-match cookie-prefix-broken cross-origin-without-credentials born-expired',
  ),
  question(
    'comes-back',
    ['次のリクエストに、同じCookieが付いてきますか。', 'Does the next request bring the same cookie?'],
    ['次の手順の①で、送られたCookieを見ます。', 'Look at the Cookie that was sent, in ① of the next step.'],
    'samesite-keeps-it-back cross-origin-without-credentials cors-refuses-credentials cookie-twice name-shared-with-another-app cookie-ends-while-in-use max-age-in-seconds fixed-expires outside-cookie-path',
  ),
  question(
    'signed',
    ['署名は正しいですか。', 'Does its signature fit?'],
    ['①で、送られたCookieの横に出ます。', '① says so beside the cookie that was sent.'],
    'secret-differs name-shared-with-another-app',
  ),
  question(
    'row',
    ['ストアに、そのレコードがありますか。', 'Is its record in the store?'],
    ['③を見ます。getが何も見つけなければ、ありません。', 'See ③; where get finds nothing, there is none.'],
    'memory-store-forgot row-ends-while-in-use saved-with-stale-expiry not-saved-though-answered read-before-saved',
  ),
  question(
    'holds',
    ['レコードには、書いたはずの値がありますか。', 'Does the record hold what was written?'],
    ['③の内容と、①の「変わったところ」を見ます。', 'Compare what ③ shows with the changes in ①.'],
    'written-after-end lost-update resave-undid-a-change read-before-saved redirect-without-save type-lost-in-json saved-under-another-id written-outside-a-request destroyed-session-came-back parallel-first-requests',
  ),
]
