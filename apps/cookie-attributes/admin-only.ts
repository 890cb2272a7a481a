// 比べる版: path: '/admin'。/ではreq.sessionがなくなります。/administratorでは、Cookieが戻ってこないまま、開くたびにレコードが増えます。
// To compare: path: '/admin'. At / there is no req.session. At /administrator the cookie never comes back, and every visit leaves another row.
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
      cookie: { path: '/admin', httpOnly: true, secure: false },
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
