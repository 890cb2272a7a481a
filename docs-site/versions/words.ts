import type { Language } from '../../common/words.ts'
import type { Verdict } from '../../statements/statement.ts'
import type { Cell, Reason } from '../../versions/results.ts'

type CellName = Cell | 'unmeasured'

const ja = {
  title: 'リリースごとの結果',
  lead: '公式ドキュメントの文とラボの発見を、express-sessionの公開済みのリリース1つずつで試した結果です。',
  summary: (sentences: number, releases: number, turning: number) =>
    `${sentences}文を${releases}個のリリースで試しました。リリースによって結果が変わるのは${turning}文です。`,
  nothing: 'まだ測定していません。次のコマンドで測定し、もう一度ドキュメントを作ってください。',
  toVersions: 'どの文が、どのリリースから成り立つか',
  toReleases: 'リリースごとに、変わったことを読む',
  toFromTo: '2つのリリースを比べる',
  fromArticle: (article: string, today: string) => `${article}から${today}へ移ると、何が変わるか`,
  news: 'リリースノートに書かれたところが見つからない変化',
  newsNote: (unwritten: number, all: number) =>
    `リリースノートのあるリリースでは${all}件の変化があり、そのうち${unwritten}件では、それを伝える行が見つかりません。行は、文が扱うオプションやメソッドの名前で探し、別の言葉で書かれたものは読んで補っています。すべての行は、リリースのページで読めます。`,
  newsUnknown: (count: number) =>
    `ほかの${count}件は、リリースノートがパッケージに入っていないため、分かりません。`,
  matrix: '文とリリースの表',
  stack: 'ExpressとNode.jsの組み合わせ',
  folded: '変わったところだけ',
  whole: 'すべての文とリリース',
  foldedNote: '結果の変わる文だけを並べ、何も変わらないリリースは1列にまとめてあります。',
  wholeNote: '試したすべての文と、すべてのリリースです。',
  sentence: '文',
  noTurning: 'どの文の結果も、どのリリースでも同じでした。',
  legend: '表の読み方',
  legendNote:
    '公式ドキュメントの文のうち判定が「成り立たない」ものは、判定どおりかどうかを示します。横棒の幅は、同じ結果が続くリリースの範囲です。',
  cells: {
    stands: '成り立つ',
    falls: '成り立たない',
    'no-difference': '差が出ない',
    'cannot-run': '試せない',
    spurious: '不安定',
    unmeasured: '未測定',
  } satisfies Record<CellName, string>,
  asJudged: '判定どおり',
  notAsJudged: '判定と違う',
  cellNotes: {
    stands: 'すべての証明が成り立ち、どの反例も失敗しました。',
    falls: 'リリースは動きますが、証明の主張が失敗しました。',
    'no-difference':
      '証明は成り立ちますが、反例でも成り立ちました。違いを生むものが、このリリースにはまだありません。',
    'cannot-run': '決められませんでした。成り立たないという意味ではなく、理由を添えてあります。',
    spurious: '同じ実行を繰り返すと、結果が食い違いました。',
    unmeasured: 'この組み合わせでは試していません。',
  } satisfies Record<CellName, string>,
  reasons: {
    'does-not-install': 'インストールできない',
    'does-not-load': '読み込めない',
    'option-missing': 'オプションやメソッドがまだない',
    'makes-no-session': 'このNode.jsとExpressでは、セッションを作れない',
    'app-does-not-start': 'アプリが起動しない',
    'process-ends': 'プロセスが終わる',
    'needs-server': '必要なサーバーがなかった',
    'needs-browser': 'ブラウザーが必要',
    untestable: '観察では決められない',
  } satisfies Record<Reason, string>,
  because: (what: string, why: string) => `${what}(${why})`,
  versions: (from: string, to: string) => (from === to ? from : `${from}–${to}`),
  madeWith: '測定した環境',
  browser: 'ブラウザー',
  notRun: (browsers: string) => `${browsers}では測定していません`,
  method:
    'まず最新のリリースで、すべてのテストをブラウザーも使って実行します。ほかのリリースには、そのときブラウザーが送ったリクエストを送り直し、レスポンス、Set-Cookie、ストアの呼び出し、レコードを比べます。同じなら結果も同じとし、違うときだけブラウザーで実行し直します。コードの中の文字列が同じで、ブラウザーもプロセスも使わないテストで同じ動きをしたリリースどうしは、残りの結果を共有します。',
  noBrowser: 'ブラウザーが必要な文は「試せない」としています。',
  date: '日時',
  command: 'コマンド',
  seconds: '所要時間',
  inSeconds: (seconds: number) => `${seconds}秒`,
  badgesLabel: 'express-sessionのリリース',
  badges: {
    always: (from: string, to: string, what: string) => `${from}–${to}のどれでも${what}`,
    since: (from: string, what: string) => `${from}から${what}`,
    range: (range: string, what: string) => `${range}では${what}`,
  },
  releases: 'リリースごとの変化',
  releasesLead:
    'express-sessionのリリースごとに、結果が変わった文と、それを伝えるリリースノートの行を並べました。',
  releasesWithChanges: '結果の変わった文があるリリース',
  changed: (count: number) => `結果が変わった文 ${count}`,
  unchanged: '結果が変わった文はありません。',
  firstRelease: 'ここから測定しています。',
  unwritten: 'リリースノートに、伝える行が見つからない',
  unknownNote: 'リリースノートにあるかどうかは分からない',
  noteSays: 'リリースノート',
  onlyOn: (stacks: string) => `${stacks}のとき`,
  notes: 'このリリースのリリースノート',
  noNotes: 'このリリースについてのリリースノートは、どのパッケージにも入っていません。',
  previous: '前',
  next: '次',
  inMatrix: '表で見る',
  fromTo: '2つのリリースの比較',
  fromToLead: 'リリースを上げたり戻したりすると、どの文の結果が変わるかを調べられます。',
  from: '変更前',
  to: '変更後',
  release: 'リリース',
  noScript: '選んで比べるにはJavaScriptが必要です。リリースごとの変化は、次のページで読めます。',
  difference: (count: number, compared: number) =>
    count > 0
      ? `${count}文の結果が変わります。両方で結果の決まった文は${compared}文です。`
      : compared > 0
        ? `結果が変わる文はありません。両方で結果の決まった文は${compared}文です。`
        : 'この2つでは、両方で結果の決まった文がないので、比べられません。',
  gained: '成り立つようになる文',
  lost: '成り立たなくなる文',
  other: 'そのほか、結果が変わる文',
  madeByStack: 'express-sessionではなく、ExpressかNode.jsの違いによる',
  turnsIn: '変わったリリース',
  permalink: 'この比較へのリンク',
  becomes: 'から',
  list: (some: readonly string[]) => some.join('、'),
}

