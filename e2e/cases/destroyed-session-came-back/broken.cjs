const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const app = express()
app.use(
  session({
    name: 'camp.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/list/:item', (req, res) => {
  req.session.list = [...(req.session.list ?? []), req.params.item]
  res.send('Packed')
})
app.get('/list', (req, res) => res.send(req.session.list?.join(', ') ?? 'We keep nothing about you'))
app.get('/list.pdf', async (req, res) => {
  await pause(600)
  req.session.printedAt = Date.now()
  res.send('%PDF')
})
app.post('/forget-me', (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.send('Everything is deleted')))
})
app.listen(process.env.PORT, '127.0.0.1')
