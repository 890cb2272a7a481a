import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'
import type { SeenStep } from '../diagnose/seen.ts'

/** A handler read `req.session`, and no session() had run for this request. */
export const sessionMissing: Diagnosis = {
  id: 'session-missing',
  kind: 'fault',
  title: {
    ja: 'session()を通らないルートが、req.sessionを使っている',
    en: 'a route uses req.session, and session() does not run for it',
  },
  fix: {
    words: {
      ja: 'session()を、ルートやPassportより前に置きます。',
      en: 'Put session() before the routes, and before passport.',
    },
    code: 'app.use(session({ … }))\napp.get(…)',
  },
  source: {
    title: 'Express, Using middleware',
    url: 'https://expressjs.com/en/guide/using-middleware.html',
  },
  find({ steps, sessions }) {
    if (sessions.length === 0) return []
    // whoever also reads it before a session() that does run is a logger or the like, and proves nothing
    const isReadEarly = steps.some(({ exchange, facts }) => facts.isMissed && exchange.sessions.length > 0)
    const missed = steps.filter((step) => isMissing(step) && (!isReadEarly || isError(step)))
    const [first] = missed
    if (!first) return []
    const { status } = first.exchange
    return [
      foundIn(
        missed,
        {
          words: {
            ja: `${requestOf(first)}はreq.sessionを読みましたが、session()を通っていないのでundefinedでした。`,
            en: `${requestOf(first)} read req.session, which was undefined: session() had not run for it.`,
          },
          evidence: [
            shown(
              first,
              undefined,
              `このリクエストにはデバッグ行もストアの呼び出しもなく、${status ?? '-'}で終わりました。ほかのリクエストはsession()を通っています。`,
              `It has no debug line and no store call, and ended with ${status ?? '-'}. Other requests do go through session().`,
            ),
          ],
        },
        false,
      ),
    ]
  },
}

const isError = ({ exchange }: SeenStep) => (exchange.status ?? 0) >= 500

function isMissing({ exchange, facts }: SeenStep): boolean {
  const { method, status, sessions } = exchange
  return facts.isMissed === true && sessions.length === 0 && method !== 'OPTIONS' && status !== 404
}
