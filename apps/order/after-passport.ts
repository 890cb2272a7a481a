// 壊した版: session()が、それを読むミドルウェアより後ろ。ログインしても、だれも名前で呼ばれません。
// Broken: session() comes after the middleware that reads it. Whoever logs in is still a stranger.
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

  // 3. what reads the session. passport.session() does this, and without a session it goes on in silence
  app.use((req: Visit, _res, next) => {
    req.user = req.session?.user
    next()
  })

  // 2. the session
  app.use(session({ name: 'order.sid', secret, store, resave: false, saveUninitialized: false }))

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
