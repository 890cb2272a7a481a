// 壊した版: pathnameでなくreq.urlで数えます。/foo?x=1と/fooが別のページになります。
// Broken: counts by req.url instead of the pathname. /foo?x=1 and /foo become two pages.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: Record<string, number> } }

const links = '<p><a href="/foo">/foo</a> <a href="/bar">/bar</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public')) // before the session: the icon and the style are no page views

  app.use(session({ name: 'views.sid', secret, store, resave: false, saveUninitialized: true }))

  app.use((req: Visit, _res, next) => {
    if (!req.session.views) {
      req.session.views = {}
    }

    // count the views
    req.session.views[req.url] = (req.session.views[req.url] || 0) + 1

    next()
  })

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
