// 比べる版: cookieが関数(READMEの例のまま)。Pathがページごとに変わります。/foo?a=1のように?が付くと、セッションがなくなります。
// To compare: cookie is a function (the README's, unchanged). Path differs from page to page; with a query, as in /foo?a=1, there is no session.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session?: { visits?: number } }

const paths = ['/foo', '/foo/bar', '/bar', '/foo?a=1', '/']
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
      cookie: (req) => {
        const match = req.url.match(/^\/([^/]+)/)
        return {
          path: match ? '/' + match[1] : '/',
          httpOnly: true,
          secure: req.secure || false,
          maxAge: 60000,
        }
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
