// 比べる版: rollingを書きません(既定はfalse)。期限が延びるのは書き込んだときだけで、読んでいるだけでは5秒で切れます。
// To compare: no rolling (the default is false). Only writing extends the cookie: whoever merely reads is out after 5 seconds.
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
      cookie: { maxAge: 5_000 }, // 5 s from the last write
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
