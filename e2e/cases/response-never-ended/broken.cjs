const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'report.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
function membersOnly(req, res, next) {
  if (req.session.user) next()
}
app.get('/', (req, res) => {
  res.send('Welcome, ' + (req.session.user ?? 'guest'))
})
app.post('/login/:name', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.params.name
    res.send('hello')
  })
})
app.get('/report', membersOnly, (req, res) => {
  res.send('12 visits today')
})
app.listen(process.env.PORT, '127.0.0.1')
