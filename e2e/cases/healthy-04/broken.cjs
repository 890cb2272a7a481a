const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const idle = 2150
const app = express()
app.use(express.json())
app.use(
  session({
    name: 'kiosk.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { sameSite: 'strict', maxAge: idle },
  }),
)

app.post('/begin', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.answers = []
    res.status(201).json({ question: 1 })
  })
})

app.put('/answer', (req, res) => {
  if (!req.session.answers) {
    return res.status(440).json({ say: 'You were away for a while. Please begin again.' })
  }
  req.session.answers = [...req.session.answers, req.body.answer].slice(-5)
  res.json({ question: req.session.answers.length + 1 })
})

app.get('/progress', (req, res) => {
  if (!req.session.answers) {
    return res.status(440).json({ say: 'You were away for a while. Please begin again.' })
  }
  res.json({ answers: req.session.answers })
})

app.listen(process.env.PORT, '127.0.0.1')
