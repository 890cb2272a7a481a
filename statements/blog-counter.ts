import { type About, section } from './section.ts'

const about: About = {
  slug: 'blog-counter-app',
  title: { ja: 'ブログ: tapカウンター', en: 'Blog: counter app' },
  group: 'blog',
  anchor: null,
  headings: [],
}

export default section(about, [
  {
    id: 'counter.start-message',
    kind: 'example',
    level: ['process'],
    scenario: 'counter',
    ja: '起動するとポート 3000 で待ち受ける旨が表示される。',
    en: 'On start it announces that it listens on port 3000.',
    verdict: 'condition',
    because: {
      ja: '3000番が空いているときに限る。使われていれば、空いている次の番号を使い、その番号を表示する。',
      en: 'Only while port 3000 is free: when it is taken, the next free one is used, and that number is printed.',
    },
    see: {
      ja: 'npm run demo:counterを実行し、端末の1行目を見る。',
      en: 'Run npm run demo:counter and read the first line in the terminal.',
    },
  },
  {
    id: 'counter.tap-increments',
    kind: 'example',
    level: ['browser'],
    scenario: 'counter',
    ja: 'tap! のリンクを押すとカウンターが 1 増える。',
    en: 'Clicking tap! increments the counter.',
    verdict: 'holds',
    see: {
      ja: 'tap!を3回押し、数と③ のレコードのcountを見る。',
      en: 'Tap three times; watch the number and count in the row of ③.',
    },
  },
  {
    id: 'counter.expiry-is-10-seconds',
    kind: 'example',
    level: ['wire', 'browser'],
    scenario: 'counter',
    ja: 'セッションの有効期限は 10 秒にしてある。',
    en: 'The session expires after 10 seconds.',
    verdict: 'condition',
    because: {
      ja: 'Cookieの10秒は最後に変更したレスポンス(tap!)から、レコードの10秒は最後のリクエストから数える。見るだけのリクエストではレコードだけが延びる。',
      en: 'The 10 seconds of the cookie run from the last response that changed the session (a tap), those of the row from the last request: merely looking extends the row only.',
    },
    see: {
      ja: 'tap!のあと、② と③ の秒読みを見る。5秒後に再読み込みすると、③ だけが10秒に戻る。',
      en: 'Tap, then watch the countdowns of ② and ③. Reload after 5 seconds: only ③ is back at 10.',
    },
  },
  {
    id: 'counter.tap-after-expiry-starts-new-session',
    kind: 'example',
    level: ['browser'],
    scenario: 'counter',
    ja: '期限を過ぎてから tap! を押すと、新しいセッションが始まる。',
    en: 'Tapping after the expiry starts a new session.',
    verdict: 'holds',
    see: {
      ja: '10秒待ってからtap!を押す。数は1に、② のsidは新しいものになる。',
      en: 'Wait 10 seconds and tap: the count is 1 and the sid in ② is a new one.',
    },
  },
  {
    id: 'counter.destroy-discards-session',
    kind: 'example',
    level: ['browser', 'store'],
    scenario: 'counter',
    ja: 'session destroy! を押すと有効なセッションが破棄される。',
    en: 'session destroy! discards the current session.',
    verdict: 'holds',
    see: {
      ja: 'session destroy!を押し、③ のレコードが消えるのを見る。',
      en: 'Press session destroy! and see the row of ③ go.',
    },
  },
  {
    id: 'counter.destroy-redirects-and-new-session',
    kind: 'example',
    level: ['browser'],
    scenario: 'counter',
    ja: '破棄のあと最初のページへ移り、新しいセッションが始まる。',
    en: 'It then redirects to the first page and a new session starts.',
    verdict: 'holds',
    see: {
      ja: 'session destroy!のレスポンスにはSet-Cookieがない。次の/で② のCookieが新しいsidに置き換わるのを見る。',
      en: 'The answer to session destroy! has no Set-Cookie. Watch the next / replace the cookie of ② with a new sid.',
    },
  },
  {
    id: 'counter.recorded-environment',
    kind: 'fact',
    level: ['process'],
    scenario: 'counter',
    ja: '記録時の環境は Node.js v8.9.4・npm 5.7.1・express 4.16.2・express-session 1.15.6 である。',
    en: 'Recorded with Node 8.9.4, npm 5.7.1, express 4.16.2, express-session 1.15.6.',
    verdict: 'untestable',
    because: {
      ja: '書き手が当時使ったものの記録で、今の環境で観察して決められることではない。今のバージョンでの結果は、この報告のほかの文にある。',
      en: "It records what the author used at the time; nothing observed today can decide it. What today's versions do is in the other sentences of this report.",
    },
    see: {
      ja: 'レッスンと、READMEのバージョン表を見比べる。',
      en: 'Compare the lesson with the versions in the report.',
    },
  },
])
