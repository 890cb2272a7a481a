const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const reload = (req) =>
  new Promise((done, fail) => req.session.reload((error) => (error ? fail(error) : done())))
const app = express()
app.use(
  session({
    name: 'paint.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/theme/:name', (req, res) => {
  req.session.theme = req.params.name
  res.send('Theme changed')
})
app.post('/cart/:item', async (req, res) => {
  await pause(450)
  await reload(req)
  req.session.cart = [...(req.session.cart ?? []), req.params.item]
  res.send('In the cart')
})
app.get('/me', (req, res) => res.json({ theme: req.session.theme, cart: req.session.cart }))
app.listen(process.env.PORT, '127.0.0.1')
