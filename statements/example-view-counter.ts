import type { Statement } from './statement.ts'

export default [
  {
    id: 'example.views.starts-at-1',
    section: 'Example: view counter',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例(ページ別): 初めて開くと「1 回」と出る。',
    en: 'The first view of a page reports 1.',
  },
  {
    id: 'example.views.keeps-page-views-for-a-user',
    section: 'Example: view counter',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: セッションが続く間、再読み込みのたびに回数が増える。',
    en: 'Reloading raises the number while the session lasts.',
  },
  {
    id: 'example.views.counts-each-path-separately',
    section: 'Example: view counter',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: /foo と /bar は別々に数えられる。',
    en: '/foo and /bar are counted separately.',
  },
  {
    id: 'example.views.separate-per-user',
    section: 'Example: view counter',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: 回数は利用者ごとに保たれる。',
    en: 'Counts are kept per user.',
  },
  {
    id: 'example.views.uses-pathname-without-query',
    section: 'Example: view counter',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: parseurl のパス名で数えるので、クエリーは区別しない。',
    en: 'It counts by parseurl pathname, so the query does not matter.',
  },
] as const satisfies readonly Statement[]
