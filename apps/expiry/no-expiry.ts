// 比べる版: 期限を書きません。CookieにExpiresが付かず、ブラウザーを閉じるまで続きます。
// To compare: no expiry. The cookie carries no Expires and lasts until the browser is closed.
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
