import type { Answer, ResaveFalse } from '#store-contract'
import type { Language } from '../../common/words.ts'
import type { ListedStore } from '../../matrix/listed.ts'

/** A word with an icon beside it and the standing whose colour it takes: colour is never the only sign. */
export interface Sign {
  icon: string
  word: string
  tone: 'holds' | 'condition' | 'does-not-hold' | 'not-run' | 'untestable'
}

const good = (word: string): Sign => ({ icon: '✓', word, tone: 'holds' })
const half = (word: string): Sign => ({ icon: '△', word, tone: 'condition' })
const bad = (word: string): Sign => ({ icon: '✕', word, tone: 'does-not-hold' })
const plain = (word: string): Sign => ({ icon: '–', word, tone: 'not-run' })
const open = (word: string): Sign => ({ icon: '?', word, tone: 'untestable' })

const ja = {
  title: 'どのセッションストアを使えばよいか',
  answer: 'データベースごとの答え',
  answerNote: '動かしたなかで、いちばんよかったストアです。よいものから並べています。',
  noAnswer: 'ストアを動かせなかったので、答えのないデータベース',
  allFour: '動作・resave: false・期限・再起動後がすべてよい',
  fitness: { good: good('使える'), limited: half('条件つき'), unfit: bad('使えない') } satisfies Record<
    string,
    Sign
  >,
  short: 'ストアの比較',
  lead: '公式ドキュメントの「Compatible Session Stores」にあるストアを、同じ契約のテストにかけた結果です。表の判定をたどると、その根拠があります。',
  summary: (listed: number, run: number, works: number, safe: number) =>
    `一覧の${listed}のうち${run}を動かし、${works}が動きました。そのうち resave: false が安全なのは${safe}です。`,
  toMatrix: 'ストアを動かして比べた表',
  toMatrixNote: 'resave: false は安全か、期限は守られるか、サーバーが落ちたらどうなるか。',
  madeWith: 'テストの環境',
  command: 'コマンド',
  dates: '実行日',
  howToRead: '表の読み方',
  reading: [
    '「動く」は、session() に渡して保存・読み出し・破棄ができたという意味です。欠陥がないという意味ではありません。',
    '「resave: false」は、touchがレコードの期限を延ばせば安全です。延ばさないと、読むだけの利用者は使っている途中でログアウトされます。「消えない」(△)は、レコードがCookieの期限では消えず、途中で切れることはないかわりに、延びたかどうかもわからなかったストアです。別に決まった時間で消えることはあります。',
    '「期限」は、過ぎたレコードをgetが渡さないかです。定期的な掃除まで待つストアは「守らない」になります。',
    '「再起動後」は、プロセスが終わり、別のプロセスが動いたときに、レコードが残っているかです。',
    '「欠陥」は、成り立たなかった約束の数です。どれほど困るかは使い方で違うので、中身を見てください。',
    '結果は書いてあるバージョンのものです。設定はそのストアのREADMEのとおりで、エミュレーターで動かしたものは、本物のサーバーでは違うかもしれません。',
  ],
  table: '動かしたストア',
  tableNote: '見出しを押すと並べ替わります。',
  columns: {
    store: 'ストア',
    needs: 'レコードの置き場所',
    works: '動作',
    resave: 'resave: false',
    expiry: '期限',
    persistent: '再起動後',
    faults: '欠陥',
    newest: '最新のバージョン',
    licence: 'ライセンス',
  },
  works: { yes: good('動く'), no: bad('動かない') },
  resave: {
    yes: good('安全'),
    'with-faults': half('touchに欠陥'),
    'no-end-seen': half('消えない'),
    no: bad('安全でない'),
    'cannot-tell': open('不明'),
  } satisfies Record<ResaveFalse, Sign>,
  expiry: {
    yes: good('守る'),
    no: bad('守らない'),
    'not-offered': plain('なし'),
    'cannot-tell': open('不明'),
  } satisfies Record<Answer, Sign>,
  persistent: {
    yes: good('残る'),
    no: plain('消える'),
    'not-offered': plain('なし'),
    'cannot-tell': open('不明'),
  } satisfies Record<Answer, Sign>,
  how: {
    real: '実物',
    embedded: '組み込み',
    emulator: 'エミュレーター',
  } satisfies Record<NonNullable<ListedStore['how']>, string>,
  unknown: '不明',
  deprecated: '非推奨',
  notRun: '動かしていないストア',
  notRunNote: '動かせなかったというだけで、使えないという意味ではありません。',
  reason: '理由',
  lacks: {
    server: (backend) => `${backend}のサーバーがDebianのパッケージにない`,
    account: (backend) => `${backend}のアカウントが要る。npmで入る代わりもない`,
    mongod: () =>
      'mongodがDebianのパッケージにない。npmにある代わりは、mongodそのものを外から取ってくるか、文字列の_idを受け付けない',
    package: () => 'npm installが「404 Not Found」で終わる(2026-11-22)',
  } satisfies Record<NonNullable<ListedStore['lacks']>, (backend: string) => string>,
  couldNotRun: '動かそうとすると',
  noFaults: '契約の約束は、確かめたかぎり、すべて成り立ちました。',
  mend: '作者に直してほしいこと',
  mendNote: 'どれもセッションのあるサイトで実際に起きることです。手順は、そのまま手で試せます。',
  report: { should: 'あるべき姿', steps: '手順', happened: '起きたこと' },
  differing: '性質として成り立たないこと、わからなかったこと',
  all: (count: number) => `すべての項目 ${count}`,
  answers: {
    yes: good('成り立つ'),
    no: bad('成り立たない'),
    'not-offered': plain('ない'),
    'cannot-tell': open('不明'),
  } satisfies Record<Answer, Sign>,
  isNotSo: plain('いいえ'),
  notMeasured: plain('まだ測っていない'),
  seen: '見たもの',
  homepage: 'ホームページ',
  behind: 'サーバー',
  again: '確かめ直す',
  backToTable: '← どのストアを使えばよいか',
}

