import type { Words } from '../common/words.ts'

/**
 * When a contestant takes part: always, or with `--inspector`, or with `--stores` (and, of these, where the server is
 * installed), or where the native `sqlite3` is installed.
 */
export type Group = 'always' | 'inspector' | 'stores' | 'redis' | 'postgres' | 'native'

interface Contestant {
  group: Group
  title: Words
}

export const contestants = {
  plain: {
    group: 'always',
    title: { ja: '素朴な1ファイル、MemoryStore', en: 'plain, one file, MemoryStore' },
  },
  control: {
    group: 'always',
    title: { ja: '対照: plainをもう1つ', en: 'control: a second plain' },
  },
  memory: {
    group: 'always',
    title: { ja: 'このラボ、memory:', en: 'this lab, memory:' },
  },
  sqlite: {
    group: 'always',
    title: { ja: 'このラボ、sqlite:(既定)', en: 'this lab, sqlite: (default)' },
  },
  'memory+inspector': {
    group: 'inspector',
    title: { ja: 'memory、記録あり', en: 'memory, recorded' },
  },
  'sqlite+inspector': {
    group: 'inspector',
    title: { ja: 'sqlite、記録あり', en: 'sqlite, recorded' },
  },
  attached: {
    group: 'inspector',
    title: {
      ja: 'plain、express-session-inspector付き(続けて多く来るときは一部を記録)',
      en: 'plain, with express-session-inspector attached: records some of many',
    },
  },
  recorded: {
    group: 'inspector',
    title: {
      ja: '同じ、すべてのリクエストを記録',
      en: 'the same, with every request recorded',
    },
  },
  undiagnosed: {
    group: 'inspector',
    title: {
      ja: '同じ、原因を探さない',
      en: 'the same, without looking for causes',
    },
  },
  express: {
    group: 'stores',
    title: { ja: 'Express、セッションなし', en: 'Express without sessions' },
  },
  'cookie-session': {
    group: 'stores',
    title: { ja: 'cookie-session(ストアなし)', en: 'cookie-session (no store)' },
  },
  redis: {
    group: 'redis',
    title: { ja: 'このラボ、redis:', en: 'this lab, redis:' },
  },
  postgres: {
    group: 'postgres',
    title: { ja: 'このラボ、postgres:', en: 'this lab, postgres:' },
  },
  native: {
    group: 'native',
    title: {
      ja: 'plain、connect-sqlite3(READMEどおり、sqlite3)',
      en: 'plain, connect-sqlite3 as its README, native sqlite3',
    },
  },
  'native-wal': {
    group: 'native',
    title: { ja: '同じ、concurrentDb: true', en: 'the same, concurrentDb: true' },
  },
} as const satisfies Record<string, Contestant>

export type Name = keyof typeof contestants

/** What is set against what, and how many times the requests per second we aim for. */
export const comparisons: readonly { of: Name; to: Name; aim?: number }[] = [
  { of: 'control', to: 'plain' },
  { of: 'memory', to: 'plain', aim: 0.95 },
  { of: 'sqlite', to: 'plain' },
  { of: 'sqlite', to: 'native', aim: 3 },
  { of: 'sqlite', to: 'native-wal', aim: 1.5 },
  { of: 'attached', to: 'plain', aim: 0.9 },
  { of: 'recorded', to: 'plain' },
  { of: 'recorded', to: 'undiagnosed', aim: 0.95 },
  { of: 'memory+inspector', to: 'memory' },
  { of: 'sqlite+inspector', to: 'sqlite' },
  ...(['cookie-session', 'memory', 'sqlite', 'native', 'native-wal', 'redis', 'postgres'] as const).map(
    (of) => ({ of, to: 'express' as const }),
  ),
]
