import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'
import { changesIn } from '../model/diff.ts'

/** What may change without anybody noticing: clocks and tokens. */
const unnoticed =
  /csrf|xsrf|nonce|^_|last(seen|access|visit|active|activity|request|used)|(accessed|updated|seen|visited|active)(at|on)?$/i

/** A prefetch changed the session, or ended it. */
export const changedByPrefetch: Diagnosis = {
  id: 'changed-by-prefetch',
  kind: 'risk',
  title: { ja: '先読みのリクエストが、セッションを変えた', en: 'a prefetch changed the session' },
  fix: {
    words: {
      ja: '状態を変える操作はPOSTにします。GETのままなら、先読み(Sec-Purpose)を断ります。',
      en: 'Change state by POST only; or else refuse a prefetch (Sec-Purpose).',
    },
    code: "if (req.get('Sec-Purpose')?.includes('prefetch')) return res.sendStatus(503)",
  },
  source: {
    title: 'MDN, Sec-Purpose',
    url: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose',
  },
  explains: ['logout-by-get'],
  find({ steps }) {
    const changing = steps.filter(
      (step) => /prefetch|preview|prerender/i.test(step.facts.purpose ?? '') && changeIn(step),
    )
    const [first] = changing
    if (!first) return []
    const change = changeIn(first)
    return [
      foundIn(
        changing,
        {
          words: {
            ja: `ブラウザーの先読み(${requestOf(first)})が、${change?.ja}。利用者はまだ開いていません。`,
            en: `A prefetch of the browser (${requestOf(first)}) ${change?.en}, before the visitor opened anything.`,
          },
          evidence: [
            shown(
              first,
              `Sec-Purpose: ${first.facts.purpose}`,
              '先読みのリクエストです。',
              'It was a prefetch.',
            ),
          ],
        },
        false,
      ),
    ]
  },
}

function changeIn({ exchange, sent }: SeenStep): { ja: string; en: string } | undefined {
  const sid = sent[0]?.sid
  const read = exchange.calls.find((call) => call.method === 'get' && call.sid === sid)
  if (read?.data && exchange.calls.some((call) => call.method === 'destroy' && call.sid === sid))
    return { ja: 'セッションを終わらせました', en: 'ended the session' }
  const key = changesIn(exchange)
    .changes.map(({ path }) => path)
    .find((path) => !unnoticed.test(path))
  return key === undefined
    ? undefined
    : { ja: `セッションの${key}を変えました`, en: `changed ${key} of the session` }
}
