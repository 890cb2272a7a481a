// 壊した版: ストアをそのまま渡します。返事がなければいつまでも待ち、2度の返事は2度とも受け、失敗は500になります。
// Broken: the store as it is. Without an answer one waits for ever, two answers are taken twice, and a failure is a 500.
import express, { type ErrorRequestHandler, type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import type { BrokenStore } from './store/broken-store.ts'

type Visit = Request & { session: { count?: number } }

const link = (method: string, how: string) => `<a href="/break/${method}/${how}">${method} ${how}</a> `
const links =
  '<p class="actions"><a class="button" href="/add">add 1</a> <a href="/">look</a></p><p>add 1, and ' +
  ['get', 'set'].flatMap((method) => ['fails', 'hangs', 'twice'].map((how) => link(method, how))).join('') +
  '</p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.get('/break/:method/:how', ({ params: { method, how } }, res) => {
    ;(store as unknown as BrokenStore).break(method, how)
    res.redirect('/add')
  })

  app.use(
    session({
      name: 'broken-store.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    const count = `<p class="count" aria-label="count">${req.session.count ?? 0}</p>`
    res.send(page('broken store', count + links))
  })

  app.get('/add', (req: Visit, res, next) => {
    req.session.count = (req.session.count ?? 0) + 1
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.use(((err, _req, res, next) => {
    if (err.status !== 503 || res.headersSent) return next(err)
    res.status(503).set('Retry-After', '5')
    res.send(page('please try again', '<p>It was not saved. Your session is not lost.</p>' + links))
  }) satisfies ErrorRequestHandler)

  return app
}
