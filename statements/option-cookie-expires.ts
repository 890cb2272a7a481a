import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.expires.date-sets-attribute',
    section: 'options.cookie.expires',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'cookie.expires に渡した Date が Expires 属性になる。',
    en: 'A Date in cookie.expires becomes the Expires attribute.',
  },
  {
    id: 'cookie.expires.unset-by-default',
    section: 'options.cookie.expires',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: '既定では Expires は付かない。',
    en: 'No Expires is emitted by default.',
  },
  {
    id: 'cookie.expires.none-means-non-persistent',
    section: 'options.cookie.expires',
    kind: 'behaviour',
    level: ['browser'],
    scenario: 'expiry',
    ja: '期限の無い cookie は一時的なものとして扱われ、ブラウザーを閉じると消える。',
    en: 'A cookie without an expiry is temporary and disappears when the browser is closed.',
  },
  {
    id: 'cookie.expires.last-of-expires-and-maxAge-wins',
    section: 'options.cookie.expires',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'expiry',
    ja: 'expires と maxAge の両方を書いた場合は、オブジェクトで後に書いた方が効く。',
    en: 'Given both expires and maxAge, whichever comes later in the object takes effect.',
  },
  {
    id: 'cookie.expires.should-not-be-set-directly',
    section: 'options.cookie.expires',
    kind: 'advice',
    level: ['wire', 'store'],
    scenario: 'expiry',
    ja: 'expires を直接は指定せず、maxAge だけを使うべきである。',
    en: 'Do not set expires yourself; use maxAge only.',
  },
] as const satisfies readonly Statement[]
