import type { Statement } from './statement.ts'

export default [
  {
    id: 'cookie.path.sets-attribute',
    section: 'options.cookie.path',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: 'cookie.path の値が Path 属性になる。',
    en: 'cookie.path becomes the Path attribute.',
  },
  {
    id: 'cookie.path.root-by-default',
    section: 'options.cookie.path',
    kind: 'behaviour',
    level: ['wire'],
    scenario: 'cookie-attributes',
    ja: '既定の Path はドメイン直下の "/" である。',
    en: 'Path defaults to "/", the root of the domain.',
  },
] as const satisfies readonly Statement[]
