// 壊した版: 鍵を新しいものに取り替えただけです。どのCookieも署名が合わなくなります。レコードは残っています。
// Broken: the secret is simply replaced. No cookie’s signature fits any longer; the rows are still there.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  const renewed = [secret].flat()[0] + ', renewed' // in earnest: new random bytes in SESSION_SECRET
  app.use(express.static('public'))

  app.use(
    session({
      name: 'secret.sid',
      secret: renewed,
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
