// 壊した版: next('route')の代わりにエラーにします。未ログインの人にフォームが出ず、ログインできません。
// Broken: an error instead of next('route'). Whoever is not logged in gets no form and cannot log in.
import escapeHtml from 'escape-html'
import express, { type NextFunction, type Request, type Response } from 'express'
import session from 'express-session'
import createError from 'http-errors'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { user?: string | null } }

// middleware to test if authenticated
function isAuthenticated(req: Visit, _res: Response, next: NextFunction) {
  if (req.session.user) next()
  else next(createError(401, 'not logged in'))
}

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(session({ name: 'login.sid', secret, store, resave: false, saveUninitialized: true }))

  app.get('/', isAuthenticated, (req: Visit, res) => {
    // this is only called when there is an authentication user due to isAuthenticated
    res.send(
      page('login', '<p>hello, ' + escapeHtml(req.session.user ?? '') + '! <a href="/logout">Logout</a></p>'),
    )
  })

  app.get('/', (_req, res) => {
    res.send(
      page(
        'login',
        '<form action="/login" method="post">' +
          '<label>Username: <input name="user" autocomplete="username"></label><br>' +
          '<label>Password: <input name="pass" type="password" autocomplete="current-password"></label><br>' +
          '<input type="submit" value="Login"></form>',
      ),
    )
  })

  app.post('/login', express.urlencoded({ extended: false }), (req: Visit, res, next) => {
    // login logic to validate req.body.user and req.body.pass
    // would be implemented here. for this example any combo works

    // The README reads req.body in the callback below: there, a request without a form would end the process.
    const user: unknown = req.body?.user
    if (typeof user !== 'string')
      return next(createError(400, 'the form field "user" is missing, or there twice'))

    // regenerate the session, which is good practice to help
    // guard against forms of session fixation
    req.session.regenerate((err) => {
      if (err) return next(err)

      // store user information in session, typically a user id
      req.session.user = user

      // save the session before redirection to ensure page
      // load does not happen before session is saved
      req.session.save((err) => {
        if (err) return next(err)
        res.redirect('/')
      })
    })
  })

  app.get('/logout', (req: Visit, res, next) => {
    // logout logic

    // clear the user from the session object and save.
    // this will ensure that re-using the old session id
    // does not have a logged in user
    req.session.user = null
    req.session.save((err) => {
      if (err) return next(err)

      // regenerate the session, which is good practice to help
      // guard against forms of session fixation
      req.session.regenerate((err) => {
        if (err) return next(err)
        res.redirect('/')
      })
    })
  })

  return app
}
