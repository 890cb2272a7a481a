// 壊した版: req.sessionでなくreqに数を置きます。リクエストが終わると消えるので、いつも1回目になります。
// Broken: the counts are kept on req instead of req.session. They are gone with the request: every view is the first.
import express, { type Request } from 'express'
import session from 'express-session'
import parseurl from 'parseurl'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { views?: Record<string, number> }

const links = '<p><a href="/foo">/foo</a> <a href="/bar">/bar</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public')) // before the session: the icon and the style are no page views

  app.use(session({ name: 'views.sid', secret, store, resave: false, saveUninitialized: true }))

  app.use((req: Visit, _res, next) => {
    if (!req.views) {
      req.views = {}
    }

    // get the url pathname
    const pathname = parseurl(req)?.pathname ?? '/'

    // count the views
    req.views[pathname] = (req.views[pathname] || 0) + 1

    next()
  })

  app.get('/', (_req, res) => {
    res.send(page('views', links))
  })

  app.get('/foo', (req: Visit, res) => {
    res.send(page('/foo', '<p>you viewed this page ' + req.views?.['/foo'] + ' times</p>' + links))
  })

  app.get('/bar', (req: Visit, res) => {
    res.send(page('/bar', '<p>you viewed this page ' + req.views?.['/bar'] + ' times</p>' + links))
  })

  return app
}
