// 壊した版: trust proxyを設定しません。HTTPSで開いても、アプリにはHTTPに見えるので、Set-Cookieが送られません。
// Broken: no trust proxy. Even over HTTPS the app takes the connection for HTTP, and no Set-Cookie is sent.
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
