// 比べる版: レコードがないとき、nullではなくENOENTのエラーを返すストア。見つからないのと同じ扱いになります。
// To compare: a store that reports a missing row as an ENOENT error, not as null. It counts as not found.
import express, { type Request } from 'express'
import session, { type SessionData, type Store } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { count?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  // as a store over files may do when the file of a session is not there
  const overFiles: Store = Object.assign(Object.create(store), {
    get: (sid: string, callback: (err: unknown, session?: SessionData) => void) =>
      store.get(sid, (err, found) => {
        if (found) callback(null, found)
        else callback(err ?? Object.assign(new Error('no such file'), { code: 'ENOENT' }))
      }),
  })

  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'store-contract.sid',
      secret,
      store: overFiles,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  app.get('/', (req: Visit, res) => {
    res.send(
      page(
        'store contract',
        `<p class="count" aria-label="count">${req.session.count ?? 0}</p>` +
          '<p class="actions"><a class="button" href="/add">add 1</a> <a href="/">read again</a> ' +
          '<a href="/regenerate">regenerate</a> <a href="/destroy">destroy</a></p>',
      ),
    )
  })

  app.get('/add', (req: Visit, res, next) => {
    req.session.count = (req.session.count ?? 0) + 1
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/regenerate', (req, res, next) => {
    req.session.regenerate((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/destroy', (req, res, next) => {
    req.session.destroy((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
