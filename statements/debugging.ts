import type { Statement } from './statement.ts'

export default [
  {
    id: 'debug.uses-debug-module',
    section: 'Debugging',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'debug-log',
    ja: '内部では debug モジュールでセッション操作を記録している。',
    en: 'It logs session operations through the debug module.',
  },
  {
    id: 'debug.DEBUG-express-session-shows-internal-logs',
    section: 'Debugging',
    kind: 'behaviour',
    level: ['process'],
    scenario: 'debug-log',
    ja: '起動時に環境変数 DEBUG を express-session にすると内部の記録がすべて見える。',
    en: 'DEBUG=express-session at launch shows all internal logs.',
  },
  {
    id: 'debug.windows-set-syntax',
    section: 'Debugging',
    kind: 'fact',
    level: ['process'],
    scenario: 'debug-log',
    ja: 'Windows では set を使う別の書き方をする。',
    en: 'On Windows use the equivalent set command.',
  },
] as const satisfies readonly Statement[]
