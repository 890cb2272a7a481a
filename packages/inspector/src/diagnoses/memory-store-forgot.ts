import { timedCalls } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { Seen, SeenStep } from '../diagnose/seen.ts'
import { hasFailed } from '../model/row-events.ts'

/** A cookie that is validly signed leads to a row that this process has never had, and its rows are only in itself. */
export const memoryStoreForgot: Diagnosis = {
  id: 'memory-store-forgot',
  kind: 'fault',
  title: {
    ja: 'プロセスの中にあったセッションが、再起動(または別のプロセス)で失われた',
    en: 'sessions that were in a process are lost: it restarted, or another one answers',
  },
  fix: {
    words: {
      ja: 'プロセスの外のストア(Redis、PostgreSQL、SQLiteなど)を使います。',
      en: 'Use a store outside of the process: Redis, PostgreSQL, SQLite …',
    },
    code: 'session({ …, store: new RedisStore({ client }) })',
  },
  source: {
    title: 'express-session README, Compatible Session Stores',
    url: 'https://github.com/expressjs/session#compatible-session-stores',
  },
  lab: { scenario: 'memory-store' },
  explains: ['rows-of-nobody'],
  find(seen) {
    const isKnown = knownIn(seen)
    const forgotten = seen.steps.filter((step) => isForgotten(step) && !isKnown(step))
    const [first] = forgotten
    if (!first) return []
    return [
      foundIn(forgotten, {
        words: {
          ja: `${requestOf(first)}のCookieは署名が正しいのに、このプロセス(${first.sessionCall?.pid})はそのセッションを一度も持っていません。${first.sessionCall?.storeName}のレコードは、作ったプロセスと一緒に消えました。`,
          en: `The cookie of ${requestOf(first)} is validly signed, and this process (${first.sessionCall?.pid}) has never had its session. What ${first.sessionCall?.storeName} holds ends with the process that made it.`,
        },
        evidence: [
          shown(
            first,
            undefined,
            '署名は正しく、getは何も見つけませんでした。',
            'The signature fits, and get found nothing.',
          ),
        ],
      }),
    ]
  },
}

/** The row that session() asked for is not there, and the cookie was made with the secret that is in use. */
function isForgotten({ exchange, sent, sessionCall }: SeenStep): boolean {
  const [cookie] = sent
  if (!sessionCall || sessionCall.rows === 'elsewhere' || cookie?.state !== 'valid') return false
  const read = exchange.calls.find(({ method, sid }) => method === 'get' && sid === cookie.sid)
  return read !== undefined && read.duration !== null && read.data === null && !hasFailed(read)
}

/** Whether the process of a step has had the session of its cookie before. */
function knownIn(seen: Seen): (step: SeenStep) => boolean {
  const first = new Map<string, number>()
  for (const { call, step, begin } of timedCalls(seen)) {
    const hasHad = call.method === 'set' || call.method === 'destroy' || call.data !== null
    const key = `${step?.sessionCall?.pid}\n${call.sid}`
    if (hasHad && !first.has(key)) first.set(key, begin)
  }
  return ({ sent, sessionCall, exchange }) => {
    const begin = first.get(`${sessionCall?.pid}\n${sent[0]?.sid}`)
    return begin !== undefined && begin < exchange.at + (exchange.duration ?? 0)
  }
}
