import { type About, section } from './section.ts'

const about: About = {
  slug: 'compatible-stores',
  title: { ja: '互換ストア', en: 'Compatible session stores' },
  group: 'store',
  anchor: 'compatible-session-stores',
  headings: ['Compatible Session Stores'],
  isAboutStores: true,
}

export default section(about, [
  {
    id: 'store.compatible-list-example',
    kind: 'fact',
    level: ['store'],
    scenario: 'store-contract',
    ja: '一覧にあるモジュールは、このモジュールと互換のストアを提供する。',
    en: 'The listed modules provide compatible stores.',
    verdict: 'condition',
    because: {
      ja: '普段の使い方ではそのとおりだが、隅々までは保証されない。一覧にあるconnect-sqlite3(0.9.18)は、データベースのエラーで`get`のコールバックを2回呼び、期限のないセッションでは`touch`がレコードを延ばさない。',
      en: 'So in ordinary use, but not in every corner: connect-sqlite3 (0.9.18), from the list, calls the callback of `get` twice when its database fails, and its `touch` does not extend a session without expiry.',
    },
    see: {
      ja: 'ラボの既定のストアは、一覧にあるconnect-sqlite3である。stores/sqlite.tsとstores/guard.tsに、ラボが補っているものがある。',
      en: 'The default store of this lab is connect-sqlite3, from the list. stores/sqlite.ts and stores/guard.ts show what the lab adds to it.',
    },
  },
])
