const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class PooledStore extends session.Store {
  rows = new Map()
  free = 4
  connect(done, work) {
    if (this.free === 0) return void setTimeout(done, 20, new Error('no free connection in the pool'))
    this.free -= 1
    setTimeout(work, 5)
  }
  get(sid, done) {
    this.connect(done, () => {
      done(null, this.rows.has(sid) ? JSON.parse(this.rows.get(sid)) : null)
    })
  }
  set(sid, data, done) {
    this.connect(done, () => {
      this.rows.set(sid, JSON.stringify(data))
      this.free += 1
      done(null)
    })
  }
  destroy(sid, done) {
    this.rows.delete(sid)
    setTimeout(done, 5, null)
  }
}

const app = express()
app.use(
  session({
    name: 'club.sid',
    secret: randomBytes(32).toString('hex'),
    store: new PooledStore(),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/club/:club', (req, res) => {
  req.session.club = req.params.club
  res.send('Welcome')
})
app.get('/club', (req, res) => res.send(req.session.club ?? 'No club'))
app.listen(process.env.PORT, '127.0.0.1')
