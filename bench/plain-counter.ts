// The yardstick: the same counter as apps/counter/app.ts, written plainly in one file and with nothing of lab/.
import express, { type Express, type Request } from 'express'
import session, { type Store } from 'express-session'

type Visit = Request & { session: { count?: number } }

export function plainCounter(store: Store = new session.MemoryStore()): Express {
  const app = express()
  app.set('view engine', 'ejs')
  app.use(express.static('public'))

  app.use(
    session({
      name: 'counter.sid',
      secret: 'keyboard cat, a bench',
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: false, maxAge: 10_000 },
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.count ??= 0
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
