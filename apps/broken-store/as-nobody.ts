// 壊した版: getの失敗を「セッションがない」とみなします。ストアが一度つまずくと、訪問者は自分のセッションを失います。
// Broken: takes a get that failed for "no session". The store stumbles once, and the visitor has lost their session.
import express, { type ErrorRequestHandler, type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import type { BrokenStore } from './store/broken-store.ts'
import { PatientStore } from './store/patient-store.ts'

type Visit = Request & { session: { count?: number } }

const link = (method: string, how: string) => `<a href="/break/${method}/${how}">${method} ${how}</a> `
const links =
  '<p class="actions"><a class="button" href="/add">add 1</a> <a href="/">look</a></p><p>add 1, and ' +
  ['get', 'set'].flatMap((method) => ['fails', 'hangs', 'twice'].map((how) => link(method, how))).join('') +
  '</p>'

class LenientStore extends PatientStore {
  override get(...[sid, callback]: Parameters<PatientStore['get']>) {
    super.get(sid, (error, session) => callback(null, error ? null : session))
  }
}

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
      store: new LenientStore(store, 1_000), // 1 s
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
