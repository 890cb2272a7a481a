const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'bakery',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
  }),
)
app.post('/basket', (req, res) => {
  req.session.loaves = (req.session.loaves ?? 0) + 1
  res.send(`loaves: ${req.session.loaves}`)
})
app.get('/basket', (req, res) => res.send(`loaves: ${req.session.loaves ?? 0}`))
app.listen(process.env.PORT, '127.0.0.1')
