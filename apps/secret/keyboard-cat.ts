// 壊した版(わざと脆弱): READMEの例の鍵をそのまま使います。IDさえ知っていれば、誰でも正しい署名を作れます。
// Broken, vulnerable on purpose: the secret of the README’s examples. Whoever knows an id can sign it.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number } }

export const createApp: CreateApp = ({ store }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'secret.sid',
      secret: 'keyboard cat',
      store,
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(page('secret', '<p>visits: ' + req.session.visits + '</p><p><a href="/">again</a></p>'))
  })

  return app
}
