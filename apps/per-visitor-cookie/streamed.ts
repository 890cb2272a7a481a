// 比べる版: 値を読む前にres.write()します。Set-Cookieの付くレスポンスでは、そこでtouchされ、maxAgeが60秒に戻っています。
// To compare: res.write() before the values are read. Where the response sets a cookie, touch has then already put maxAge back to 60 seconds.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { closePage, openPage, page } from '../page.ts'

type Visit = Request & { session: { changes?: number } }

const button = (path: string, label: string) =>
  '<button class="button" formaction="' + path + '">' + label + '</button>'
const form =
  '<form class="actions" method="post">' +
  button('/max-age', 'maxAge = 1 h') +
  button('/expires', 'expires = now + 1 h') +
  button('/browser', 'expires = false') +
  button('/id', 'id = "mine"') +
  '</form>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'per-visitor-cookie.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: 60000 }, // 1 minute
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.changes = (req.session.changes ?? 0) + 1 // as the README's view counter does
    res.type('html').write(openPage('your cookie'))
    const { maxAge, originalMaxAge, expires } = req.session.cookie
    const seen = { maxAge, originalMaxAge, expires, id: req.session.id, sessionID: req.sessionID }
    const line = ([name, value]: [string, unknown]) =>
      '<dt>' + name + '</dt><dd>' + JSON.stringify(value) + '</dd>'
    res.end('<dl>' + Object.entries(seen).map(line).join('') + '</dl>' + form + closePage)
  })

  const hour = 3600000
  app.post('/{*what}', (req: Visit, res, next) => {
    const { cookie } = req.session
    req.session.changes = (req.session.changes ?? 0) + 1 // sends the cookie: a change to it alone does not
    try {
      if (req.path === '/max-age') cookie.maxAge = hour
      if (req.path === '/expires') cookie.expires = new Date(Date.now() + hour)
      if (req.path === '/browser') cookie.expires = false as unknown as null // the types know no false
      if (req.path === '/id') req.session.id = 'mine'
    } catch (err) {
      return res.status(500).send(page('not possible', '<code>' + escapeHtml(String(err)) + '</code>'))
    }
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  return app
}
