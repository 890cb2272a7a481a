// 壊した版: IDを作り直すとき、索引を直し忘れます。索引が古いIDを指すので、押した人がログアウトになります。
// Broken: the index is forgotten when the ID changes. It names the old one, and whoever renewed it is logged out.
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

  // a row alone is not enough: a request under way may have brought it back after it was removed
  app.use((req: Visit, _res, next) => {
    const { user } = req.session
    if (user === undefined || devices.has(user, req.sessionID)) next()
    else req.session.regenerate(next)
  })

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
    const { user = '' } = req.session
    await regenerate(req)
    req.session.user = user
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
