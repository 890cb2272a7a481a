const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'train.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/departure/:day', (req, res) => {
  req.session.departure = new Date(req.params.day)
  res.send('You leave on ' + req.session.departure.toUTCString())
})
app.get('/departure', (req, res) => {
  if (!req.session.departure) return res.send('No journey planned')
  res.send('You leave on ' + req.session.departure.toUTCString())
})
app.listen(process.env.PORT, '127.0.0.1')
