// 壊した版: touchの代わりにsetを呼ぶストア。ログアウトで消したレコードを、遅れて終わったリクエストが元に戻します。
// Broken: a store whose touch is a set. A request that ends late brings back the row that a logout has removed.
import express, { type Request } from 'express'
import session, { type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

const shown = (count = 0) =>
  `<p class="count" aria-label="count">${count}</p>` +
  '<p class="actions"><a class="button" href="/">look</a> <a class="button" href="/add">add 1</a> ' +
  '<a href="/log-out">log out</a></p><p><a href="/slow-and-add">add 1 during a slow look</a><br>' +
  '<a href="/slow-and-log-out">log out during a slow look</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  // writes the row, whether it is still there or not
  const reviving: Store = Object.assign(Object.create(store), {
    touch: (...args: Parameters<Store['set']>) => store.set(...args),
  })

  const app = express()
  app.use(express.static('public'))

  // the browser requests both frames at the same time; these pages themselves need no session
  for (const quick of ['add', 'log-out']) {
    app.get(`/slow-and-${quick}`, (_req, res) => {
      const frame = (path: string) =>
        `<iframe src="${path}" title="${path}" width="230" height="200"></iframe> `
      res.send(
        page('two requests at once', frame('/slow') + frame('/' + quick) + '<p><a href="/">look</a></p>'),
      )
    })
  }

  app.use(
    session({
      name: 'touch.sid',
      secret,
      store: reviving,
      resave: false, // what has not changed is not written
      saveUninitialized: false,
      rolling: true, // each response extends the cookie
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  // changes nothing
  app.get('/', (req: Visit, res) => {
    res.send(page('touch', shown(req.session.count)))
  })

  // changes nothing either, and takes two seconds: it has read the session when it begins
  app.get('/slow', (req: Visit, res) => {
    setTimeout(() => res.send(page('slow look', `<p>took 2 s, saw ${req.session.count ?? 0}</p>`)), 2000)
  })

  app.get('/add', (req: Visit, res) => {
    setTimeout(() => {
      req.session.count = (req.session.count ?? 0) + 1
      res.send(page('touch', shown(req.session.count)))
    }, 300)
  })

  app.get('/log-out', (req, res, next) => {
    setTimeout(() => req.session.destroy((err) => (err ? next(err) : res.send(page('touch', shown())))), 300)
  })

  return app
}
