import type { Failure } from '../model/row-events.ts'
import { type CookieState, isAbsent, isThere, type RowState } from '../model/states.ts'
import { unrecordedCookieWords, unrecordedRowWords } from './passed.ts'
import { verdictWords } from './verdicts.ts'
import type { Words } from './words.ts'

/** What else decides what the next request will meet. */
export interface Circumstances {
  /** The last call on this row, where that failed. */
  failure?: Failure | null
  /** Whether the store lost the row with the process that had made it. */
  isForgotten?: boolean
  /** Whether the row is not known because requests passed unrecorded. */
  isUnrecorded?: boolean
}

/** The sentence for a pair at this moment; `{error}` and `{since}` stand for what only the record tells. */
export function verdictOf(
  cookie: CookieState,
  row: RowState,
  { failure, isForgotten, isUnrecorded }: Circumstances = {},
): Words {
  if (cookie === 'unknown') return unrecordedCookieWords
  const isAsked = isThere(cookie) && cookie !== 'wrong' // with any other the next request does not ask for this row
  if (failure && (isAsked || row === 'unknown')) return failureWords[kindOf(failure, row, isAsked)]
  if (isForgotten) return forgottenWords
  if (row === 'unknown') return isUnrecorded ? unrecordedRowWords : unknownRowWords
  return verdictWords[cookie][row]
}

function kindOf({ method, error, isFirst }: Failure, row: RowState, isAsked: boolean) {
  if (error === null) return 'silent'
  if (method === 'get') return row === 'unknown' ? 'get' : isAbsent(row) ? 'get-of-none' : 'get-of-row'
  if (method === 'set' && isFirst && isAsked && row !== 'present') return 'first-set'
  return method
}

/** What a failed call means for the row and for the next request. */
export const failureWords: Readonly<Record<ReturnType<typeof kindOf>, Words>> = {
  silent: {
    ja: 'ストアが返事をしていません。レコードは残っているかもしれません → 次のリクエストもおそらく待たされるか、失敗します。',
    en: 'The store has not answered; the row may well be there → the next request will probably hang or fail, too.',
  },
  get: {
    ja: 'ストアが失敗しました(get: {error})。レコードは残っているかもしれません → 次のリクエストもおそらく失敗します。',
    en: 'The store failed (get: {error}); the row may well be there → the next request will probably fail, too.',
  },
  'get-of-row': {
    ja: 'レコードはあるのに、ストアが読むのに失敗しました(get: {error}) → 次のリクエストもおそらく失敗します。',
    en: 'The row is there, but the store failed to read it (get: {error}) → the next request will probably fail, too.',
  },
  'get-of-none': {
    ja: 'レコードはなく、ストアはそれをエラーとして返しました({error}) → このCookieが届くかぎり、次のリクエストもおそらく失敗します。',
    en: 'There is no row, and the store reports that as an error ({error}) → as long as this cookie comes, the next request will probably fail, too.',
  },
  'first-set': {
    ja: 'レコードを書けませんでした: {error}。ブラウザーには、レコードのないCookieがあります → 次のリクエストもおそらく失敗するか、新しいIDになります。',
    en: 'The row could not be written: {error}. The browser has a cookie without a row → the next request will probably fail, too, or get a new id.',
  },
  set: {
    ja: 'セッションを書けませんでした: {error}。レコードは前のままかもしれません → 次のリクエストもおそらく失敗するか、変更が失われています。',
    en: 'The session could not be written: {error}. The row may be as it was before → the next request will probably fail, too, or find the change lost.',
  },
  touch: {
    ja: 'レコードの期限を延ばせませんでした: {error}。レコードは残っているかもしれません → 次のリクエストもおそらく失敗します。',
    en: 'The expiry of the row could not be extended: {error}. The row may well be there → the next request will probably fail, too.',
  },
  destroy: {
    ja: 'レコードを消せませんでした: {error}。レコードは残っているかもしれません → 次のリクエストは、まだこのセッションの続きになるかもしれません。',
    en: 'The row could not be removed: {error}. It may well be there → the next request may still go on with this session.',
  },
}

export const forgottenWords: Words = {
  ja: 'このプロセスは{since}に始まりました。MemoryStoreのレコードはプロセスとともに失われ、それより前のCookieにはレコードがありません → 次のリクエストで新しいIDになります。',
  en: 'This process began at {since}; MemoryStore forgot everything before, and the cookie is older → the next request gets a new id.',
}

export const unknownRowWords: Words = {
  ja: 'ストアが応答しないので、いまレコードがあるかどうかはわかりません。ストアが戻れば、この画面は自動で続きを表示します。',
  en: 'The store does not answer: whether the row is there now is not known. Once it answers again, this page goes on by itself.',
}
