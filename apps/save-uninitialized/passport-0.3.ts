// 比べる版: Passport 0.3を足します。何も書き込まないので、falseのとおりになります。
// To compare: with Passport 0.3. It writes nothing, and false does what it says.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import createError from 'http-errors'
import passport from 'passport-0.3'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string; seen?: boolean } }

const pictures = [1, 2, 3, 4, 5, 6]
const circle =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle fill="gray" cx="1" cy="1" r="1"/></svg>'

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  // like a static file, this page has no session; its six pictures have
  app.get('/gallery', (_req, res) => {
    const images = pictures.map((n) => `<img src="/picture/${n}" alt="picture ${n}" width="32" height="32">`)
    res.send(page('gallery', `<p>${images.join(' ')}</p><p><a href="/">home</a></p>`))
  })

  app.use(
    session({
      name: 'save-uninitialized.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
    }),
  )
  app.use(passport.initialize())
  app.use(passport.session())

  // reads the session and changes nothing in it
  app.get('/', (req: Visit, res) => {
    const { user = 'stranger', seen } = req.session
    res.send(
      page(
        'welcome',
        `<p>hello, ${escapeHtml(user)}! <a href="/gallery">gallery</a>: ${seen ? 'seen' : 'not seen yet'}</p>` +
          '<form action="/agree" method="post">' +
          '<label>Name: <input name="user" autocomplete="username" required></label><br>' +
          '<input type="submit" value="Remember me with a cookie"></form>',
      ),
    )
  })

  app.post('/agree', express.urlencoded({ extended: false }), (req: Visit, res, next) => {
    const user: unknown = req.body?.user
    if (typeof user !== 'string') return next(createError(400, 'the form field "user" is missing'))
    req.session.user = user
    req.session.save((err) => (err ? next(err) : res.redirect('/')))
  })

  app.get('/picture/:n', (req: Visit, res, next) => {
    const n = Number(req.params['n'])
    if (!pictures.includes(n)) return next()
    if (n === 1) req.session.seen = true // the other five change nothing
    setTimeout(() => res.set('Cache-Control', 'no-store').type('svg').send(circle), 300 + n * 50)
  })

  return app
}
