// 壊した版: すべてのレコードを読み、期限の切れたレコードを一度に消します。そのあいだ、このプロセスはどのリクエストにも答えられません。
// Broken: reads every row and removes the expired ones in one go. Meanwhile this process cannot answer anybody.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { longestPause } from './rows/longest-pause.ts'
import type { OrderedStore, Rows } from './rows/ordered-store.ts'
import { shown } from './rows/shown.ts'
import { addVisitors } from './rows/visitors.ts'

type Visit = Request & { session: { madeAt?: number; visits?: number } }

const links =
  '<a class="button" href="/">again</a> <a href="/visitors">100,000 visitors</a> <a href="/clean-up">clean up</a>'

// from the first row to the last, as the cookie inside each of them says
function removeExpired(rows: Rows) {
  for (const [sid, { data }] of rows) {
    const { cookie } = JSON.parse(data)
    if (Date.parse(cookie.expires) <= Date.now()) rows.delete(sid)
  }
}

export const createApp: CreateApp = ({ store, secret }) => {
  const { rows } = store as OrderedStore
  let pause: number | undefined // the longest of the last cleanup
  const app = express()
  app.use(express.static('public'))

  // they come once, and never return
  app.get('/visitors', (_req, res) => {
    addVisitors(rows, 100_000)
    res.redirect('/')
  })

  // on a click, so that you can watch it; else every minute or so: setInterval(() => …, 60_000).unref()
  app.get('/clean-up', async (_req, res) => {
    pause = await longestPause(() => removeExpired(rows))
    res.redirect('/')
  })

  app.use(
    session({
      name: 'cleanup.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.madeAt ??= Date.now()
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(shown(req.session.visits, rows, links, pause))
  })

  return app
}
