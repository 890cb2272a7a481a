const express = require('express')
const session = require('express-session')
const { randomBytes, randomUUID } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const carts = new Map()
const app = express()
app.use(
  session({
    name: 'toys.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.get('/', (req, res) => {
  res.send('<button>Ball and kite together</button>')
})
app.post('/cart/:toy', async (req, res) => {
  req.session.cart ??= randomUUID()
  await pause(200)
  carts.set(req.session.cart, [...(carts.get(req.session.cart) ?? []), req.params.toy])
  res.send('Added')
})
app.get('/cart', (req, res) => res.send(carts.get(req.session.cart)?.join(', ') ?? 'Empty'))
app.listen(process.env.PORT, '127.0.0.1')
