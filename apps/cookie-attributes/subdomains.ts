// 比べる版: domain: 'wide.localhost'。wide.localhostとその下のホストが1つのCookieを分け合います。localhostでは、ブラウザーがCookieを受け取りません。
// To compare: domain: 'wide.localhost'. That host and those below it share one cookie. On localhost the browser refuses it.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session?: { visits?: number } }

const paths = ['/', '/admin', '/admin/users', '/administrator']
const hosts = ['wide.localhost', 'sub.wide.localhost']

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
      cookie: { domain: 'wide.localhost', path: '/', httpOnly: true, secure: false },
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
