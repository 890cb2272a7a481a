const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'museum',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/tickets' },
  }),
)
app.post('/tickets/:day', (req, res) => {
  req.session.day = req.params.day
  res.send('reserved')
})
app.get('/tickets', (req, res) => res.send(`your day: ${req.session.day ?? 'none'}`))
app.get('/', (req, res) => res.send(`your day: ${req.session.day ?? 'none'}`))
app.listen(process.env.PORT, '127.0.0.1')
