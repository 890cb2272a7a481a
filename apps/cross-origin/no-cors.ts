// 壊した版(1段目): APIはどのオリジンも許していません。呼び出しは届くのに、ページは返事を読めません。
// Broken (rung 1): the API allows no origin. The call arrives, and the page may not read the answer.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { originsOf, spa } from './pages/spa.ts'

type Visit = Request & { session: { count?: number } }

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

/** The single-page app, on a server of its own. It calls the API across origins. */
export const createSecondApp: CreateApp = ({ otherUrl }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.use(express.static('public'))

  app.get('/', ({ secure }, res) => {
    const apis = originsOf(otherUrl(secure)) // one on another port, one on another site
    res.send(page('single-page app', spa(apis, "{ method: 'POST' }")))
  })

  return app
}
