// 壊した版: 期限ではなく、作られてからの時間で消します。使い続けている人のレコードも、10秒たつと消えます。
// Broken: goes by the time since a row was made, not by its expiry. Whoever is still busy loses theirs after 10 seconds.
import { setImmediate } from 'node:timers/promises'
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

async function removeExpired(rows: Rows) {
  let looked = 0
  for (const [sid, { data }] of rows) {
    const { madeAt } = JSON.parse(data)
    if (madeAt + 10_000 <= Date.now()) rows.delete(sid)
    if (++looked % 500 === 0) await setImmediate() // everybody else gets a turn
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
