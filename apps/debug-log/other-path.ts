// 壊した版: cookie.pathが/admin。ほかのページにreq.sessionがない理由を、デバッグ行のpathname mismatchが教えます。
// Broken: cookie.path is /admin. The line "pathname mismatch" tells why other pages have no req.session.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session?: { count?: number } }

const links = '<p><a href="/">/</a> <a href="/count">/count</a> <a href="/destroy">/destroy</a></p>'

// Nothing in this code asks for a log: DEBUG=express-session in the environment does, when the process starts.
export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  app.use(
    session({
      name: 'debug-log.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { path: '/admin' },
    }),
  )

  app.get('/', (req: Visit, res) => {
    const count = req.session ? 'count: ' + (req.session.count ?? 0) : 'there is no req.session'
    res.send(page('debug log', '<p>' + count + '</p>' + links))
  })

  app.get('/count', (req: Visit, res) => {
    if (req.session) req.session.count = (req.session.count ?? 0) + 1
    res.send(page('debug log', '<p>counted</p>' + links))
  })

  app.get('/destroy', (req, res, next) => {
    if (!req.session) return next()
    req.session.destroy((err) => (err ? next(err) : res.send(page('debug log', '<p>destroyed</p>' + links))))
  })

  return app
}
