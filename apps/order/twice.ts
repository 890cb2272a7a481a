// 壊した版: session()が2回。2つ目は何もせず、rollingは効きません。それでも新しいCookieの期限は2つ目のものです。
// Broken: session() twice. The second does nothing, its rolling is not heard, and yet new cookies have its expiry.
import express, { type Request, type Response } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string; views?: number }; user?: string | undefined }

const links =
  '<form action="/login" method="post"><p class="actions"><a class="button" href="/">home</a> ' +
  '<a class="button" href="/admin">admin</a> <input type="submit" value="login"></p></form>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()

  // 1. files: they need no session
  app.use(express.static('public'))

  // 2. the session
  app.use(session({ name: 'order.sid', secret, store, resave: false, saveUninitialized: false }))
  app.use(
    session({
      name: 'order.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { maxAge: 60_000 }, // 1 min
    }),
  )

  // 3. what reads the session. passport.session() does this, and without a session it goes on in silence
  app.use((req: Visit, _res, next) => {
    req.user = req.session?.user
    next()
  })

  // 4. the routes
  const show = (req: Visit, res: Response) => {
    req.session.views = (req.session.views ?? 0) + 1
    const hello = `<p>${req.path}: hello, ${req.user ?? 'stranger'}!</p>`
    const views = `<p class="count" aria-label="views">${req.session.views}</p>`
    res.send(page('order', hello + views + links))
  }
  app.get('/', show)
  app.get('/admin', show)

  app.post('/login', (req: Visit, res, next) => {
    req.session.regenerate((err) => {
      if (err) return next(err)
      req.session.user = 'hanako'
      req.session.save((err) => (err ? next(err) : res.redirect('/')))
    })
  })

  return app
}
