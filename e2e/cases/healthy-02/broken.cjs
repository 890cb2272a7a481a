const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class FarStore extends session.Store {
  rows = new Map()
  later(work, done) {
    setTimeout(() => done(null, work()), 150)
  }
  get(sid, done) {
    this.later(() => (this.rows.has(sid) ? JSON.parse(this.rows.get(sid)) : null), done)
  }
  set(sid, data, done) {
    const text = JSON.stringify(data)
    this.later(() => {
      this.rows.set(sid, text)
    }, done)
  }
  touch(sid, data, done) {
    this.later(() => {
      if (!this.rows.has(sid)) return
      this.rows.set(sid, JSON.stringify({ ...JSON.parse(this.rows.get(sid)), cookie: data.cookie }))
    }, done)
  }
  destroy(sid, done) {
    this.later(() => {
      this.rows.delete(sid)
    }, done)
  }
}

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'far.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new FarStore(),
    cookie: { sameSite: 'lax', maxAge: 60 * 60 * 1000 },
  }),
)
app.post('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.name
    req.session.save((failed) => {
      if (failed) return next(failed)
      res.redirect(303, '/home')
    })
  })
})
app.post('/colour', (req, res, next) => {
  req.session.colour = req.body.colour
  req.session.save((failed) => {
    if (failed) return next(failed)
    res.redirect(303, '/home')
  })
})
app.get('/home', (req, res) => {
  res.json({ user: req.session.user ?? null, colour: req.session.colour ?? null })
})
app.listen(process.env.PORT, '127.0.0.1')
