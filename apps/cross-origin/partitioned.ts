// 比べる版(8段目): partitioned: trueを足します。止められませんが、Cookieは開いているサイトごとに別になります。
// To compare (rung 8): with partitioned: true. It is not blocked, but there is one cookie for each site that is open.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { originsOf, spa } from './pages/spa.ts'

type Visit = Request & { session: { count?: number } }

/** The API: it counts the calls of each visitor. */
export const createApp: CreateApp = ({ store, secret, otherUrl }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.use(express.static('public'))

  // the pages that may call
  app.use(({ secure, headers: { origin = '' } }, res, next) => {
    if (originsOf(otherUrl(secure)).includes(origin)) {
      res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' })
    }
    res.vary('Origin')
    next()
  })

  app.use(
    session({
      name: 'cross-origin.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { sameSite: 'none', secure: true, partitioned: true },
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
    res.send(page('single-page app', spa(apis, "{ method: 'POST', credentials: 'include' }")))
  })

  return app
}
