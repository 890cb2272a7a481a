// 壊した版: リクエストのたびに索引を確かめません。ログアウトさせた端末でも、処理中だったリクエストがレコードを書き戻し、使い続けられます。
// Broken: requests do not look into the index. One that was under way on a logged-out device restores its row for good.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { destroy, regenerate, save } from './devices/awaited.ts'
import { createDeviceIndex } from './devices/device-index.ts'
import { devicesPage, logInPage, nameOf } from './devices/pages.ts'

type Visit = Request & { session: { user?: string; written?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  const devices = createDeviceIndex(store)

  const cookie = { maxAge: 600_000, sameSite: 'lax' } as const // 10 min
  app.use(
    session({ name: 'other-devices.sid', secret, store, resave: false, saveUninitialized: false, cookie }),
  )

  app.get('/', async ({ session: { user }, sessionID }: Visit, res) => {
    res.send(user ? devicesPage(user, await devices.list(user), sessionID) : logInPage)
  })

  app.post('/log-in/:user', async (req: Visit, res) => {
    await regenerate(req)
    req.session.user = String(req.params['user']) // (here everybody is let in)
    devices.add(req.session.user, req.sessionID, nameOf(req))
    await save(req)
    res.redirect('/')
  })

  app.use(({ session: { user } }: Visit, res, next) => (user ? next() : res.redirect('/'))) // logged in

  app.post('/log-out-others', async ({ session: { user = '' }, sessionID }: Visit, res) => {
    await devices.keepOnly(user, sessionID)
    res.redirect('/')
  })

  app.post('/renew', async (req: Visit, res) => {
    const [user = '', before] = [req.session.user, req.sessionID]
    await regenerate(req)
    if (devices.move(user, before, req.sessionID)) req.session.user = user
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
    devices.remove(req.session.user ?? '', req.sessionID)
    await destroy(req)
    res.redirect('/')
  })

  return app
}
