import { callsIn, evidenceOf, exchangesOf, routeOf, type SeenCall, timeText } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Exchange } from '../exchange.ts'

/** The server ended the connection while the session was being saved, before the response was complete. */
export const responseCutOff: Diagnosis = {
  id: 'response-cut-off',
  kind: 'fault',
  title: {
    ja: 'レスポンスが終わる前にサーバーが接続を切った',
    en: 'the server cut the connection before the response was complete',
  },
  fix: {
    words: {
      ja: '答えるのは一度だけにし、答えた後でnext(error)を呼びません。',
      en: 'Answer once, and call no next(error) after that.',
    },
    code: 'app.use((error, req, res, next) => {\n  if (res.headersSent) return next(error)\n  res.status(500).send(…)\n})',
  },
  source: {
    title: 'Express, Error handling',
    url: 'https://expressjs.com/en/guide/error-handling.html',
  },
  find(seen) {
    const cut = exchangesOf(seen).flatMap((exchange) => {
      const call = pendingIn(exchange)
      return call ? [{ exchange, call }] : []
    })
    const [first] = cut
    if (!first) return []
    const { exchange, call } = first
    const wait = timeText(exchange.at + (exchange.duration ?? 0) - call.began)
    return [
      {
        words: {
          ja: `${routeOf(exchange)}のレスポンス(${exchange.status ?? '?'})は、${call.call.method}が始まって${wait}後、終わる前にサーバーが接続を切って途切れました。答えた後でエラーがnext()に渡されたときの動きです。`,
          en: `The response of ${routeOf(exchange)} (${exchange.status ?? '?'}) was cut off by the server ${wait} after ${call.call.method} had begun and before it was over: that is what an error passed to next() after the answer does.`,
        },
        evidence: [
          evidenceOf(
            call,
            'この呼び出しを待つ間に、接続が切られました。',
            'The connection was cut while the response waited for this call.',
          ),
        ],
        exchanges: cut.map((one) => one.exchange.id),
      },
    ]
  },
}

/** The call that the end of the response was waiting for when the server itself cut it. */
function pendingIn(exchange: Exchange): SeenCall | undefined {
  const { end, facts, headAt, duration, at } = exchange
  if (end !== 'cut' || facts?.cutBy !== 'server' || headAt === null || duration === null) return undefined
  const over = at + duration
  return callsIn(exchange).find(
    ({ call, began, ended }) =>
      call.method !== 'get' && began <= over && began >= at && ended >= over - 1 && !call.facts?.isUnwatched,
  )
}
