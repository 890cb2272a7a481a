// 比べる版: 守りの属性を選んだ版。別サイトのフォームからのPOSTには、Cookieが付きません。
// To compare: with protecting values chosen. A POST from a form on another site comes without the cookie.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session?: { visits?: number } }

const paths = ['/', '/admin', '/admin/users', '/administrator']
const hosts = ['app.localhost', 'sub.app.localhost']

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'cookie-attributes.sid',
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: {
        path: '/',
        httpOnly: true,
        secure: 'auto',
        sameSite: 'lax',
        maxAge: 3_600_000, // 1 h
        priority: 'high',
      },
    }),
  )

  app.get('/{*path}', (req: Visit, res) => {
    if (req.session) req.session.visits = (req.session.visits ?? 0) + 1
    const list = [
      ...paths.map((path) => '<li><a href="' + path + '">' + path + '</a></li>'),
      ...hosts.map((host) => {
        const url = 'http://' + host + ':' + req.socket.localPort + '/'
        return '<li><a href="' + url + '" target="_blank">' + url + '</a></li>'
      }),
    ]
    const body = [
      '<p>' + escapeHtml(req.hostname + req.path) + '</p>',
      '<p>visits: ' + (req.session?.visits ?? 'req.session is undefined') + '</p>',
      '<p>document.cookie: <output id="seen"></output></p>',
      '<ul>' + list.join('') + '</ul>',
      '<script>seen.textContent = document.cookie || "(nothing)"</script>',
    ]
    res.send(page('cookie attributes', body.join('')))
  })

  return app
}
