import { type About, section } from './section.ts'

const about: About = {
  slug: 'req-session',
  title: 'req.session',
  group: 'req.session',
  anchor: 'reqsession',
  headings: ['req.session'],
}

export default section(about, [
  {
    id: 'req.session.stores-and-reads-data',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'views',
    ja: 'データの保存と参照は req.session のプロパティで行う。',
    en: 'Data is stored and read through properties of req.session.',
    verdict: 'holds',
    see: {
      ja: '/fooを2回開き、1回目に書いた値を2回目が読むのを、③ のレコードの前後で見る。',
      en: 'Open /foo twice; the row of ③, before and after, shows the second reading what the first wrote.',
    },
  },
  {
    id: 'req.session.serialised-as-json-nested-ok',
    kind: 'behaviour',
    level: ['store'],
    scenario: 'views',
    ja: '通常ストアが JSON に直列化するので、入れ子のオブジェクトも扱える。',
    en: 'The store (generally) serialises it as JSON, so nested objects are fine.',
    verdict: 'holds',
    see: {
      ja: '③ のレコードの中身がJSONの文字列で、viewsが入れ子になっているのを見る。',
      en: 'See that the row in ③ is JSON text with views nested in it.',
    },
  },
  {
    id: 'req.session.example-first-visit-message',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例(60秒カウンター): 初回は歓迎文だけが出て、再読み込みを促す。',
    en: 'Snippet: the first visit shows only a welcome text asking to refresh.',
    verdict: 'holds',
    see: {
      ja: '「やり直す」を押して開く。',
      en: 'Press "Start over" and open the demo.',
    },
  },
  {
    id: 'req.session.example-views-increment',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: 再読み込みのたびに表示回数が 1 ずつ増える。',
    en: 'Snippet: the view count goes up by one per reload.',
    verdict: 'holds',
    see: {
      ja: '再読み込みするたびに、viewsが1つずつ増えるのを見る。最初に見える数は2である。',
      en: 'Reload and see views grow by one. The first number to be seen is 2.',
    },
  },
  {
    id: 'req.session.example-is-per-user',
    kind: 'example',
    level: ['browser'],
    scenario: 'views',
    ja: '例: 回数は利用者ごとに別々に数えられる。',
    en: 'Snippet: the count is per user.',
    verdict: 'holds',
    see: {
      ja: 'localhostと127.0.0.1のアドレスでそれぞれ開く。',
      en: 'Open the demo on localhost and on 127.0.0.1.',
    },
  },
  {
    id: 'req.session.example-expires-in-remaining',
    kind: 'example',
    level: ['api', 'browser'],
    scenario: 'views',
    ja: '例: 有効期限までの残り秒数が表示される。',
    en: 'Snippet: it prints the seconds left until expiry.',
    verdict: 'does-not-hold',
    because: {
      ja: 'READMEのコードのままでは、いつも元の60秒が表示される。最初のres.write()がヘッダーを送り、そのときセッションがtouchされて残り時間が元に戻るため。先に読んでから書けば、残り秒数になる。',
      en: 'The snippet as printed always shows the full 60 s: its first res.write() sends the head, which touches the session and resets maxAge before it is read. Read maxAge first and it shows what is left.',
    },
    see: {
      ja: 'readmeの版に切り替え、数秒おいて再読み込みする。いつも60秒と出る。元の版は残り秒数を出す。',
      en: 'Switch to readme, wait some seconds and reload: always 60 s. The other version prints what is left.',
    },
  },
])
