const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'points.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/points/:number', (req, res) => {
  req.session.points = Number(req.params.number)
  res.send('You have ' + req.session.points + ' points')
})
app.get('/points', (req, res) => res.send(String(req.session.points ?? 0)))
app.listen(process.env.PORT, '127.0.0.1')
