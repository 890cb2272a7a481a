import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, requestOf, shown } from '../diagnose/found.ts'

const line = 'store is disconnected'

/** The store has said that it is disconnected, and express-session steps aside until it says that it is back. */
export const storeDisconnected: Diagnosis = {
  id: 'store-disconnected',
  kind: 'fault',
  title: {
    ja: 'ストアが切断され、req.sessionがない',
    en: 'the store is disconnected, and there is no req.session',
  },
  fix: {
    words: {
      ja: 'つなぎ直すストアを使い、切れている間は503を返します。',
      en: 'Use a store that reconnects, and answer 503 meanwhile.',
    },
    code: "app.use((req, res, next) => (req.session ? next() : res.status(503).send('…')))",
  },
  source: {
    title: 'express-session README, Session Store Implementation',
    url: 'https://github.com/expressjs/session#session-store-implementation',
  },
  explains: ['session-missing', 'store-call-failed'],
  find({ steps }) {
    const aside = steps.filter(({ exchange }) => exchange.debug.includes(line))
    const [first] = aside
    if (!first) return []
    return [
      foundIn(aside, {
        words: {
          ja: `ストアがdisconnectを知らせたあとなので、${requestOf(first)}はセッションなしで処理されました。`,
          en: `The store had said disconnect, so ${requestOf(first)} was handled without a session.`,
        },
        evidence: [
          shown(
            first,
            `express-session ${line}`,
            'express-session自身がこう記録しています。',
            'express-session itself says so.',
          ),
        ],
      }),
    ]
  },
}
