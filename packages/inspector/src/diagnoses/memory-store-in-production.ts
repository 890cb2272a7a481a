import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** express-session's own MemoryStore, and `NODE_ENV` is `production`. */
export const memoryStoreInProduction: Diagnosis = {
  id: 'memory-store-in-production',
  kind: 'risk',
  title: { ja: '本番でMemoryStoreを使っている', en: 'MemoryStore in production' },
  fix: {
    words: {
      ja: 'プロセスの外のストアにします。',
      en: 'Use a store outside of the process.',
    },
    code: 'session({ …, store: new RedisStore({ client }) })',
  },
  source: {
    title: 'express-session README, session(options)',
    url: 'https://github.com/expressjs/session#sessionoptions',
  },
  lab: { scenario: 'memory-store' },
  find({ sessions }) {
    return sessions
      .filter(({ rows, isInProduction }) => rows === 'memory' && isInProduction)
      .map(({ name, where, storeName }) => ({
        about: where ?? name,
        words: {
          ja: `NODE_ENV=productionで、${name}のレコードは${storeName}(このプロセスのメモリー)にあります。再起動で消え、ほかのプロセスからは見えません。`,
          en: `NODE_ENV is production, and the rows of ${name} are in ${storeName}, the memory of this process: they end with it, and no other process sees them.`,
        },
        evidence: [
          {
            words: {
              ja: `session()が呼ばれたときNODE_ENVはproductionで、ストアは${storeName}です。`,
              en: `When session() was called NODE_ENV was production; the store is ${storeName}.`,
            },
          },
        ],
        exchanges: [],
        ...(where !== undefined && { where }),
      }))
  },
}
