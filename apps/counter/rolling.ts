// 比べる版: rolling: true。ページを開き直すだけでもCookieが延び、最後のレスポンスから10秒になります。
// To compare: rolling: true. Merely reloading extends the cookie too: 10 seconds from the last response.
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
      rolling: true,
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

  app.get('/destroy', (req, res, next) => {
    req.session.destroy((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
