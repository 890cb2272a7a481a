// 比べる版: trust proxyの代わりに、session()のproxy: true。Cookieは送られますが、req.secureはfalseのままです。
// To compare: proxy: true of session() instead of trust proxy. The cookie is sent, and yet req.secure stays false.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'secure-proxy.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: true,
      proxy: true,
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
