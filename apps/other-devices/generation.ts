// 比べる版: 索引の代わりに、利用者ごとの世代を1つ持ちます。古い世代のレコードは使えません。端末の一覧は出せません。
// To compare: one generation for each user, in place of the index. Rows of an earlier one are refused. It can list nothing.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'
import { destroy, regenerate, save } from './devices/awaited.ts'
import { devicesPage, logInPage } from './devices/pages.ts'

type Visit = Request & { session: { user?: string; written?: number; generation?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  const generations = new Map<string, number>() // a column of the users' table, in a real app
  const first = Date.now() // so that a restart does not make old ones valid again
  const generationOf = (user = '') => generations.get(user) ?? first

  const cookie = { maxAge: 600_000, sameSite: 'lax' } as const // 10 min
  app.use(
    session({ name: 'other-devices.sid', secret, store, resave: false, saveUninitialized: false, cookie }),
  )

  app.use((req: Visit, _res, next) => {
    if (!req.session.user || req.session.generation === generationOf(req.session.user)) next()
    else req.session.regenerate(next)
  })

  app.get('/', ({ session: { user } }: Visit, res) => {
    res.send(user ? devicesPage(user) : logInPage)
  })

  app.post('/log-in/:user', async (req: Visit, res) => {
    await regenerate(req)
    req.session.user = String(req.params['user']) // (here everybody is let in)
    req.session.generation = generationOf(req.session.user)
    await save(req)
    res.redirect('/')
  })

  app.use(({ session: { user } }: Visit, res, next) => (user ? next() : res.redirect('/'))) // logged in

  app.post('/log-out-others', async (req: Visit, res) => {
    const { user = '' } = req.session
    req.session.generation = generationOf(user) + 1
    generations.set(user, req.session.generation)
    await save(req)
    res.redirect('/')
  })

  app.post('/renew', async (req: Visit, res) => {
    const { user, generation } = req.session
    await regenerate(req)
    Object.assign(req.session, { user, generation })
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
