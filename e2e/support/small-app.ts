import express, { type Request, type RequestHandler } from 'express'
import session, { type SessionData, type SessionOptions } from 'express-session'
import { type InlineApp, inlineApp } from './fixtures.ts'

/** A request of an app that counts. */
export type Visit = Request & { session: { n?: unknown } }

interface Around {
  /** Where session() stands; everywhere when left out. */
  at?: string
  trustProxy?: boolean
  /** Runs before the page. */
  before?: (req: Visit) => void
  /** Pages of its own, before the one that counts. */
  routes?: (app: express.Express) => void
  /** At `/rows` it says how many rows its store has: for a store that is not the lab's. */
  countsRows?: boolean
}

/**
 * An app whose every page counts in the session and says the number, or that there is no session. Its cookie is
 * `finding.sid`, and what is written to no new session is not saved.
 */
export function counting(
  what: string,
  options: Partial<SessionOptions>,
  { at = '/', trustProxy = false, before, routes, countsRows = false }: Around = {},
): InlineApp {
  return inlineApp({
    scenario: 'views',
    name: what,
    createApp({ store, secret }) {
      const app = express()
      if (trustProxy) app.set('trust proxy', 1)
      const all = { name: 'finding.sid', secret, store, resave: false, saveUninitialized: false, ...options }
      if (countsRows) app.get('/rows', rowsOf(all.store))
      app.use(at, session(all))
      routes?.(app)
      app.use((req: Visit, res) => {
        if (!req.session) return res.send('no session')
        before?.(req)
        req.session.n = Number(req.session.n ?? 0) + 1
        return res.send(String(req.session.n))
      })
      return app
    },
  })
}

const rowsOf =
  (store: session.Store | undefined): RequestHandler =>
  (_req, res) => {
    store?.all?.((_error, found) => {
      const rows: readonly SessionData[] = Object.values(found ?? {})
      res.send(String(rows.length))
    })
  }
