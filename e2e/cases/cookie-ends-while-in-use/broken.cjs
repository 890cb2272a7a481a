const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'desk.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax', maxAge: 3100 },
  }),
)
app.post('/ticket/:id', (req, res) => {
  req.session.ticket = req.params.id
  res.send('Opened')
})
app.get('/ticket', (req, res) => {
  if (!req.session.ticket) return res.status(401).send('Open a ticket first')
  res.send('Ticket ' + req.session.ticket)
})
app.listen(process.env.PORT, '127.0.0.1')
