import { evidenceIn, idsOf, placeOf, routeOf } from '../diagnose/calls.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { type Seen, type SeenStep, sawAll } from '../diagnose/seen.ts'

const line = 'store is disconnected'
const long = 3_000 // ms

/** The store said `disconnect`: express-session steps aside and there is no `req.session`. */
export const storeDisconnected: Diagnosis = {
  id: 'store-disconnected',
  kind: 'fault',
  title: { ja: 'ストアが切断されている', en: 'the store is disconnected' },
  fix: {
    words: {
      ja: '再接続するクライアントにし、その間は503で答えます。',
      en: 'Use a client that connects again, and answer 503 meanwhile.',
    },
    code: 'app.use((req, res, next) => (req.session ? next() : res.status(503).send(…)))',
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  lab: { scenario: 'store-contract', variant: 'disconnect' },
  explains: ['session-missing', 'store-call-failed'],
  find(seen) {
    const { steps } = seen
    const without = steps.filter(({ why }) => why === 'disconnected')
    const [first] = without
    if (!first || isBorne(without, seen)) return []
    const { exchange } = first
    return [
      {
        words: {
          ja: `ストアがdisconnectを出した後、express-sessionは素通りし、${routeOf(exchange)}にreq.sessionはありませんでした(レスポンス${exchange.status ?? 'なし'})。`,
          en: `The store has emitted disconnect: express-session stepped aside, and ${routeOf(exchange)} had no req.session (status ${exchange.status ?? 'none'}).`,
        },
        evidence: [
          evidenceIn(
            exchange,
            'express-session自身がこう記録しています。',
            'express-session itself says so.',
            `express-session ${line}`,
          ),
        ],
        exchanges: idsOf(without),
        ...placeOf(first.sessionCall),
      },
    ]
  },
}

/** An app that says 503 until its store is back does what it can. */
function isBorne(without: readonly SeenStep[], seen: Seen): boolean {
  const [first, last] = [without[0], without.at(-1)]
  if (!first || !last || without.some(({ exchange }) => exchange.status !== 503)) return false
  const isBack = seen.steps.some(
    ({ exchange, why }) => exchange.at > last.end && why !== 'disconnected' && exchange.debug.length > 0,
  )
  return isBack || !sawAll(seen, first.exchange.at) || last.end - first.exchange.at < long
}
