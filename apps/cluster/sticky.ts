// 比べる版: own-memoryで、訪問者ごとに決まったプロセスが答えます。ログインは続きますが、そのプロセスが終わると失われます。
// To compare: own-memory, and each visitor always gets the same process. The login goes on, until that process ends.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string; views?: number } }

const loginForm =
  '<form action="/login" method="post"><label>Username: <input name="user" required></label><br>' +
  '<input type="submit" value="Login"></form>'

/** The lab starts this app as two processes behind one address, and a visitor always gets the same one. */
export const processes = 2
export const isSticky = true

/** To a new secret in two rolling restarts: all processes accept it before the first one signs with it. */
export const rotation = (secrets: string[], fresh: string) => [
  [...secrets, fresh],
  [fresh, ...secrets],
]

export const createApp: CreateApp = ({ secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'cluster.sid',
      secret, // the same for all processes
      // no store: each process makes a MemoryStore of its own
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
