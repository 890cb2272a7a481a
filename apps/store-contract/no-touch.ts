// 比べる版: touchのないストア。Cookieは開くたびに延びるのに、レコードは最後のsetから10秒で切れます。
// To compare: a store without touch. Each visit extends the cookie, and the row still ends 10 seconds after its last set.
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const withoutTouch: Store = Object.assign(Object.create(store), { touch: undefined })

  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'store-contract.sid',
      secret,
      store: withoutTouch,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  app.get('/', (req: Visit, res) => {
    res.send(
      page(
        'store contract',
        `<p class="count" aria-label="count">${req.session.count ?? 0}</p>` +
          '<p class="actions"><a class="button" href="/add">add 1</a> <a href="/">read again</a> ' +
          '<a href="/regenerate">regenerate</a> <a href="/destroy">destroy</a></p>',
      ),
    )
  })

  app.get('/add', (req: Visit, res, next) => {
    req.session.count = (req.session.count ?? 0) + 1
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/regenerate', (req, res, next) => {
    req.session.regenerate((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/destroy', (req, res, next) => {
    req.session.destroy((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
