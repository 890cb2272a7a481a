import { type About, section } from './section.ts'

const about: About = {
  slug: 'options-genid',
  title: 'genid',
  group: 'options',
  anchor: 'genid',
  headings: ['genid'],
}

export default section(about, [
  {
    id: 'genid.function-supplies-session-id',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'genid',
    ja: 'genid に渡した関数の返す文字列が新しいセッションIDになる。',
    en: 'The string returned by genid becomes the new session id.',
    verdict: 'holds',
    see: {
      ja: 'デモを開き、ページのidと② のsidと③ のレコードが同じなのを見る。版async(Promiseを返す)ではCookieもレコードもできない。',
      en: 'Open the demo: the id on the page, the sid in ② and the row in ③ are the same. In async, which returns a promise, there is neither cookie nor row.',
    },
  },
  {
    id: 'genid.receives-req',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'genid',
    ja: 'genid は第1引数に req を受け取り、req に付いた値を ID に使える。',
    en: 'genid receives req as its first argument.',
    verdict: 'holds',
    see: {
      ja: '版with-reqを、localhostと127.0.0.1の両方で開く。② のsidの前にホスト名が付く。',
      en: 'Open with-req on localhost and on 127.0.0.1: the sid in ② begins with the host name.',
    },
  },
  {
    id: 'genid.default-uses-uid-safe',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'genid',
    ja: '既定では uid-safe で ID を作る。',
    en: 'Ids are generated with uid-safe by default.',
    verdict: 'holds',
    see: {
      ja: '版defaultで開き、② のsidが32文字なのを見る。「やり直す」を押すたびに別の値になる。',
      en: 'Open default: the sid in ② has 32 characters, others after each start over.',
    },
  },
  {
    id: 'genid.ids-must-be-unique',
    kind: 'advice',
    level: ['store', 'api'],
    scenario: 'genid',
    ja: 'ID が重複するとセッションが衝突するので、一意になるように作る必要がある。',
    en: 'Ids must be unique, otherwise sessions collide.',
    verdict: 'holds',
    see: {
      ja: '版per-browserで2回開き、同じ種類のブラウザーのシークレットウィンドウでも開く。③ のレコードは1つのままで、数が1に戻る。',
      en: 'Open per-browser twice, then in a private window of the same browser: ③ still has one row, and its count is back at 1.',
    },
  },
  {
    id: 'genid.example-uuid',
    kind: 'example',
    level: ['wire'],
    scenario: 'genid',
    ja: '例: UUID をセッションIDに使う。',
    en: 'Example: use UUIDs as ids.',
    verdict: 'holds',
    see: {
      ja: '版appで開き、② のsidが36文字のUUIDなのを見る。',
      en: 'Open app: the sid in ② is a UUID of 36 characters.',
    },
  },
])
