// 比べる版: unset: 'keep'。req.sessionを消してもレコードは残り、そのリクエストでの変更だけが捨てられます。
// To compare: unset: 'keep'. The row outlives req.session; only what this request changed is dropped.
import express, { type Request } from 'express'
import session, { type Session } from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

// unlike the types of express-session, this one says that a session may go away
type Visit = Omit<Request, 'session'> & { session?: (Session & { note?: string }) | null | undefined }

const links = ['read', 'write', 'delete', 'null', 'undefined', 'save-first']
const nav = `<p class="actions">${links.map((to) => `<a href="/${to}">${to}</a>`).join(' ')}</p>`

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'unset.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      unset: 'keep',
    }),
  )

  app.get(['/', '/read'], (req: Visit, res) => {
    res.send(page('unset', `<p>note: <b>${req.session?.note ?? 'none'}</b></p>${nav}`))
  })

  app.get('/write', (req: Visit, res) => {
    if (req.session) req.session.note = 'written'
    res.send(page('unset', `<p>written</p>${nav}`))
  })

  app.get(['/delete', '/null', '/undefined'], (req: Visit, res) => {
    if (req.session) req.session.note = 'changed'
    if (req.path === '/delete') delete req.session
    else req.session = req.path === '/null' ? null : undefined
    res.send(page('unset', `<p>changed, then unset</p>${nav}`))
  })

  app.get('/save-first', (req: Visit, res, next) => {
    if (req.session) req.session.note = 'saved'
    req.session?.save((err) => {
      if (err) return next(err)
      req.session = null
      res.send(page('unset', `<p>changed, saved, then unset</p>${nav}`))
    })
  })

  return app
}
