const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'dish.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { sameSite: 'lax', maxAge: 2 * 60 * 60 * 1000 },
  }),
)
app.post('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.name
    res.send('hello ' + req.body.name)
  })
})
app.get('/menu', (req, res) => {
  res.set('Cache-Control', 'public, max-age=60')
  res.send('Soup, rice, apple')
})
app.get('/me', (req, res) => {
  res.set('Cache-Control', 'no-store')
  res.send(req.session.user ?? 'nobody')
})
app.listen(process.env.PORT, '127.0.0.1')
