// 壊した版: どちらも既定の名前connect.sid。Cookieはポートで分かれないので、互いのCookieを上書きし合い、セッションを見失います。
// Broken: both with the default name connect.sid. Ports do not separate cookies, so each overwrites the other's cookie and its session is lost from sight.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number; stamps?: string } }

/** The first app counts visits. */
export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  app.use(session({ secret, store, resave: false, saveUninitialized: false }))

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(page('app A', '<p>visits: ' + req.session.visits + '</p><p><a href="/">again</a></p>'))
  })

  return app
}

/** The second app, on the same host and another port, collects stamps. */
export const createSecondApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  app.use(session({ secret, store, resave: false, saveUninitialized: false }))

  app.get('/', (req: Visit, res) => {
    req.session.stamps = (req.session.stamps ?? '') + '*'
    res.send(page('app B', '<p>stamps: ' + req.session.stamps + '</p><p><a href="/">again</a></p>'))
  })

  return app
}
