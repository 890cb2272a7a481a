import { type About, section } from './section.ts'

const about: About = {
  slug: 'example-view-counter',
  title: { ja: '例: 表示回数', en: 'Example: view counter' },
  group: 'examples',
  anchor: 'view-counter',
  headings: ['View counter'],
}

export default section(about, [
  {
    id: 'example.views.starts-at-1',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例(ページ別): 初めて開くと「1 回」と出る。',
    en: 'The first view of a page reports 1.',
    verdict: 'holds',
    see: {
      ja: '「やり直す」を押してから/fooを開き、1 timesと出るのを見る。',
      en: 'Press "Start over", open /foo and see "1 times".',
    },
  },
  {
    id: 'example.views.keeps-page-views-for-a-user',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: セッションが続く間、再読み込みのたびに回数が増える。',
    en: 'Reloading raises the number while the session lasts.',
    verdict: 'holds',
    see: {
      ja: '/fooを再読み込みし、数と③ のレコードのviewsが一緒に増えるのを見る。',
      en: 'Reload /foo: the number and views in the row of ③ grow together.',
    },
  },
  {
    id: 'example.views.counts-each-path-separately',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: /foo と /bar は別々に数えられる。',
    en: '/foo and /bar are counted separately.',
    verdict: 'holds',
    see: {
      ja: '/fooを2回、/barを1回開き、③ のレコードに2つの数が別々にあるのを見る。',
      en: 'Open /foo twice and /bar once: the row in ③ holds two numbers.',
    },
  },
  {
    id: 'example.views.separate-per-user',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: 回数は利用者ごとに保たれる。',
    en: 'Counts are kept per user.',
    verdict: 'holds',
    see: {
      ja: 'localhostと127.0.0.1のアドレスでそれぞれ/fooを開く。Cookieが別なのでレコードも別になる。',
      en: 'Open /foo on localhost and on 127.0.0.1: two cookies, two rows.',
    },
  },
  {
    id: 'example.views.uses-pathname-without-query',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: parseurl のパス名で数えるので、クエリーは区別しない。',
    en: 'It counts by parseurl pathname, so the query does not matter.',
    verdict: 'holds',
    see: {
      ja: '/foo?x=1を開き、③ のレコードで/fooの数が増えるのを見る。with-queryの版と比べる。',
      en: 'Open /foo?x=1 and see /foo grow in the row of ③. Compare with with-query.',
    },
  },
])
