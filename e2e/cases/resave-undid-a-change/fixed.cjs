const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const app = express()
app.use(
  session({
    name: 'pans.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/cart/:item', (req, res) => {
  req.session.cart = [...(req.session.cart ?? []), req.params.item]
  res.send('In the cart')
})
app.get('/cart', (req, res) => res.send(req.session.cart?.join(', ') ?? 'Empty'))
app.get('/report', async (req, res) => {
  await pause(500)
  res.send('Sales of this year')
})
app.listen(process.env.PORT, '127.0.0.1')
