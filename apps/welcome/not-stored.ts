// 壊した版: req.sessionでなくreqに数を置きます。リクエストが終わると消えるので、いつまでも初めての訪問になります。
// Broken: the count is kept on req instead of req.session. It is gone with the request: every visit is the first.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { views?: number }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  // Use the session middleware
  app.use(
    session({
      name: 'welcome.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: 60000 },
    }),
  )

  // Access the session as req.session
  app.get('/', (req: Visit, res) => {
    if (req.views) {
      req.views++
      // Sent in one piece: the README's first res.write() sends the head, that touches the session,
      // and maxAge, read after it, is always 60 s again (variant readme).
      const body =
        '<p>views: ' +
        req.views +
        '</p>' +
        '<p>expires in: ' +
        (req.session.cookie.maxAge ?? 0) / 1000 +
        's</p>'
      res.setHeader('Content-Type', 'text/html')
      res.end(page('welcome', body))
    } else {
      req.views = 1
      res.setHeader('Content-Type', 'text/html')
      res.end(page('welcome', '<p>welcome to the session demo. refresh!</p>'))
    }
  })

  return app
}