const en: typeof ja = {
  title: 'Which session store should I use?',
  answer: 'The answer for each database',
  answerNote: 'The best of the stores that were run, the good ones first.',
  noAnswer: 'No answer, as none of its stores could be run',
  allFour: 'works, resave: false is safe, keeps the expiry, survives a restart',
  fitness: { good: good('good'), limited: half('with limits'), unfit: bad('unfit') },
  short: 'The stores compared',
  lead: 'The stores that the documentation lists as compatible, put through one contract. Follow a verdict in the table to what it rests on.',
  summary: (listed, run, works, safe) =>
    `Of the ${listed} listed, ${run} were run and ${works} work; with ${safe} of these resave: false is safe.`,
  toMatrix: 'The stores, run and compared',
  toMatrixNote: 'Is resave: false safe, is the expiry kept, what happens when the server goes away?',
  madeWith: 'Run with',
  command: 'Command',
  dates: 'Dates',
  howToRead: 'How to read the table',
  reading: [
    '“Works”: given to session(), it stores, reads and destroys. It does not mean without faults.',
    '“resave: false” is safe when touch makes the expiry of the row later. Otherwise a visitor who only reads is logged out in the middle of it. “stays” (△): the row did not end with its cookie, so nothing breaks off, and whether touch does anything does not show; it may end after a time of its own.',
    '“Restart”: whether the rows are there when the process has ended and another one runs.',
    '“Expiry”: get does not hand out a row past its expiry. A store that waits for its next clean-up does not keep it.',
    '“Faults”: how many promises did not hold. How much each matters depends on your use: look at them.',
    'A result is that of the version named, with the settings of the store’s own documentation. What ran on an emulator may differ with the real server.',
  ],
  table: 'Stores that were run',
  tableNote: 'Press a heading to sort.',
  columns: {
    store: 'Store',
    needs: 'Keeps rows in',
    works: 'Works',
    resave: 'resave: false',
    expiry: 'Expiry',
    persistent: 'Restart',
    faults: 'Faults',
    newest: 'Newest',
    licence: 'Licence',
  },
  works: { yes: good('works'), no: bad('fails') },
  resave: {
    yes: good('safe'),
    'with-faults': half('faulty touch'),
    'no-end-seen': half('stays'),
    no: bad('not safe'),
    'cannot-tell': open('unknown'),
  },
  expiry: {
    yes: good('kept'),
    no: bad('not kept'),
    'not-offered': plain('none'),
    'cannot-tell': open('unknown'),
  },
  persistent: {
    yes: good('there'),
    no: plain('gone'),
    'not-offered': plain('none'),
    'cannot-tell': open('unknown'),
  },
  how: {
    real: 'real',
    embedded: 'embedded',
    emulator: 'emulator',
  },
  unknown: 'unknown',
  deprecated: 'deprecated',
  notRun: 'Stores that were not run',
  notRunNote: 'This says only that they could not be run here, not that they do not work.',
  reason: 'Reason',
  lacks: {
    server: (backend) => `the ${backend} server is not among the packages of Debian`,
    account: (backend) => `it needs an account for ${backend}, and npm ships nothing that stands for it`,
    mongod: () =>
      'mongod is not among the packages of Debian; what npm ships instead either downloads mongod or takes no text for an _id',
    package: () => 'npm install ends with “404 Not Found” (2026-11-22)',
  },
  couldNotRun: 'When it is run',
  noFaults: 'Every promise of the contract held, as far as it could be tried.',
  mend: 'What its author should mend',
  mendNote: 'Each can happen on a site with sessions. The steps can be followed by hand.',
  report: { should: 'What should be', steps: 'Steps', happened: 'What happened' },
  differing: 'Properties that it does not have, and what could not be found out',
  all: (count) => `All ${count} claims`,
  answers: {
    yes: good('holds'),
    no: bad('does not hold'),
    'not-offered': plain('not offered'),
    'cannot-tell': open('unknown'),
  },
  isNotSo: plain('no'),
  notMeasured: plain('not measured yet'),
  seen: 'What was seen',
  homepage: 'Home page',
  behind: 'Server',
  again: 'Run it again',
  backToTable: '← Which store should I use?',
}

/** What the page of the stores says. */
export const matrixWords: Readonly<Record<Language, typeof ja>> = { ja, en }
