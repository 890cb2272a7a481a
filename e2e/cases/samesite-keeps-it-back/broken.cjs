const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.set('trust proxy', 1)
app.use(
  session({
    name: 'tickets',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, secure: true, sameSite: 'lax' },
  }),
)
app.post('/order/:seats', (req, res) => {
  req.session.seats = Number(req.params.seats)
  res.send('now pay')
})
app.post('/paid', (req, res) =>
  res.send(req.session.seats ? `thank you for ${req.session.seats} seats` : 'no order found'),
)
app.listen(process.env.PORT, '127.0.0.1')
