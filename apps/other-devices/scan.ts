// 比べる版: 索引を持たず、store.allで全員のレコードを読んで探します。allは任意で、IDを渡さないストアもあります。
// To compare: no index; store.all reads the rows of everybody. all is optional, and some stores hand over no sids.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { destroy, regenerate, save } from './devices/awaited.ts'
import { devicesPage, logInPage, nameOf } from './devices/pages.ts'
import { sessionsOf } from './devices/scan.ts'

type Visit = Request & {
  session: { user?: string; written?: number; sid?: string; since?: number; on?: string }
}

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  const cookie = { maxAge: 600_000, sameSite: 'lax' } as const // 10 min
  app.use(
    session({ name: 'other-devices.sid', secret, store, resave: false, saveUninitialized: false, cookie }),
  )

  app.get('/', async ({ session: { user }, sessionID }: Visit, res) => {
    res.send(user ? devicesPage(user, await sessionsOf(store, user), sessionID) : logInPage)
  })

  app.post('/log-in/:user', async (req: Visit, res) => {
    await regenerate(req)
    // the sid goes into the row, because `all` need not tell it
    const user = String(req.params['user']) // (here everybody is let in)
    Object.assign(req.session, { user, sid: req.sessionID, since: Date.now(), on: nameOf(req) })
    await save(req)
    res.redirect('/')
  })

  app.use(({ session: { user } }: Visit, res, next) => (user ? next() : res.redirect('/'))) // logged in

  app.post('/log-out-others', async ({ session: { user = '' }, sessionID }: Visit, res) => {
    const others = (await sessionsOf(store, user)).filter(([sid]) => sid !== sessionID)
    for (const [sid] of others) store.destroy(sid)
    res.redirect('/')
  })

  app.post('/renew', async (req: Visit, res) => {
    const { user, on } = req.session
    await regenerate(req)
    Object.assign(req.session, { user, sid: req.sessionID, since: Date.now(), on })
    await save(req)
    res.redirect('/')
  })

  app.get('/slow', (req: Visit, res) => {
    setTimeout(() => {
      req.session.written = Date.now()
      res.send(page('written', '<p><a href="/">back</a></p>'))
    }, 4000)
  })

  app.post('/log-out', async (req: Visit, res) => {
    await destroy(req)
    res.redirect('/')
  })

  return app
}
