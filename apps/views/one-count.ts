// 壊した版: パスごとに分けず、1つの数で数えます。/fooを見ても/barが増えます。
// Broken: one number for all paths. Viewing /foo raises /bar too.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

const links = '<p><a href="/foo">/foo</a> <a href="/bar">/bar</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public')) // before the session: the icon and the style are no page views

  app.use(session({ name: 'views.sid', secret, store, resave: false, saveUninitialized: true }))

  app.use((req: Visit, _res, next) => {
    // count the views (not in session.views: there, the other variants find an object of their own)
    req.session.count = (req.session.count || 0) + 1

    next()
  })

  app.get('/', (_req, res) => {
    res.send(page('views', links))
  })

  app.get('/foo', (req: Visit, res) => {
    res.send(page('/foo', '<p>you viewed this page ' + req.session.count + ' times</p>' + links))
  })

  app.get('/bar', (req: Visit, res) => {
    res.send(page('/bar', '<p>you viewed this page ' + req.session.count + ' times</p>' + links))
  })

  return app
}
