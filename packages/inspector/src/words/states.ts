import type { SignatureState } from '../model/cookie-value.ts'
import type { Refusal } from '../model/jar.ts'
import type { Outcome } from '../model/processes.ts'
import type { CookieState, RowState } from '../model/states.ts'
import type { Words } from './words.ts'

export const refusalWords: Readonly<Record<Refusal, Words>> = {
  unreadable: { ja: 'Set-Cookieの形が正しくありません。', en: 'The Set-Cookie line is malformed.' },
  domain: {
    ja: 'Domainが、応答したホストを含んでいません。',
    en: 'Domain does not include the host that answered.',
  },
  'public-suffix': {
    ja: 'Domainが公開サフィックス(comやco.jpのようなもの)です。',
    en: 'Domain is a public suffix (such as com or co.jp).',
  },
  'secure-over-http': { ja: 'SecureなのにHTTPで届きました。', en: 'Secure, but it came over HTTP.' },
  prefix: {
    ja: '名前が__Host-か__Secure-で始まるのに、その条件を満たしていません。',
    en: 'The name begins with __Host- or __Secure- and the conditions for that are not met.',
  },
  'none-needs-secure': { ja: 'SameSite=NoneにはSecureが必要です。', en: 'SameSite=None needs Secure.' },
  'partitioned-needs-secure': { ja: 'PartitionedにはSecureが必要です。', en: 'Partitioned needs Secure.' },
  'too-large': {
    ja: '名前と値が合わせて4096バイトを超えています。',
    en: 'Name and value together exceed 4096 bytes.',
  },
  'no-credentials': {
    ja: "別のオリジンのスクリプトへのレスポンスでした。credentials: 'include'がないと、ブラウザーはCookieを受け取らず、送りもしません。",
    en: "It was the response to a script of another origin: without credentials: 'include' the browser neither keeps nor sends the cookie.",
  },
  unknown: {
    ja: '理由は記録からはわかりません(ブラウザーの設定かもしれません)。',
    en: 'The record does not tell why (perhaps a setting of the browser).',
  },
}

export const cookieStateWords: Readonly<Record<CookieState, Words>> = {
  none: { ja: 'なし', en: 'none' },
  'until-close': { ja: 'ブラウザーを閉じるまで', en: 'until the browser closes' },
  remaining: { ja: 'あり', en: 'there' },
  held: { ja: 'あり(期限はわからない)', en: 'there, its expiry is not known' },
  expired: { ja: '期限切れ', en: 'expired' },
  refused: { ja: 'ブラウザーが受け取らなかった', en: 'refused by the browser' },
  wrong: { ja: '署名が合わない', en: 'signature does not fit' },
  doubled: { ja: '同じ名前で2つ', en: 'two of one name' },
  unknown: { ja: 'わからない', en: 'not known' },
}

export const rowStateWords: Readonly<Record<RowState, Words>> = {
  unknown: { ja: 'わからない', en: 'not known' },
  none: { ja: 'なし', en: 'none' },
  present: { ja: 'あり', en: 'there' },
  gone: { ja: 'なくなった', en: 'gone' },
  expired: { ja: '期限切れ(未削除)', en: 'expired, still lying there' },
}

export const signatureWords: Readonly<Record<SignatureState, Words>> = {
  valid: { ja: '署名は正しい', en: 'signature is right' },
  wrong: { ja: '署名が合わない', en: 'signature does not fit' },
  unsigned: { ja: '署名なし', en: 'unsigned' },
  unchecked: { ja: '署名は未確認', en: 'signature not checked' },
}

/** What a process made of a cookie. */
export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  found: { ja: 'レコードを見つけた', en: 'found the row' },
  missing: { ja: 'レコードが見つからなかった', en: 'found no row' },
  refused: { ja: '署名が合わないので無視した', en: 'did not accept the signature' },
}