const en: typeof ja = {
  title: 'Release by release',
  lead: 'What the sentences of the documentation and the findings of this lab come to in each published release of express-session.',
  summary: (sentences, releases, turning) =>
    `${sentences} sentences were tried in ${releases} releases; ${turning} of them come to different things in different releases.`,
  nothing: 'Nothing was measured yet. Measure with this command, and build the documentation once more.',
  toVersions: 'Since which release each sentence holds',
  toReleases: 'Read what changed in each release',
  toFromTo: 'Compare two releases',
  fromArticle: (article, today) => `From ${article} to ${today}: what changes`,
  news: 'Changes for which no line was found in the release notes',
  newsNote: (unwritten, all) =>
    `In releases with notes, sentences turn over ${all} times; for ${unwritten} of these no line was found that tells of it. Lines are looked for by the names of options and methods, and those in other words by reading; all of them can be read on the page of the releases.`,
  newsUnknown: (count) => ` Of ${count} more it is not known: no package brings the notes of these releases.`,
  matrix: 'Sentences and releases',
  stack: 'Express and Node.js',
  folded: 'Only what changes',
  whole: 'All sentences and releases',
  foldedNote: 'Only sentences that turn over; releases in which nothing changes share a column.',
  wholeNote: 'All sentences that were tried, and all releases.',
  sentence: 'Sentence',
  noTurning: 'Every sentence comes to the same in every release.',
  legend: 'How to read it',
  legendNote:
    'Where the verdict of a documented sentence is that it does not hold, the table says whether it is as judged. A bar is as wide as the releases that it stands for.',
  cells: {
    stands: 'holds',
    falls: 'does not hold',
    'no-difference': 'makes no difference',
    'cannot-run': 'cannot be tried',
    spurious: 'spurious',
    unmeasured: 'not measured',
  },
  asJudged: 'as judged',
  notAsJudged: 'not as judged',
  cellNotes: {
    stands: 'Every proof holds, and every counter-example fails.',
    falls: 'The release works, and the claim of a proof fails.',
    'no-difference':
      'The proofs hold, but so does the counter-example: what makes the difference is not in this release yet.',
    'cannot-run': 'Nothing was decided: this does not say that it fails. The reason stands beside it.',
    spurious: 'Repeats of the same run did not agree.',
    unmeasured: 'It was not tried on this stack.',
  },
  reasons: {
    'does-not-install': 'does not install',
    'does-not-load': 'does not load',
    'option-missing': 'the option or method is not there yet',
    'makes-no-session': 'makes no session on this Node.js and Express',
    'app-does-not-start': 'the app does not start',
    'process-ends': 'the process ends',
    'needs-server': 'a server that it needs was missing',
    'needs-browser': 'needs a browser',
    untestable: 'no observation can decide it',
  },
  because: (what, why) => `${what} (${why})`,
  versions: ja.versions,
  madeWith: 'Measured with',
  browser: 'Browser',
  notRun: (browsers) => `not run in ${browsers}`,
  method:
    'The newest release runs every test, with a browser where one is needed. The others are sent the requests that the browser sent there, and their responses, Set-Cookie lines, store calls and rows are compared: where they are the same, so is the result, and where not, the browser is asked again. Releases with the same texts in their code that do the same in every test without a browser or a second process share the rest.',
  noBrowser: 'Sentences that need a browser count as “cannot be tried”.',
  date: 'Date',
  command: 'Command',
  seconds: 'Took',
  inSeconds: (seconds) => `${seconds} s`,
  badgesLabel: 'Releases of express-session',
  badges: {
    always: (from, to, what) => `${what} in every release from ${from} to ${to}`,
    since: (from, what) => `${what} since ${from}`,
    range: (range, what) => `${what} in ${range}`,
  },
  releases: 'What changed in each release',
  releasesLead:
    'Of each release of express-session, the sentences that turn over in it, and the line of the release notes that tells of it.',
  releasesWithChanges: 'Releases in which sentences turn over',
  changed: (count) => `Sentences that turn over: ${count}`,
  unchanged: 'No sentence turns over.',
  firstRelease: 'Measured from here on.',
  unwritten: 'no line found in the release notes',
  unknownNote: 'whether the release notes tell of it is not known',
  noteSays: 'Release notes',
  onlyOn: (stacks) => `with ${stacks}`,
  notes: 'The notes of this release',
  noNotes: 'No package brings notes of this release.',
  previous: 'Previous',
  next: 'Next',
  inMatrix: 'In the table',
  fromTo: 'Two releases compared',
  fromToLead: 'Find out which sentences turn over when you upgrade, or go back.',
  from: 'From',
  to: 'To',
  release: 'Release',
  noScript: 'Choosing needs JavaScript. What changed in each release is on this page:',
  difference: (count, compared) =>
    count > 0
      ? `Sentences that turn over: ${count}. ${compared} sentences are decided in both.`
      : compared > 0
        ? `No sentence turns over. ${compared} sentences are decided in both.`
        : 'These two cannot be compared: no sentence was decided in both.',
  gained: 'Begin to hold',
  lost: 'No longer hold',
  other: 'Others that turn over',
  madeByStack: 'because of Express or Node.js, not of express-session',
  turnsIn: 'Turns over in',
  permalink: 'Link to this comparison',
  becomes: 'to',
  list: (some) => some.join(', '),
}

