import { callsIn, evidenceOf, exchangesOf, idsOf, placeOf, routeOf } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type Seen, type SeenStep, sawAll } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

/** A validly signed id of which this process has never heard, and the rows are in the process. */
export const memoryStoreForgot: Diagnosis = {
  id: 'memory-store-forgot',
  kind: 'fault',
  title: {
    ja: 'プロセスの中のストアが、セッションを忘れた',
    en: 'a store inside of the process has forgotten the session',
  },
  fix: {
    words: {
      ja: 'プロセスの外のストア(Redis、データベース、ファイル)にします。',
      en: 'Use a store outside of the process (Redis, a database, files).',
    },
    code: 'session({ …, store: new RedisStore({ client }) })',
  },
  source: { title: 'express-session README, store', url: 'https://github.com/expressjs/session#store' },
  lab: { scenario: 'memory-store' },
  explains: ['rows-of-nobody', 'row-ends-while-in-use'],
  find(seen) {
    const forgotten = seen.steps.filter((step) => unknownOf(step, seen) !== undefined)
    const [first] = forgotten
    const read = first && unknownOf(first, seen)
    if (!first || !read) return []
    const maker = makerOf(read.call.sid, seen)
    const ja = maker === undefined ? 'このプロセスが始まる前に' : `別のプロセス(${maker})で`
    const en = maker === undefined ? 'before this process began' : `in another process (${maker})`
    return [
      {
        words: {
          ja: `${routeOf(first.exchange)}のCookieは署名が正しいのにレコードがありません。${ja}作られたセッションで、${first.sessionCall?.storeName ?? 'ストア'}のレコードはプロセスとともに消え、ほかのプロセスからは見えません。`,
          en: `The cookie of ${routeOf(first.exchange)} is signed rightly and has no row: the session was made ${en}, and the rows of ${first.sessionCall?.storeName ?? 'the store'} end with their process and are seen by no other.`,
        },
        evidence: [
          evidenceOf(
            read,
            'このプロセスが一度も書いていないidで、getは何も見つけませんでした。',
            'An id that this process has never written: get found nothing.',
          ),
        ],
        exchanges: idsOf(forgotten),
        ...placeOf(first.sessionCall),
      },
    ]
  },
}

/** The `get` that found nothing of an id which this process has not met before. */
function unknownOf({ exchange, sessionCall }: SeenStep, seen: Seen) {
  if (!sessionCall || sessionCall.rows === 'elsewhere') return undefined
  const { debug, calls } = exchange
  const sid =
    calls[0]?.method === 'get' && calls[0].data === null && !calls[0].error ? calls[0].sid : undefined
  if (sid === undefined || !debug.includes('no session found') || !debug.includes(`fetching ${sid}`))
    return undefined
  if (!sawAll(seen, Number.NEGATIVE_INFINITY, exchange.at)) return undefined
  const pid = pidOf(exchange, seen)
  const isKnown = exchangesOf(seen).some(
    (other) =>
      other !== exchange && pidOf(other, seen) === pid && other.at <= exchange.at && madeIn(other, sid),
  )
  const isGiven = seen.steps.some(
    (step) => step.sid === sid && step.sessionSet && pidOf(step.exchange, seen) === pid,
  )
  const isOutside = seen.outside.some((call) => call.sid === sid)
  if (isKnown || isGiven || isOutside || (!knowsBeginning(seen, pid) && makerOf(sid, seen) === undefined))
    return undefined
  return callsIn(exchange)[0]
}

/** Whether an exchange wrote or found this id: then the process has had it. */
const madeIn = ({ calls }: Exchange, sid: string): boolean =>
  calls.some((call) => call.sid === sid && (call.method !== 'get' || call.data !== null))

function pidOf({ processes, sessions }: Exchange, seen: Seen): number | undefined {
  return processes?.at(-1)?.pid ?? seen.sessions.find(({ number }) => sessions.includes(number))?.pid
}

/** The process that has written it, where the record tells. */
function makerOf(sid: string, seen: Seen): number | undefined {
  const maker = exchangesOf(seen).find((exchange) => madeIn(exchange, sid))
  return maker && pidOf(maker, seen)
}

/** Whether the record holds all that this process has done: it forgets the oldest. */
function knowsBeginning(seen: Seen, pid: number | undefined): boolean {
  const oldest = exchangesOf(seen).sort((one, other) => one.id - other.id)[0]
  return oldest !== undefined && (oldest.id === 1 || pidOf(oldest, seen) !== pid)
}
