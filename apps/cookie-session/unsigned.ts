// 壊した版(わざと脆弱): cookie-sessionのCookieに署名しません。訪問者は中身を読めるだけでなく、書き換えられます。
// Broken, vulnerable on purpose: cookie-session does not sign its cookie. A visitor can not only read what is in it but change it.
import cookieSession from 'cookie-session'
import escapeHtml from 'escape-html'
import express, { type Express, type Request } from 'express'
import session from 'express-session'
import createError from 'http-errors'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { note?: string } }

/** The one app that both have in common. */
function routes(app: Express, title: string) {
  app.get('/', (req: Visit, res) => {
    const note = String(req.session.note ?? '') // an unsigned cookie holds whatever a visitor likes
    const length = '<p>characters kept: ' + note.length + '</p>'
    const shown = note.length > 200 ? note.slice(0, 200) + '…' : note
    const form =
      '<form action="/note" method="post"><label>Note: <input name="note"></label> ' +
      '<label>repeated: <input name="times" type="number" value="1" min="1" max="20000"></label> ' +
      '<input type="submit" value="Keep"></form><p><a href="/logout">Logout</a></p>'
    res.send(page(title, length + '<p><q>' + escapeHtml(shown) + '</q></p>' + form))
  })

  app.post('/note', express.urlencoded({ extended: false }), (req: Visit, res, next) => {
    const note = String(req.body?.note ?? '')
    const times = Number(req.body?.times || 1)
    if (!(Number.isInteger(times) && times >= 1 && times <= 20_000 && note.length * times <= 100_000)) {
      return next(createError(400, 'repeated: 1 to 20000, and no more than 100000 characters in all'))
    }
    req.session.note = note.repeat(times)
    res.redirect('/')
  })

  app.get('/logout', (req, res) => {
    Object.assign(req, { session: null }) // what cookie-session’s README says
    res.redirect('/')
  })

  return app
}

/** express-session: the cookie holds an id, the store holds the note. */
export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  app.use(
    session({
      name: 'cookie-session.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      unset: 'destroy', // so that the same logout serves both
    }),
  )
  return routes(app, 'express-session')
}

/** cookie-session: the cookie holds the note. There is no store. */
export const createSecondApp: CreateApp = () => {
  const app = express()
  app.use(express.static('public'))
  app.use(cookieSession({ name: 'cookie-session.data', signed: false }))
  return routes(app, 'cookie-session')
}
