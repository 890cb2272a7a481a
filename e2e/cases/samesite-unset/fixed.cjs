const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'profile.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.name
    req.session.email = req.body.name + '@mail.example'
    res.send('hello ' + req.body.name)
  })
})
app.post('/email', (req, res) => {
  if (!req.session.user) return res.status(401).send('log in first')
  req.session.email = req.body.email
  res.send('changed')
})
app.get('/email', (req, res) => {
  res.send(req.session.email ?? 'none')
})
app.listen(process.env.PORT, '127.0.0.1')
