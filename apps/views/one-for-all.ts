// 壊した版: 回数をセッションでなくサーバーの変数に置きます。全員で1つの数になり、再起動で消えます。
// Broken: the counts are in a variable of the server, not in the session. Everyone shares them; a restart forgets them.
import express, { type Request } from 'express'
import session from 'express-session'
import parseurl from 'parseurl'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { views?: Record<string, number> } }

const views: Record<string, number> = {}

const links = '<p><a href="/foo">/foo</a> <a href="/bar">/bar</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public')) // before the session: the icon and the style are no page views

  app.use(session({ name: 'views.sid', secret, store, resave: false, saveUninitialized: true }))

  app.use((req: Visit, _res, next) => {
    // get the url pathname
    const pathname = parseurl(req)?.pathname ?? '/'

    // count the views
    views[pathname] = (views[pathname] || 0) + 1
    req.session.views = views

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
