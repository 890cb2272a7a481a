import { evidenceIn, exchangesOf, grouped, routeOf, timeText } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Seen } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

const patient = 1_000 // ms: a route that answers so late may be waiting on purpose

/** The request was never answered: nothing at all was sent. */
export const responseNeverEnded: Diagnosis = {
  id: 'response-never-ended',
  kind: 'fault',
  title: { ja: 'レスポンスが返らない', en: 'the request is never answered' },
  fix: {
    words: {
      ja: 'どの道でもnext()を呼ぶか、応答します。',
      en: 'Call next(), or answer, on every path.',
    },
    code: "if (req.session.user) return next()\nres.status(401).send('please log in')",
  },
  source: {
    title: 'Express, Writing middleware',
    url: 'https://expressjs.com/en/guide/writing-middleware.html',
  },
  find(seen) {
    const hanging = exchangesOf(seen).filter((exchange) => isHanging(exchange, seen))
    return [...grouped(hanging, routeOf).entries()].slice(0, 5).flatMap(([about, these]) => {
      const [first] = these
      if (!first) return []
      const wait = timeText(first.duration ?? seen.now - first.at)
      const [ja, en] =
        first.duration === null
          ? ['まだ何も送られていません', 'nothing has been sent yet']
          : ['訪問者は何も受け取らずに去りました', 'the visitor left with nothing']
      return [
        {
          about,
          words: {
            ja: `${about}に${wait}たってもレスポンスが返らず、${ja}。ストアの呼び出しはすべて返っています。`,
            en: `${about} was not answered for ${wait}: ${en}. All calls of the store had come back.`,
          },
          evidence: these
            .slice(0, 3)
            .map((exchange) =>
              evidenceIn(exchange, 'ヘッダーも本文も出ていません。', 'Neither head nor body has left.'),
            ),
          exchanges: these.map(({ id }) => id),
        },
      ]
    })
  },
}

/** Neither waiting on purpose nor for the store. */
function isHanging(exchange: Exchange, seen: Seen): boolean {
  const { facts, headAt, end, calls } = exchange
  if (!facts?.isUnanswered || headAt !== null || end === 'finished') return false
  if (calls.some(({ duration, facts: of }) => duration === null && !of?.isUnwatched)) return false
  return !exchangesOf(seen).some(
    (other) => routeOf(other) === routeOf(exchange) && (other.headAt ?? 0) > patient,
  )
}
