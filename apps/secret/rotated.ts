// 比べる版: 新しい鍵を先頭に、前の鍵を後ろに置きます。前の鍵で署名されたCookieも通ります。ただし、署名し直されはしません。
// To compare: the new secret first, the previous one behind it. Old cookies still pass, but they are not signed anew.
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
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    res.send(page('secret', '<p>visits: ' + req.session.visits + '</p><p><a href="/">again</a></p>'))
  })

  return app
}
