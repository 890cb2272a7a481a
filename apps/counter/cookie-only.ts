// 壊した版: destroyの代わりにclearCookie。ブラウザーは忘れますが、レコードは残り、写し取られたCookieは生きたままです。
// Broken: clearCookie instead of destroy. The browser forgets, but the row stays and a copied cookie still works.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.set('view engine', 'ejs')
  app.use(express.static('public'))

  app.use(
    session({
      name: 'counter.sid', // not the default name
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: false, maxAge: 10_000 }, // 10 s
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.count ??= 0 // writing to it is what starts the session
    res.render('counter/index', { count: req.session.count })
  })

  app.get('/tap', (req: Visit, res, next) => {
    req.session.count = (req.session.count ?? 0) + 1
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/destroy', (_req, res) => {
    res.clearCookie('counter.sid')
    res.redirect('/')
  })

  return app
}
