import type { Diagnosis } from '../diagnose/diagnosis.ts'

/** express-session's own MemoryStore, with `NODE_ENV=production`. */
export const memoryStoreInProduction: Diagnosis = {
  id: 'memory-store-in-production',
  kind: 'risk',
  title: {
    ja: '本番でMemoryStoreを使っている',
    en: 'MemoryStore is used in production',
  },
  fix: {
    words: {
      ja: 'プロセスの外のストアを渡します。',
      en: 'Give session() a store outside of the process.',
    },
    code: 'session({ …, store: new RedisStore({ client }) })',
  },
  source: {
    title: 'express-session README, session(options)',
    url: 'https://github.com/expressjs/session#sessionoptions',
  },
  lab: { scenario: 'memory-store' },
  find({ sessions }) {
    const call = sessions.find(({ isInProduction, rows }) => isInProduction && rows === 'memory')
    if (!call) return []
    return [
      {
        words: {
          ja: `NODE_ENVがproductionなのに、${call.name}のストアは${call.storeName}です。再起動でセッションが消え、メモリーも減りません。`,
          en: `NODE_ENV is production, and the store of ${call.name} is ${call.storeName}: a restart loses all sessions, and memory is never given back.`,
        },
        evidence: [
          {
            words: {
              ja: 'session()が呼ばれたときの、NODE_ENVとストアの種類です。',
              en: 'NODE_ENV and the class of the store when session() was called.',
            },
          },
        ],
        exchanges: [],
        ...(call.where !== undefined && { where: call.where }),
      },
    ]
  },
}
