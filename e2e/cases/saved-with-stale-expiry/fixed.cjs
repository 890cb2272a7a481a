const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class SqlLikeStore extends session.Store {
  rows = new Map()
  get(sid, done) {
    const row = this.rows.get(sid)
    setImmediate(done, null, row && row.expired > Date.now() ? JSON.parse(row.sess) : null)
  }
  set(sid, data, done) {
    this.rows.set(sid, { sess: JSON.stringify(data), expired: Date.now() + data.cookie.maxAge })
    setImmediate(done, null)
  }
  touch(sid, data, done) {
    const row = this.rows.get(sid)
    if (row && row.expired > Date.now()) row.expired = Date.now() + data.cookie.maxAge
    setImmediate(done, null)
  }
  destroy(sid, done) {
    this.rows.delete(sid)
    setImmediate(done, null)
  }
}

const app = express()
app.use(
  session({
    name: 'notes.sid',
    secret: randomBytes(32).toString('hex'),
    store: new SqlLikeStore(),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { sameSite: 'lax', maxAge: 2300 },
  }),
)
app.post('/note/:text', (req, res, next) => {
  req.session.notes = [...(req.session.notes ?? []), req.params.text]
  req.session.touch()
  req.session.save((error) => {
    if (error) return next(error)
    res.redirect(303, '/notes')
  })
})
app.get('/notes', (req, res) => res.send(req.session.notes?.join(', ') ?? 'No notes'))
app.listen(process.env.PORT, '127.0.0.1')
