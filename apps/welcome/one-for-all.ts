// 壊した版: 数をセッションでなくサーバーの変数に置きます。初めて来た人まで、ほかの人の続きから始まります。
// Broken: the count is in a variable of the server, not in the session. Newcomers continue where others left off.
import express from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

let views = 0

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
  app.get('/', (req, res) => {
    if (views) {
      views++
      // Sent in one piece: the README's first res.write() sends the head, that touches the session,
      // and maxAge, read after it, is always 60 s again (variant readme).
      const body =
        '<p>views: ' + views + '</p>' + '<p>expires in: ' + (req.session.cookie.maxAge ?? 0) / 1000 + 's</p>'
      res.setHeader('Content-Type', 'text/html')
      res.end(page('welcome', body))
    } else {
      views = 1
      res.setHeader('Content-Type', 'text/html')
      res.end(page('welcome', '<p>welcome to the session demo. refresh!</p>'))
    }
  })

  return app
}
