// 比べる版: 1つのプロセスで、maxAgeなし。レコードは、聞かれても消えません。destroyするまで増えるだけになります。
// To compare: one process and no maxAge. Rows stay even when they are asked for, until someone destroys them.
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number; madeBy?: number } }
type Sessions = { sessions?: object } // where MemoryStore keeps its rows

/** The lab starts this app as one process of its own. */
export const processes = 1

export const createApp: CreateApp = ({ secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(
    session({
      name: 'memory-store.sid',
      secret,
      // no store: each process makes a MemoryStore of its own
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    req.session.madeBy ??= process.pid
    const { sessions = {} } = req.sessionStore as Sessions
    res.send(
      page(
        'memory store',
        `<p class="count" aria-label="visits">${req.session.visits}</p>` +
          `<p>answered by process ${process.pid}<br>session made by process ${req.session.madeBy}<br>` +
          `rows in this process before: ${Object.keys(sessions).length}</p>` +
          '<p class="actions"><a class="button" href="/">again</a> ' +
          '<a href="/visitors">100 more visitors</a></p>',
      ),
    )
  })

  app.get('/visitors', async (req, res) => {
    const visit = () => fetch(`http://127.0.0.1:${req.socket.localPort}/`) // without a cookie: somebody new
    await Promise.all(Array.from({ length: 100 }, visit))
    res.redirect('/')
  })

  return app
}
