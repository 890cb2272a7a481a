// 比べる版: maxAgeとexpiresの両方を書きます。後に並んだexpiresが効き、5秒ではなく1時間になります。
// To compare: maxAge and expires are both given. expires comes later and takes effect: one hour, not 5 seconds.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { writes?: number } }

const shown = (writes = 0) =>
  `<p class="count" aria-label="writes">${writes}</p>` +
  '<p class="actions"><a class="button" href="/">read</a> <a class="button" href="/write">write</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
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
      cookie: { maxAge: 5_000, expires: new Date(Date.now() + 3_600_000) }, // 1 h after the start
    }),
  )

  // changes nothing in the session
  app.get('/', (req: Visit, res) => {
    res.send(page('expiry', shown(req.session.writes)))
  })

  app.get('/write', (req: Visit, res) => {
    req.session.writes = (req.session.writes ?? 0) + 1
    res.send(page('expiry', shown(req.session.writes)))
  })

  return app
}
