// 壊した版: sameSiteだけ'auto'。HTTPSではSecureのないNoneになり、ブラウザーがCookieを受け取りません。
// Broken: only sameSite is 'auto'. Over HTTPS that is None without Secure, and the browser refuses the cookie.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'

type Visit = Request & { session: { user?: string; orders?: number } }

/** The site with the session: a shop. */
export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.set('view engine', 'ejs')
  app.use(express.static('public'))

  app.use(
    session({
      name: 'same-site.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      // @ts-expect-error @types/express-session does not know this 'auto' yet
      cookie: { sameSite: 'auto' },
    }),
  )

  app.get('/', ({ session: { user, orders = 0 } }: Visit, res) => {
    res.render('same-site/shop', { user, orders })
  })

  app.post('/login', (req: Visit, res, next) => {
    req.session.user = 'hanako'
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.post('/order', ({ session }: Visit, res) => {
    if (session.user) session.orders = (session.orders ?? 0) + 1
    res.render('same-site/shop', { user: session.user, orders: session.orders })
  })

  return app
}

/** Another site, which leads to the shop by a link, a form and an embed. */
export const createSecondApp: CreateApp = ({ otherUrl }) => {
  const app = express()
  app.set('trust proxy', 1) // trust first proxy
  app.set('view engine', 'ejs')
  app.use(express.static('public'))

  app.get('/', (req, res) => {
    const shop = new URL(otherUrl(req.secure))
    shop.hostname = req.hostname === 'localhost' ? '127.0.0.1' : 'localhost' // one computer, two sites
    res.render('same-site/other', { shop })
  })

  return app
}
