// The counter of plain-counter.ts without express-session: the difference is what a session costs.
import type { Socket } from 'node:net'
import cookieSession from 'cookie-session'
import express, { type Express, type Request, type Response } from 'express'

/** `count` and `tap` read and write what stands for the session. */
function counter(use: (app: Express) => void, count: (req: Request) => number, tap: (req: Request) => void) {
  const app = express()
  app.set('view engine', 'ejs')
  app.use(express.static('public'))
  use(app)
  app.get('/', (req, res) => res.render('counter/index', { count: count(req) }))
  app.get('/tap', (req: Request, res: Response) => {
    tap(req)
    res.redirect('/')
  })
  return app
}

/** No cookie, no store: the count belongs to the connection. */
export function withoutSessions(): Express {
  const counts = new WeakMap<Socket, number>()
  const count = ({ socket }: Request) => counts.get(socket) ?? 0
  return counter(
    () => {},
    count,
    (req) => void counts.set(req.socket, count(req) + 1),
  )
}

/** The count is in the cookie. */
export function withCookieSession(): Express {
  const session = (req: Request) => req.session as unknown as { count?: number }
  const count = (req: Request) => session(req).count ?? 0
  return counter(
    (app) => app.use(cookieSession({ name: 'counter', keys: ['keyboard cat, a bench'], maxAge: 10_000 })),
    count,
    (req) => {
      session(req).count = count(req) + 1
    },
  )
}
