const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'quiz',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.get('/score', (req, res) => res.send(`score ${req.session.score ?? 0}`))
app.post('/answer', (req, res) => {
  req.session.score = (req.session.score ?? 0) + 1
  res.send('right!')
})
app.listen(process.env.PORT, '127.0.0.1')
