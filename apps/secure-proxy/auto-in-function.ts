// 壊した版: cookieが関数で、secure: 'auto'を返します。関数の'auto'は解釈されず、trueと同じになります。
// Broken: cookie is a function that returns secure: 'auto'. Nobody resolves 'auto' there, so it acts as true.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: number } }

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
      cookie: () => ({ secure: 'auto' }),
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
