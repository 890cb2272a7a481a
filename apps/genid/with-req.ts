// 比べる版: reqを使い、IDの前にホスト名を付けます。localhostと127.0.0.1で開き比べられます。
// To compare: uses req to put the host name in front of the id. Open it on localhost and on 127.0.0.1.
import { randomUUID } from 'node:crypto'
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'genid.sid',
      genid: (req) => req.hostname + '.' + randomUUID(),
      secret,
      store,
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(
      page(
        'genid',
        '<p>visits: ' +
          req.session.visits +
          '</p><p>id: <code>' +
          escapeHtml(String(req.sessionID)) +
          '</code></p><p><a href="/">again</a> <a href="/renew">regenerate</a></p>',
      ),
    )
  })

  app.get('/renew', (req, res, next) => {
    req.session.regenerate((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
