// 壊した版: destroyのないストア。add 1もread againも動き、regenerateとdestroyだけがエラーになります。
// Broken: a store without destroy. Adding and reading work; only regenerate and destroy are errors.
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const withoutDestroy: Store = Object.assign(Object.create(store), { destroy: undefined })

  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'store-contract.sid',
      secret,
      store: withoutDestroy,
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
