const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const passwords = { mika: 'plum-42', jon: 'oak-77' }
const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'library.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/language', (req, res) => {
  req.session.language = req.body.to
  res.send('language: ' + req.body.to)
})
app.post('/login', (req, res, next) => {
  if (passwords[req.body.name] !== req.body.password) return res.status(401).send('no')
  req.session.user = req.body.name
  res.send('hello ' + req.body.name)
})
app.get('/me', (req, res) => {
  res.send(req.session.user ?? 'nobody')
})
app.listen(process.env.PORT, '127.0.0.1')
