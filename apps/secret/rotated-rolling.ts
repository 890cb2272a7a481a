// 比べる版: rotatedにrolling: trueを加えます。レスポンスのたびにCookieを送り直すので、新しい鍵の署名に替わります。
// To compare: rotated, with rolling: true. The cookie is sent with every response, and so signed with the new secret.
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
      secret: [renewed, secret].flat(),
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(page('secret', '<p>visits: ' + req.session.visits + '</p><p><a href="/">again</a></p>'))
  })

  return app
}
