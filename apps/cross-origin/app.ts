import express, { type Request } from 'express'
import session from 'express-session'
import { createProxyServer } from 'httpxy'
import type { CreateApp, Surroundings } from '../create-app.ts'
import { page } from '../page.ts'
import { spa } from './pages/spa.ts'

type Visit = Request & { session: { count?: number } }

/** HTTPS is there as well: a cookie for other sites takes it. */
export const surroundings = { isBehindTlsProxy: true } satisfies Surroundings

/** The API: it counts the calls of each visitor. */
export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.use(express.static('public'))

  app.use(
    session({
      name: 'cross-origin.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { sameSite: 'lax', secure: 'auto' },
    }),
  )

  app.get('/', ({ session: { count = 0 } }: Visit, res) => {
    res.send(page('the API', `<p>/api/count: ${count}</p>`))
  })

  app.post('/api/count', ({ session }: Visit, res) => {
    session.count = (session.count ?? 0) + 1
    res.json({ count: session.count })
  })

  return app
}

/** The single-page app, on a server of its own. What is for the API it hands on: to the browser, all is one host. */
export const createSecondApp: CreateApp = ({ otherUrl }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.use(express.static('public'))

  const api = createProxyServer({ target: otherUrl() })
  app.all('/api/*path', (req, res, next) => void api.web(req, res).catch(next))

  app.get('/', (_req, res) => {
    res.send(page('single-page app', spa([''], "{ method: 'POST' }")))
  })

  return app
}
