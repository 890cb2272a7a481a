const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'leaf.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.get('/basket', (req, res) => {
  res.send((req.session.basket ?? []).join(', '))
})
app.get('/basket/add/:item', (req, res) => {
  req.session.basket = [...(req.session.basket ?? []), req.params.item]
  res.send('added ' + req.params.item)
})
app.listen(process.env.PORT, '127.0.0.1')
