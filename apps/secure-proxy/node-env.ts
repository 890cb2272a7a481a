// 比べる版: READMEのNODE_ENVの例。productionのときだけ、trust proxyとSecureを有効にします。
// To compare: the NODE_ENV example of the README. Only production switches trust proxy and Secure on.
import express, { type Request } from 'express'
import session, { type CookieOptions, type SessionOptions } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  const sess: SessionOptions & { cookie: CookieOptions } = {
    name: 'secure-proxy.sid',
    secret,
    store,
    resave: false,
    saveUninitialized: true,
    cookie: {},
  }

  if (app.get('env') === 'production') {
    app.set('trust proxy', 1) // trust first proxy
    sess.cookie.secure = true // serve secure cookies
  }

  app.use(session(sess))

  app.get('/', (req: Visit, res) => {
    req.session.views = (req.session.views ?? 0) + 1
    const views = '<p>views: ' + req.session.views + '</p>'
    const secure = '<p>req.secure: ' + req.secure + '</p>'
    res.send(page('secure-proxy', views + secure + '<p><a href="/">again</a></p>'))
  })

  return app
}
