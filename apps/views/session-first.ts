// 壊した版: sessionを静的ファイルより先に置きます。/favicon.icoや/style.cssまで「ページの表示」として数えてしまいます。
// Broken: session before the static files. /favicon.ico and /style.css are counted as page views too.
import express, { type Request } from 'express'
import session from 'express-session'
import parseurl from 'parseurl'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: Record<string, number> } }

const links = '<p><a href="/foo">/foo</a> <a href="/bar">/bar</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(session({ name: 'views.sid', secret, store, resave: false, saveUninitialized: true }))

  app.use((req: Visit, _res, next) => {
    if (!req.session.views) {
      req.session.views = {}
    }

    // get the url pathname
    const pathname = parseurl(req)?.pathname ?? '/'

    // count the views
    req.session.views[pathname] = (req.session.views[pathname] || 0) + 1

    next()
  })

  app.use(express.static('public'))

  app.get('/', (_req, res) => {
    res.send(page('views', links))
  })

  app.get('/foo', (req: Visit, res) => {
    res.send(page('/foo', '<p>you viewed this page ' + req.session.views?.['/foo'] + ' times</p>' + links))
  })

  app.get('/bar', (req: Visit, res) => {
    res.send(page('/bar', '<p>you viewed this page ' + req.session.views?.['/bar'] + ' times</p>' + links))
  })

  return app
}
