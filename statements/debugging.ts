import { type About, section } from './section.ts'

const about: About = {
  slug: 'debugging',
  title: { ja: 'デバッグ', en: 'Debugging' },
  group: 'examples',
  anchor: 'debugging',
  headings: ['Debugging'],
}

export default section(about, [
  {
    id: 'debug.uses-debug-module',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'debug-log',
    ja: '内部では debug モジュールでセッション操作を記録している。',
    en: 'It logs session operations through the debug module.',
    verdict: 'holds',
    see: {
      ja: '端末で DEBUG=express-session npm run demo:debug-log と起動し、「/count」を押す。時刻、名前空間、メッセージの形のレコードが標準エラーに出る。',
      en: 'In a terminal run DEBUG=express-session npm run demo:debug-log and press /count. Lines of time, namespace and message appear on standard error.',
    },
  },
  {
    id: 'debug.DEBUG-express-session-shows-internal-logs',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'debug-log',
    ja: '起動時に環境変数 DEBUG を express-session にすると内部の記録がすべて見える。',
    en: 'DEBUG=express-session at launch shows all internal logs.',
    verdict: 'holds',
    see: {
      ja: '端末で DEBUG=express-session npm run demo:debug-log と起動し、「/count」「/」「/destroy」を押す。①の各リクエストにあるデバッグ行と、端末の行を見比べる。',
      en: 'In a terminal run DEBUG=express-session npm run demo:debug-log and press /count, / and /destroy. Compare the lines of each request in ① with those in the terminal.',
    },
  },
  {
    id: 'debug.windows-set-syntax',
    kind: 'fact',
    level: ['process'],
    scenario: 'debug-log',
    ja: 'Windows では set を使う別の書き方をする。',
    en: 'On Windows use the equivalent set command.',
    verdict: 'condition',
    because: {
      ja: "cmd.exeのとき。PowerShellのsetは環境変数を作らない($env:DEBUG='express-session'; npm start と書く)。cmdは&の前の空白まで値に入れるが、debugが空白で区切るので動く。引用符で囲むと、引用符も値に入って動かない。",
      en: "In cmd.exe. The set of PowerShell makes no environment variable (there: $env:DEBUG='express-session'; npm start). cmd puts the blank before & into the value, which works because debug splits at blanks; quotes become part of the value as well, and with them it does not work.",
    },
    see: {
      ja: "Windowsのコマンドプロンプトで set DEBUG=express-session & npm run demo:debug-log と起動する。ほかのOSでは DEBUG='express-session ' npm run demo:debug-log で、空白の入った値を試せる。",
      en: "In the Windows command prompt run set DEBUG=express-session & npm run demo:debug-log. Elsewhere DEBUG='express-session ' npm run demo:debug-log tries the value with its blank.",
    },
  },
])