export type VersionWords = typeof ja
/** What the pages about the releases of express-session say. */
export const versionWords: Readonly<Record<Language, VersionWords>> = { ja, en }

/** Beside its word: colour is never the only sign. */
export const cellSigns: Readonly<Record<CellName, string>> = {
  stands: '✓',
  falls: '✕',
  'no-difference': '＝',
  'cannot-run': '–',
  spurious: '≠',
  unmeasured: '·',
}

/** Of which verdict it has the colour. */
export const cellTones: Readonly<Record<CellName, string>> = {
  stands: 'holds',
  falls: 'does-not-hold',
  'no-difference': 'condition',
  'cannot-run': 'untestable',
  spurious: 'condition',
  unmeasured: 'not-run',
}

/**
 * What a sentence came to, in a word; why, where nothing was decided. Of a sentence whose verdict is that it does not hold,
 * this verdict stands or falls.
 */
export function cellWord(
  { cell, why }: { cell: Cell | null; why?: Reason | undefined },
  verdict: Verdict | null | undefined,
  words: VersionWords,
): string {
  if (verdict === 'does-not-hold' && cell === 'stands') return words.asJudged
  if (verdict === 'does-not-hold' && cell === 'falls') return words.notAsJudged
  const word = words.cells[cell ?? 'unmeasured']
  return why ? words.because(word, words.reasons[why]) : word
}
