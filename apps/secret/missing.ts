// 壊した版: secretがありません。起動はしますが、最初のリクエストから500になります。
// Broken: no secret. The app starts, and every request from the first one on gets 500.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number } }

export const createApp: CreateApp = ({ store }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    // @ts-expect-error: the types refuse what session() itself lets pass
    session({
      name: 'secret.sid',
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
