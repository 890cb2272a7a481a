import type { Statement } from './statement.ts'

export default [
  {
    id: 'store.option-takes-instance',
    section: 'options.store',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'store-contract',
    ja: 'store にはストアのインスタンスを渡す。',
    en: 'store takes a store instance.',
  },
  {
    id: 'store.default-new-MemoryStore',
    section: 'options.store',
    kind: 'behaviour',
    level: ['api'],
    scenario: 'memory-store',
    ja: '省略すると新しい MemoryStore が使われる。',
    en: 'A new MemoryStore is used by default.',
  },
] as const satisfies readonly Statement[]
