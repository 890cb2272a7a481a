// 壊した版: 片づけをせず、切れたレコードは聞かれたときだけ消します(MemoryStoreと同じ)。戻ってこない人のレコードは、ずっと残ります。
// Broken: no cleanup. An expired row is removed only when it is asked for (as MemoryStore does): the others stay.
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import type { OrderedStore } from './rows/ordered-store.ts'
import { shown } from './rows/shown.ts'
import { addVisitors } from './rows/visitors.ts'

type Visit = Request & { session: { madeAt?: number; visits?: number } }

const links = '<a class="button" href="/">again</a> <a href="/visitors">100,000 visitors</a>'

export const createApp: CreateApp = ({ store, secret }) => {
  const { rows } = store as OrderedStore
  const lazy: Store = Object.assign(Object.create(store), {
    get(sid: string, callback: Parameters<Store['get']>[1]) {
      if ((rows.get(sid)?.expires ?? Infinity) <= Date.now()) rows.delete(sid)
      store.get(sid, callback)
    },
  })

  const app = express()
  app.use(express.static('public'))

  // they come once, and never return
  app.get('/visitors', (_req, res) => {
    addVisitors(rows, 100_000)
    res.redirect('/')
  })

  app.use(
    session({
      name: 'cleanup.sid',
      secret,
      store: lazy,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.madeAt ??= Date.now()
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(shown(req.session.visits, rows, links))
  })

  return app
}
