// 比べる版: ストアがdisconnectを知らせているあいだは、req.sessionがundefinedになります。レコードもCookieも残ります。
// To compare: while the store says it is disconnected, req.session is undefined. Row and cookie stay.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'store-contract.sid',
      secret,
      store,
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
        `<p class="count" aria-label="count">${req.session ? (req.session.count ?? 0) : '–'}</p>` +
          '<p class="actions"><a class="button" href="/add">add 1</a> <a href="/">read again</a> ' +
          '<a href="/disconnect">disconnect</a> <a href="/connect">connect</a></p>',
      ),
    )
  })

  app.get('/add', (req: Visit, res, next) => {
    req.session.count = (req.session.count ?? 0) + 1
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  for (const event of ['disconnect', 'connect']) {
    app.get('/' + event, (_req, res) => {
      store.emit(event) // a store does this itself when it loses its database, and when it has it again
      res.redirect('/')
    })
  }

  return app
}
