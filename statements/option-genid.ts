import type { Statement } from './statement.ts'

export default [
  {
    id: 'genid.function-supplies-session-id',
    section: 'options.genid',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'genid',
    ja: 'genid に渡した関数の返す文字列が新しいセッションIDになる。',
    en: 'The string returned by genid becomes the new session id.',
  },
  {
    id: 'genid.receives-req',
    section: 'options.genid',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'genid',
    ja: 'genid は第1引数に req を受け取り、req に付いた値を ID に使える。',
    en: 'genid receives req as its first argument.',
  },
  {
    id: 'genid.default-uses-uid-safe',
    section: 'options.genid',
    kind: 'behaviour',
    level: ['wire', 'api'],
    scenario: 'genid',
    ja: '既定では uid-safe で ID を作る。',
    en: 'Ids are generated with uid-safe by default.',
  },
  {
    id: 'genid.ids-must-be-unique',
    section: 'options.genid',
    kind: 'advice',
    level: ['store', 'api'],
    scenario: 'genid',
    ja: 'ID が重複するとセッションが衝突するので、一意になるように作る必要がある。',
    en: 'Ids must be unique, otherwise sessions collide.',
  },
  {
    id: 'genid.example-uuid',
    section: 'options.genid',
    kind: 'example',
    level: ['wire'],
    scenario: 'genid',
    ja: '例: UUID をセッションIDに使う。',
    en: 'Example: use UUIDs as ids.',
  },
] as const satisfies readonly Statement[]
