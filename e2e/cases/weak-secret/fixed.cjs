const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'help.sid',
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
    res.send('hello ' + req.body.name)
  })
})
app.get('/help', (req, res) => {
  res.send('Your support code: ' + req.sessionID)
})
app.get('/me', (req, res) => {
  res.send(req.session.user ?? 'nobody')
})
app.listen(process.env.PORT, '127.0.0.1')
