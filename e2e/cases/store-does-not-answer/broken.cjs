const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class QueueingStore extends session.Store {
  rows = new Map()
  queue = []
  online = true
  run(done, work) {
    if (this.online) return void setTimeout(work, 5)
    this.queue.push(work)
  }
  get(sid, done) {
    this.run(done, () => done(null, this.rows.has(sid) ? JSON.parse(this.rows.get(sid)) : null))
  }
  set(sid, data, done) {
    this.run(done, () => {
      this.rows.set(sid, JSON.stringify(data))
      done(null)
    })
  }
  touch(sid, data, done) {
    this.run(done, () => done(null))
  }
  destroy(sid, done) {
    this.run(done, () => {
      this.rows.delete(sid)
      done(null)
    })
  }
}

const store = new QueueingStore()
const app = express()
app.post('/unplug', (req, res) => {
  store.online = false
  res.send('The database is away')
})
app.use(
  session({
    name: 'cinema.sid',
    secret: randomBytes(32).toString('hex'),
    store,
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/seat/:seat', (req, res) => {
  req.session.seat = req.params.seat
  res.send('Reserved')
})
app.get('/seat', (req, res) => res.send(req.session.seat ?? 'No seat'))
app.use((error, req, res, next) => {
  if (res.headersSent) return next(error)
  res.status(503).send('Please come back in a minute')
})
app.listen(process.env.PORT, '127.0.0.1')
