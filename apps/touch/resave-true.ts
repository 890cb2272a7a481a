// 比べる版: touchのないストアとresave: true。レコードは延びますが、見るだけのリクエストもレコードを丸ごと書き、同時の変更を消します。
// To compare: no touch, but resave: true. The row is extended, by writing all of it: even a look can undo a change.
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
  const withoutTouch: Store = Object.assign(Object.create(store), { touch: undefined })

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
      store: withoutTouch,
      resave: true, // every request writes the whole row
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
