// 壊した版: expiresに日時を直接書きます。起動から15秒を過ぎると、新しいセッションはもう始められません。
// Broken: expires is given a date. 15 seconds after the start, no new session can begin any more.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { writes?: number } }

const until = (end: Date) => `<p>expires: <time>${end.toISOString()}</time></p>`

const shown = (writes = 0) =>
  `<p class="count" aria-label="writes">${writes}</p>` +
  '<p class="actions"><a class="button" href="/">read</a> <a class="button" href="/write">write</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const end = new Date(Date.now() + 15_000) // 15 s after the start
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'expiry.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { expires: end },
    }),
  )

  // changes nothing in the session
  app.get('/', (req: Visit, res) => {
    res.send(page('expiry', until(end) + shown(req.session.writes)))
  })

  app.get('/write', (req: Visit, res) => {
    req.session.writes = (req.session.writes ?? 0) + 1
    res.send(page('expiry', until(end) + shown(req.session.writes)))
  })

  return app
}
