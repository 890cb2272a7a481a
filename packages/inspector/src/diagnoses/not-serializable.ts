import { evidenceIn, exchangesOf, grouped, routeOf } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Seen } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

/** The session cannot become JSON: the request hangs, fails, or ends the process. */
export const notSerializable: Diagnosis = {
  id: 'not-serializable',
  kind: 'fault',
  title: {
    ja: 'セッションがJSONにできない',
    en: 'the session cannot become JSON',
  },
  fix: {
    words: {
      ja: 'JSONになる値だけを入れます(BigIntは文字列や数に、循環する参照は要る部分だけに)。',
      en: 'Store what JSON knows: a BigInt as text or number, of a circle only the part that is needed.',
    },
    code: 'req.session.points = Number(points)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  explains: [
    ...['response-never-ended', 'response-cut-off', 'store-call-failed', 'not-saved-though-answered'],
    ...['written-after-end', 'type-lost-in-json', 'store-does-not-answer'],
  ],
  find(seen) {
    const all = exchangesOf(seen).flatMap((exchange) => {
      const reason = reasonIn(exchange, seen)
      return reason === undefined ? [] : [{ exchange, reason }]
    })
    return [...grouped(all, ({ exchange }) => routeOf(exchange)).entries()]
      .slice(0, 3)
      .flatMap(([about, these]) => {
        const [first] = these
        if (!first) return []
        const { exchange, reason } = first
        const ja =
          exchange.status === null ? 'レスポンスは終わりませんでした' : `レスポンスは${exchange.status}でした`
        const en =
          exchange.status === null ? 'the response did not end' : `the response was ${exchange.status}`
        return [
          {
            about,
            words: {
              ja: `${about}のセッションはJSONにできません(${reason})。${ja}。`,
              en: `The session of ${about} cannot become JSON (${reason}); ${en}.`,
            },
            evidence: [
              evidenceIn(
                exchange,
                `JSON.stringifyが失敗しました: ${reason}`,
                `JSON.stringify failed: ${reason}`,
              ),
            ],
            exchanges: these.map((one) => one.exchange.id),
          },
        ]
      })
  },
}

/** What JSON.stringify said, its first line: a circle is drawn in those that follow, with the app's names. */
function reasonIn(exchange: Exchange, seen: Seen): string | undefined {
  const { facts, calls } = exchange
  const refused = calls.find(({ method, data }) => method === 'set' && data?.startsWith('('))?.data
  const said = (facts?.unserialisable ?? refused?.slice(1, -1))?.split('\n')[0]?.slice(0, 120)
  return said ?? (hasStopped(exchange, seen) ? 'JSON.stringify' : undefined)
}

/** express-session says that it saves, makes JSON of the session, and calls the store: it did not get that far. */
function hasStopped({ debug, calls, sessions, end, status }: Exchange, seen: Seen): boolean {
  const isWatched = seen.sessions.some(({ number, store }) => sessions.includes(number) && store > 0)
  const saves = debug.filter((line) => line.startsWith('saving ')).length
  const isOver = end === 'cut' || (status !== null && status >= 500)
  return isWatched && isOver && saves > calls.filter(({ method }) => method === 'set').length
}
