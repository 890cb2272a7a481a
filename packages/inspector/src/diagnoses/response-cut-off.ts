import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** The server itself closed the connection before the response was complete, while a save or touch was under way. */
export const responseCutOff: Diagnosis = {
  id: 'response-cut-off',
  kind: 'fault',
  title: {
    ja: 'レスポンスの途中で、サーバーが接続を切っている',
    en: 'the server closes the connection before the response is complete',
  },
  fix: {
    words: {
      ja: '一度だけ答えます。ヘッダーが出たあとのエラーは、next()に渡しません。',
      en: 'Answer once; after the headers have left, pass no error to next().',
    },
    code: 'if (res.headersSent) return',
  },
  source: {
    title: 'Express, Error handling',
    url: 'https://expressjs.com/en/guide/error-handling.html',
  },
  find({ steps }) {
    const cut = steps.filter(isCut)
    const [first] = cut
    if (!first) return []
    return [
      foundIn(
        cut,
        {
          words: {
            ja: `${requestOf(first)}のレスポンスは、セッションを保存している間に、サーバーの側から切られました。訪問者には途中までしか届きません。`,
            en: `The response of ${requestOf(first)} was cut by the server itself while the session was being saved: the visitor got only a part.`,
          },
          evidence: [
            shown(
              first,
              undefined,
              'ヘッダーが出たあとで、サーバーが接続を閉じました。ストアの呼び出しは終わっていません。',
              'The server closed the connection after the headers had left; a store call was not over.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

function isCut({ exchange, facts }: SeenStep): boolean {
  const { end, headAt, duration, calls } = exchange
  if (end !== 'cut' || headAt === null || duration === null || facts.cutBy !== 'server') return false
  return calls.some(
    (call) =>
      (call.method === 'set' || call.method === 'touch') &&
      call.at <= duration + 1 &&
      (call.duration === null || call.at + call.duration >= duration - 1),
  )
}
