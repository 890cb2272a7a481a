const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class DiskStore extends session.Store {
  get(sid, done) {
    setImmediate(done, null, null)
  }
  set(sid, data, done) {
    setTimeout(done, 5, new Error('no space left on the disk'))
  }
  destroy(sid, done) {
    setImmediate(done, null)
  }
}

const app = express()
app.use(
  session({
    name: 'vote.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new DiskStore(),
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/vote/:number', (req, res, next) => {
  req.session.vote = req.params.number
  req.session.save((error) => (error ? next(error) : res.send('Thank you, your vote is kept')))
})
app.get('/vote', (req, res) => res.send(req.session.vote ?? 'You have not voted'))
app.use((error, req, res, next) => {
  console.error(error.message)
  if (!res.headersSent) res.status(503).send('Your vote could not be kept')
})
app.listen(process.env.PORT, '127.0.0.1')
