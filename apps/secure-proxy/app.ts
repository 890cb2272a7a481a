import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp, Surroundings } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: number } }

/** The lab puts a reverse proxy in front of this app: it speaks HTTPS to the browser and HTTP to us. */
export const surroundings = { isBehindTlsProxy: true } satisfies Surroundings

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.use(express.static('public'))

  app.use(
    session({
      name: 'secure-proxy.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: true,
      cookie: { secure: true },
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.views = (req.session.views ?? 0) + 1
    const views = '<p>views: ' + req.session.views + '</p>'
    const secure = '<p>req.secure: ' + req.secure + '</p>'
    res.send(page('secure-proxy', views + secure + '<p><a href="/">again</a></p>'))
  })

  return app
}
