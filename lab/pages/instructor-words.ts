import type { Language, Words } from '../../common/words.ts'

const ja = {
  title: '講師の方へ',
  lead: '同じコースから切り出した、3つの長さの進め方です。どの行からでも始められます。',
  plan: (minutes: number) => `${minutes}分`,
  time: '時刻',
  part: '内容',
  length: '分',
  opening: 'はじめに: ラボの開き方、観察の3つの欄の見方',
  break: '休憩',
  'wrap-up': 'まとめ: 予想と違ったことを1人1つずつ',
  exercise: '直してみる',
  fromHere: 'ここから始める',
  fromHereOf: (what: string) => `ここから始める: ${what}`,
  startsAt: (what: string) => `途中から: ${what}`,
  fromStart: '最初から',
  tellFirst: '始める前に、これだけは話してください',
  total: '合計',
  materials: '投影と配布',
  materialsNote:
    '投影用ページは、1画面に1つずつ、大きな文字で出します。答えはキーを押すまで出ません。発表用のリモコンでも進められます。配布資料の答えは、後ろのページにまとめてあります。実験の前に配るときは外してください。解答用紙に答えはありません。',
  allLessons: (count: number) => `${count}のレッスンすべて`,
  room: '提出ファイルをまとめて見る',
  roomNote:
    '受講者が「提出する」で保存したファイルを集めて、質問ごとの答えの分かれ方、タイムライン、誰がどこで止まっているかを見ます。',
  prepare: '準備すること',
  wrong: 'うまくいかないときは',
  symptom: 'よくあること',
  remedy: 'どうするか',
}

const en: typeof ja = {
  title: 'For the instructor',
  lead: 'Three plans, cut from the same course. You can begin at any line.',
  plan: (minutes) => `${minutes} minutes`,
  time: 'At',
  part: 'What',
  length: 'Min',
  opening: 'Opening: how to open the lab, and how to read the three columns',
  break: 'Break',
  'wrap-up': 'Wrap-up: one thing from everybody that was not as predicted',
  exercise: 'Mend it',
  fromHere: 'begin here',
  fromHereOf: (what) => `begin here: ${what}`,
  startsAt: (what) => `beginning with: ${what}`,
  fromStart: 'from the beginning',
  tellFirst: 'Before you begin, tell them this much',
  total: 'Sum',
  materials: 'To project and to hand out',
  materialsNote:
    'The presenter view shows one thing at a time in large letters, and no answer before you press a key; a presenter’s remote control turns it, too. The handout has its answers at the end, from a page of their own on: keep it back if you hand it out first. The answer sheet has none.',
  allLessons: (count) => `all ${count} lessons`,
  room: 'All that was handed in',
  roomNote:
    'Gather the files that learners save with "Hand in": see how the answers to each question split, the timelines side by side, and who is stuck where.',
  prepare: 'What to prepare',
  wrong: 'What usually goes wrong',
  symptom: 'What happens',
  remedy: 'What to do',
}

/** What the instructor's page says. */
export const instructorWords: Readonly<Record<Language, typeof ja>> = { ja, en }

/** What to do before the day. What stands between two backquotes is code. */
export const preparations: readonly Words[] = [
  {
    ja: '受講者に、前日までに `npm ci` と `npm run doctor` を実行してもらいます。当日のネットワークは要りません。',
    en: 'Have everybody run `npm ci` and `npm run doctor` the day before. On the day, no network is needed.',
  },
  {
    ja: '練習問題にはエディターと、ChromeかEdgeかChromiumが要ります。doctorが見つけられるか確かめてください。',
    en: 'Exercises need an editor, and Chrome, Edge or Chromium: see that the doctor finds one.',
  },
  {
    ja: '自分では、使う進め方を一度通しておきます。期限を待つ実験(10秒など)の間に話すことを決めておきます。',
    en: 'Go through your plan once. Decide what to talk about while an expiry is waited for (10 seconds and the like).',
  },
  {
    ja: '投影用ページを、当日の画面で一度開いておきます。デモと観察は、そこから別のウィンドウに開けます。読みにくければ、ブラウザーの拡大率を150%にします。',
    en: 'Open the presenter view once on the screen of the day. From it, demo and inspector open in a window beside; zoom that to 150 % if it is hard to read.',
  },
  {
    ja: '答えを言う前に、必ず全員に予想を選んでもらいます。予想が外れた人が、いちばん多くを学びます。',
    en: 'Before any answer, have everybody choose a prediction: those who are wrong learn most.',
  },
]

/** What usually goes wrong, and what to do. */
export const troubles: readonly { symptom: Words; remedy: Words }[] = [
  {
    symptom: { ja: 'ポート3000が使用中', en: 'Port 3000 is taken' },
    remedy: {
      ja: 'ラボは次の空いた番号を使い、端末に表示します。決めたいときは `npm start -- --port 4000` とします。',
      en: 'The lab takes the next free one and says so. To choose: `npm start -- --port 4000`.',
    },
  },
  {
    symptom: {
      ja: '①に、レッスンにないCookieが並ぶ',
      en: 'Column ① shows cookies that are in no lesson',
    },
    remedy: {
      ja: '同じホストのほかのアプリのものです。`http://127.0.0.1:3000/` で開くか、新しいプロファイルを使います。',
      en: 'They belong to other apps on this host. Open `http://127.0.0.1:3000/`, or use a fresh profile.',
    },
  },
  {
    symptom: {
      ja: '説明している間に10秒のセッションが切れた',
      en: 'The 10-second session ended while you were talking',
    },
    remedy: {
      ja: 'それで正しい動きです。「やり直す」を押して、もう一度tap!から始めます。時刻をさかのぼるにはタイムラインを使います。',
      en: 'It is meant to. Press "Start over" and tap again; the timeline leads back to any moment.',
    },
  },
  {
    symptom: {
      ja: '隣の人と違う結果になった',
      en: 'Two neighbours see different things',
    },
    remedy: {
      ja: '実行中のコードが同じか(公式ドキュメントどおりか)、ストアの書き込みを遅くしたままでないかを見ます。次に「やり直す」を押します。',
      en: 'Compare which code runs, and whether the store is still set to write late. Then "Start over".',
    },
  },
  {
    symptom: {
      ja: 'HTTPSのページで警告が出る',
      en: 'The browser warns of the HTTPS page',
    },
    remedy: {
      ja: '証明書は起動のたびに作ります。「詳細」から先へ進んでください。会社の端末で進めないときは、講師の画面で見せます。',
      en: 'The certificate is made at each start: go on past the warning. Where a company forbids that, show it on your screen.',
    },
  },
  {
    symptom: {
      ja: '練習問題の確認が、いつまでも終わらない',
      en: 'The check of an exercise does not end',
    },
    remedy: {
      ja: '書いたコードがレスポンスを返していないことが多いです(res.redirectの呼び忘れなど)。45秒で打ち切られ、理由が出ます。',
      en: 'Often the code never answers (a forgotten res.redirect). It is given up after 45 seconds, with the reason.',
    },
  },
  {
    symptom: {
      ja: 'VPNやプロキシの設定で、localhostが開かない',
      en: 'A VPN or proxy keeps localhost from opening',
    },
    remedy: {
      ja: '`npm run doctor` でわかります。ブラウザーのプロキシの例外に localhost と 127.0.0.1 を入れてください。',
      en: '`npm run doctor` tells. Except localhost and 127.0.0.1 from the browser’s proxy.',
    },
  },
]
