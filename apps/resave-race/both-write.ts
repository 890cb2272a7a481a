// 壊した版: resaveはfalseのまま、/readもレコードに1つ書きます。変えたリクエストどうしの競争は、resave: falseでも防げません。
// Broken: resave stays false, but /read writes a little too. A race of two that write is not prevented by resave: false.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number; readAt?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  // the browser requests both frames at the same time; this page itself needs no session
  app.get('/race', (_req, res) => {
    const frames =
      '<iframe src="/read" title="slow: /read" width="260" height="160"></iframe> ' +
      '<iframe src="/add" title="quick: /add" width="260" height="160"></iframe>'
    res.send(page('two requests at once', frames + '<p><a href="/">what became of the count?</a></p>'))
  })

  app.use(session({ name: 'resave-race.sid', secret, store, resave: false, saveUninitialized: true }))

  app.get('/', (req: Visit, res) => {
    const count = '<p class="count" aria-label="count">' + (req.session.count ?? 0) + '</p>'
    res.send(
      page('resave race', count + '<p><a class="button" href="/race">race!</a> <a href="/add">add 1</a></p>'),
    )
  })

  // the slow one: it has read the session when it begins, takes a second, and notes when it was done
  app.get('/read', (req: Visit, res) => {
    setTimeout(() => {
      req.session.readAt = Date.now()
      res.send(
        page('/read', '<p>took 1 s and saw ' + (req.session.count ?? 0) + '</p><p><a href="/">count</a></p>'),
      )
    }, 1000)
  })

  // the quick one: it adds 1 and is done while the slow one is still at work
  app.get('/add', (req: Visit, res) => {
    setTimeout(() => {
      req.session.count = (req.session.count ?? 0) + 1
      res.send(
        page('/add', '<p>took 0.3 s and made it ' + req.session.count + '</p><p><a href="/">count</a></p>'),
      )
    }, 300)
  })

  return app
}
