const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.set('trust proxy', 1)
app.use((req, res, next) => {
  if (req.get('x-forwarded-ssl') === 'on') req.headers['x-forwarded-proto'] = 'https'
  next()
})
app.use(
  session({
    name: 'garden',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: true },
  }),
)
app.post('/seeds', (req, res) => {
  req.session.seeds = (req.session.seeds ?? 0) + 10
  res.send(String(req.session.seeds))
})
app.get('/seeds', (req, res) => res.send(String(req.session.seeds ?? 0)))
app.listen(process.env.PORT, '127.0.0.1')
