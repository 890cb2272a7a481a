const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

let visit
const app = express()
app.use(
  session({
    name: 'wishes.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/colour/:colour', (req, res) => {
  req.session.colour = req.params.colour
  res.send('A page in ' + req.params.colour)
})
app.post('/wish/:wish', async (req, res, next) => {
  visit = req.session
  await pause(450)
  visit.wish = req.params.wish
  visit.save((error) => (error ? next(error) : res.send('Your wish is noted')))
})
app.get('/wish', (req, res) => {
  visit = req.session
  res.send(visit.wish ?? 'No wish yet')
})
app.listen(process.env.PORT, '127.0.0.1')
