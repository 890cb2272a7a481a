// 壊した版: 鍵を起動のたびに作ります。レコードは同じ場所にあるのに、ほかのプロセスの署名は通りません。
// Broken: the secret is made at each start. The rows are shared, but no process accepts what another one has signed.
import { randomBytes } from 'node:crypto'
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string; views?: number } }

const loginForm =
  '<form action="/login" method="post"><label>Username: <input name="user" required></label><br>' +
  '<input type="submit" value="Login"></form>'

/** The lab starts this app as two processes behind one address, and they take turns in answering. */
export const processes = 2

export const createApp: CreateApp = ({ store }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'cluster.sid',
      secret: randomBytes(32).toString('base64url'), // each process has one of its own
      store, // outside of them, unless SESSION_STORE is memory:
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: 3_600_000 }, // 1 h
    }),
  )

  app.get('/', (req: Visit, res) => {
    const { user } = req.session
    if (user !== undefined) req.session.views = (req.session.views ?? 0) + 1
    const hello =
      `<p>hello, ${escapeHtml(user ?? '')}!</p><p class="count" aria-label="views">${req.session.views}</p>` +
      '<p class="actions"><a class="button" href="/">again</a> <a href="/logout">Logout</a></p>'
    const answered = `<p>answered by process ${process.pid}</p>`
    res.send(page('cluster', (user === undefined ? loginForm : hello) + answered))
  })

  app.post('/login', express.urlencoded({ extended: false }), (req: Visit, res, next) => {
    req.session.regenerate((err) => {
      if (err) return next(err)
      req.session.user = String(req.body?.user)
      req.session.save((err) => (err ? next(err) : res.redirect('/')))
    })
  })

  app.get('/logout', (req, res, next) => {
    req.session.destroy((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
