// 比べる版: Cookieは渡してから10秒で切れます。レコードは使うたびにtouchで延び、Cookieより長く残ります。
// To compare: the cookie ends 10 seconds after it was given. Each use extends the row by touch: it outlives the cookie.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string } }

const links =
  '<p class="actions"><a class="button" href="/">look</a> <a class="button" href="/log-in">log in</a> ' +
  '<a href="/copy">look with a copy of the cookie</a></p>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  // somebody who has got hold of the cookie's value looks as well
  let copy = ''
  app.use(({ headers: { cookie } }, _res, next) => {
    if (cookie?.includes('two-clocks.sid=')) copy = cookie
    next()
  })
  app.get('/copy', async (req, res) => {
    const { localPort } = req.socket
    const answer = await fetch(`http://127.0.0.1:${localPort}/greeting`, { headers: { cookie: copy } })
    res.send(page('with a copy of the cookie', `<p>${await answer.text()}</p>` + links))
  })

  app.use(
    session({
      name: 'two-clocks.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      rolling: false, // the cookie is not extended; the row is, by touch
      cookie: { maxAge: 10_000 }, // 10 s
    }),
  )

  const greeting = ({ session: { user } }: Visit) => (user ? `hello, ${user}` : 'nobody is logged in')
  app.get('/greeting', (req, res) => void res.type('text').send(greeting(req)))
  app.get('/', (req, res) => void res.send(page('two clocks', `<p>${greeting(req)}</p>` + links)))

  app.get('/log-in', (req: Visit, res, next) => {
    req.session.regenerate((err) => {
      if (err) return next(err)
      req.session.user = 'taro'
      res.send(page('two clocks', `<p>${greeting(req)}</p>` + links))
    })
  })

  return app
}
