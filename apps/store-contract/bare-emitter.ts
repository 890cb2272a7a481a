// 壊した版: 公式ドキュメントのメソッドを持つEventEmitter。session.Storeを継がないので、2回目のリクエストからエラーになります。
// Broken: an EventEmitter with the documented methods, but no session.Store. Every request after the first is an error.
import { EventEmitter } from 'node:events'
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const bare = Object.assign(new EventEmitter(), {
    get: store.get.bind(store),
    set: store.set.bind(store),
    destroy: store.destroy.bind(store),
    touch: store.touch?.bind(store),
  })

  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'store-contract.sid',
      secret,
      store: bare as Store, // (createSession and regenerate are missing)
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
