import type { Words } from '../words.ts'

export const cookieStates = [
  'none',
  'until-close',
  'remaining',
  'expired',
  'refused',
  'wrong',
  'doubled',
] as const
/** What the browser has, as far as the session is concerned. `wrong`: a signature that does not fit, or none at all. */
export type CookieState = (typeof cookieStates)[number]

export const rowStates = ['none', 'present', 'expired'] as const
/** What lies in the store under the sid in question. `expired`: still lying there, and no longer handed out. */
export type RowState = (typeof rowStates)[number]

export interface Verdict {
  words: Words
  /**
   * Why the pair cannot be seen where the store removes rows by itself when their time is over (Redis): with the
   * others, every pair can be reached, and a test reaches it.
   */
  impossibleWhenRowsRemoveThemselves?: Words
}

const removesItself: Words = {
  ja: '期限が来た行を自分で消すストア(Redisなど)では、期限切れの行が残らないので起きない。',
  en: 'Cannot occur with a store that removes rows itself when their time is over (Redis): none is left lying there.',
}
const lying = (ja: string, en: string): Verdict => ({
  words: { ja, en },
  impossibleWhenRowsRemoveThemselves: removesItself,
})
const verdict = (ja: string, en: string): Verdict => ({ words: { ja, en } })

const table: Readonly<Record<CookieState, Readonly<Record<RowState, Verdict>>>> = {
  none: {
    none: verdict(
      'Cookieも行もない → 次の要求は初めての訪問として扱われ、新しいIDができる。',
      'No cookie, no row → the next request is a first visit and gets a new id.',
    ),
    present: verdict(
      'Cookieはないが行は残っている → 次の要求は新しいIDになる。この行は期限が来るまで、誰にも使われずに残る。',
      'No cookie, but the row is still there → the next request gets a new id; nobody uses this row until it expires.',
    ),
    expired: lying(
      'Cookieはなく、期限の切れた行だけが残っている → 次の要求は新しいIDになる。行はストアが片づけるまで残る。',
      'No cookie; only an expired row is lying there → the next request gets a new id; the row stays until the store cleans up.',
    ),
  },
  'until-close': {
    none: verdict(
      'Cookieは残っているが行がない → 次の要求で新しいIDになる。署名が正しいだけでは、セッションは戻らない。',
      'The cookie is there, the row is not → the next request gets a new id. A valid signature alone brings no session back.',
    ),
    present: verdict(
      'Cookieと行がそろっている → 次の要求はこのセッションの続きになる。Cookieはブラウザーを閉じるまで残る。',
      'Cookie and row are both there → the next request goes on with this session. The cookie lasts until the browser closes.',
    ),
    expired: lying(
      'Cookieは残っているが、行の期限が切れている → ストアは行を渡さず、次の要求で新しいIDになる。',
      'The cookie is there, but the row has expired → the store will not hand it out, and the next request gets a new id.',
    ),
  },
  remaining: {
    none: verdict(
      'Cookieは期限まで残っているが行がない → 次の要求で新しいIDになる。destroyは行を消すだけで、Cookieは消さない。',
      'The cookie has time left, the row is gone → the next request gets a new id. destroy removes the row, not the cookie.',
    ),
    present: verdict(
      'Cookieと行がそろっている → 期限の前の要求は、このセッションの続きになる。',
      'Cookie and row are both there → a request before they expire goes on with this session.',
    ),
    expired: lying(
      'Cookieの期限はまだだが、行の期限が先に切れた → ストアは行を渡さず、次の要求で新しいIDになる。',
      'The cookie has time left, but the row expired first → the store will not hand it out; the next request gets a new id.',
    ),
  },
  expired: {
    none: verdict(
      'Cookieの期限が切れ、行もない → ブラウザーはCookieを送らない。次の要求で新しいIDになる。',
      'The cookie has expired and there is no row → the browser sends nothing; the next request gets a new id.',
    ),
    present: verdict(
      'Cookieの期限は切れたが、行はまだある → ブラウザーはCookieを送らないので、次の要求は新しいIDになる。行は誰にも使われない。',
      'The cookie has expired, the row is still there → the browser sends no cookie, so the next request gets a new id and nobody uses the row.',
    ),
    expired: lying(
      'Cookieも行も期限切れ → 次の要求で新しいIDになる。期限の切れた行は、ストアが片づけるまで残る。',
      'Cookie and row have both expired → the next request gets a new id; the row lies there until the store cleans up.',
    ),
  },
  refused: {
    none: verdict(
      'ブラウザーがCookieを受け取らず、行もない → 次の要求もCookieなしで届き、また新しいIDになる。',
      'The browser refused the cookie and there is no row → the next request brings no cookie and gets a new id again.',
    ),
    present: verdict(
      'サーバーは行を作ったが、ブラウザーがCookieを受け取らなかった → 要求のたびに新しいIDになり、使われない行が増える。',
      'The server made a row, but the browser refused the cookie → every request gets a new id, and unused rows pile up.',
    ),
    expired: lying(
      'ブラウザーがCookieを受け取らず、行も期限切れ → 次の要求で新しいIDになる。使われなかった行が残っている。',
      'The browser refused the cookie and the row has expired → the next request gets a new id; the unused row is still lying there.',
    ),
  },
  wrong: {
    none: verdict(
      'Cookieの署名が合わず、行もない → express-sessionはこのCookieを無視し、次の要求で新しいIDになる。',
      'The signature does not fit and there is no row → express-session ignores the cookie; the next request gets a new id.',
    ),
    present: verdict(
      '行はあるが、Cookieの署名が合わない → express-sessionはストアを見ずに無視し、次の要求で新しいIDになる。行は無事。',
      'The row is there, but the signature does not fit → express-session ignores the cookie without asking the store; a new id follows, the row is unharmed.',
    ),
    expired: lying(
      'Cookieの署名が合わず、行も期限切れ → どちらも使われず、次の要求で新しいIDになる。',
      'The signature does not fit and the row has expired → neither is used; the next request gets a new id.',
    ),
  },
  doubled: {
    none: verdict(
      '同じ名前のCookieが2つある。先に送られた方が使われるが、その行はない → 次の要求で新しいIDになる。',
      'Two cookies of one name: the first one sent counts, and it has no row → the next request gets a new id.',
    ),
    present: verdict(
      '同じ名前のCookieが2つある → 先に送られた方の行が使われ、もう一方は無視される。',
      'Two cookies of one name → the row of the first one sent is used, the other cookie is ignored.',
    ),
    expired: lying(
      '同じ名前のCookieが2つある。先に送られた方の行は期限切れ → 次の要求で新しいIDになる。',
      'Two cookies of one name, and the row of the first one sent has expired → the next request gets a new id.',
    ),
  },
}

/** What a pair of cookie and row means, and what the next request will do. */
export const verdictOf = (cookie: CookieState, row: RowState): Verdict => table[cookie][row]
