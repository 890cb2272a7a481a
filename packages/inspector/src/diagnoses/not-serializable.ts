import type { Diagnosis, Evidence } from '../diagnose/diagnosis.ts'
import type { Seen } from '../diagnose/seen.ts'
import type { Exchange } from '../exchange.ts'

/** The session holds what JSON refuses: express-session itself fails on it, and the request hangs or ends in an error. */
export const notSerializable: Diagnosis = {
  id: 'not-serializable',
  kind: 'fault',
  title: {
    ja: 'セッションに、JSONにできない値(BigIntや循環参照)がある',
    en: 'the session holds what cannot become JSON: a BigInt, a circle',
  },
  fix: {
    words: {
      ja: '文字列や数など、JSONで表せる値にして入れます。',
      en: 'Put in what JSON can say: a string, a number.',
    },
    code: 'req.session.points = String(points)',
  },
  source: {
    title: 'express-session README, req.session',
    url: 'https://github.com/expressjs/session#reqsession',
  },
  explains: [
    'response-never-ended',
    'response-cut-off',
    'store-call-failed',
    'not-saved-though-answered',
    'store-does-not-answer',
    'written-after-end',
  ],
  find(seen) {
    const refused = exchangesIn(seen).flatMap((exchange) => {
      const reason = reasonIn(exchange)
      return reason === undefined ? [] : [{ exchange, reason }]
    })
    const [first] = refused
    if (!first) return []
    const { exchange, reason } = first
    const request = `${exchange.method} ${exchange.url.split('?')[0]}`
    const evidence: Evidence = {
      exchange: exchange.id,
      line: reason,
      words: {
        ja: 'セッションをJSONにしようとして、このエラーになります。',
        en: 'Making JSON of the session ends with this error.',
      },
    }
    return [
      {
        words: {
          ja: `${request}はJSONにできない値をセッションに入れました。保存できず、レスポンスが終わらないか、エラーになります。`,
          en: `${request} put something into the session that cannot become JSON. It cannot be saved: the response never ends, or is an error.`,
        },
        evidence: [evidence],
        exchanges: refused.map((one) => one.exchange.id),
      },
    ]
  },
}

const exchangesIn = ({ steps, open }: Seen): Exchange[] => [...steps.map(({ exchange }) => exchange), ...open]

/** The error's first line: it names no value. */
function reasonIn({ facts, calls }: Exchange): string | undefined {
  const written = calls.find(({ method, data }) => method === 'set' && data?.startsWith('('))
  const reason = facts?.unserialisable ?? written?.data?.slice(1, -1)
  return reason?.split('\n')[0]
}
