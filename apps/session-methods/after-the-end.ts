// 壊した版: /colorが、レスポンスを送った後で書きます。自動保存はもう済んでいるので、レコードに残りません。
// Broken: /color writes after the response. The automatic save is over by then, and nothing gets into the row.
import escapeHtml from 'escape-html'
import express, { type Request, type Response } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { color?: string; job?: string } }

const links = ['/', '/color', '/regenerate', '/reload', '/destroy', '/job']

/** What the code has in memory at the end: the id, and the session or what is left of it. */
function show(req: Visit, res: Response, what: string) {
  const data = req.session ? JSON.stringify({ ...req.session, cookie: undefined }) : typeof req.session
  const menu = links.map((link) => '<a href="' + link + '">' + link + '</a>').join(' ')
  res.send(
    page(
      'session methods',
      `<p>${menu}</p><p>${what}</p><p><code>${req.sessionID}<br>${escapeHtml(data)}</code></p>`,
    ),
  )
}

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))
  app.use(session({ name: 'session-methods.sid', secret, store, resave: false, saveUninitialized: false }))

  app.get('/', (req: Visit, res) => show(req, res, 'nothing called'))

  app.get('/color', (req: Visit, res) => {
    show(req, res, 'to be written after this response')
    req.session.color = req.session.color === 'red' ? 'blue' : 'red'
  })

  app.get('/regenerate', (req: Visit, res, next) => {
    // will have a new session here
    req.session.regenerate((err) => (err ? next(err) : show(req, res, 'regenerated')))
  })

  app.get('/reload', (req: Visit, res, next) => {
    req.session.color = 'written, but not saved'
    // session updated
    req.session.reload((err) => (err ? next(err) : show(req, res, 'written, then reloaded')))
  })

  app.get('/destroy', (req: Visit, res, next) => {
    // cannot access session here
    req.session.destroy((err) => (err ? next(err) : show(req, res, 'destroyed')))
  })

  // takes 2 s; save makes "working" visible to other requests meanwhile
  app.get('/job', (req: Visit, res, next) => {
    req.session.job = 'working'
    req.session.save((err) => {
      if (err) return next(err)
      setTimeout(() => {
        req.session.job = 'done'
        show(req, res, 'the job is done')
      }, 2000)
    })
  })

  return app
}
