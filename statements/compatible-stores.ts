import type { Statement } from './statement.ts'

export default [
  {
    id: 'store.compatible-list-example',
    section: 'Compatible stores',
    kind: 'fact',
    level: ['store'],
    scenario: 'store-contract',
    ja: '一覧にあるモジュールは、このモジュールと互換のストアを提供する。',
    en: 'The listed modules provide compatible stores.',
  },
] as const satisfies readonly Statement[]
