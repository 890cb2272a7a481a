// 壊した版: saveを待たずにリダイレクトします。ストアの書き込みが遅いと、次のページに前のメモが出ます。
// Broken: redirects without waiting for save. When the store writes slowly, the next page shows the note before.
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import createError from 'http-errors'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { note?: string } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(session({ name: 'redirect-save.sid', secret, store, resave: false, saveUninitialized: false }))

  app.get('/', (req: Visit, res) => {
    res.send(
      page(
        'note',
        '<p>your note: <strong>' +
          escapeHtml(req.session.note ?? '(none)') +
          '</strong></p>' +
          '<form action="/note" method="post"><label>new note: <input name="note" required></label><br>' +
          '<input type="submit" value="keep"></form><p><a href="/">reload</a></p>',
      ),
    )
  })

  app.post('/note', express.urlencoded({ extended: false }), (req: Visit, res, next) => {
    const note: unknown = req.body?.note
    if (typeof note !== 'string')
      return next(createError(400, 'the form field "note" is missing, or there twice'))

    req.session.note = note
    res.redirect('/')
  })

  return app
}
