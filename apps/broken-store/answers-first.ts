// 壊した版: save()を待たずに答えます。保存に失敗しても、訪問者にはうまくいったように見えます。
// Broken: answers without waiting for save(). When it fails, it looks to the visitor as if all were well.
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
      store: new PatientStore(store, 1_000), // 1 s
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    const count = `<p class="count" aria-label="count">${req.session.count ?? 0}</p>`
    res.send(page('broken store', count + links))
  })

  app.get('/add', (req: Visit, res) => {
    req.session.count = (req.session.count ?? 0) + 1
    res.redirect('/')
  })

  app.use(((err, _req, res, next) => {
    if (err.status !== 503 || res.headersSent) return next(err)
    res.status(503).set('Retry-After', '5')
    res.send(page('please try again', '<p>It was not saved. Your session is not lost.</p>' + links))
  }) satisfies ErrorRequestHandler)

  return app
}
