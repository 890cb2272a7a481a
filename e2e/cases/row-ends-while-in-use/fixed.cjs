const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class TableStore extends session.Store {
  rows = new Map()
  get(sid, done) {
    const row = this.rows.get(sid)
    setImmediate(done, null, row && row.until > Date.now() ? JSON.parse(row.text) : null)
  }
  set(sid, data, done) {
    this.rows.set(sid, { text: JSON.stringify(data), until: Date.now() + data.cookie.maxAge })
    setImmediate(done, null)
  }
  touch(sid, data, done) {
    const row = this.rows.get(sid)
    if (row) row.until = Date.now() + data.cookie.maxAge
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
    name: 'radio.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    store: new TableStore(),
    cookie: { sameSite: 'lax', maxAge: 2300 },
  }),
)
app.post('/station/:name', (req, res) => {
  req.session.station = req.params.name
  res.send('Tuned in')
})
app.get('/now', (req, res) => res.send(req.session.station ?? 'No station'))
app.listen(process.env.PORT, '127.0.0.1')
