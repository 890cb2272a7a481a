// READMEのコードのままの版: 先にres.write()するので、残り秒数がいつも60秒と出ます。
// The README's snippet, unchanged: it calls res.write() first, so the remaining time always reads 60 seconds.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { closePage, openPage, page } from '../page.ts'

type Visit = Request & { session: { views?: number } }

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
    if (req.session.views) {
      req.session.views++
      res.setHeader('Content-Type', 'text/html')
      res.write(openPage('welcome'))
      res.write('<p>views: ' + req.session.views + '</p>')
      res.write('<p>expires in: ' + (req.session.cookie.maxAge ?? 0) / 1000 + 's</p>')
      res.end(closePage)
    } else {
      req.session.views = 1
      res.setHeader('Content-Type', 'text/html')
      res.end(page('welcome', '<p>welcome to the session demo. refresh!</p>'))
    }
  })

  return app
}
