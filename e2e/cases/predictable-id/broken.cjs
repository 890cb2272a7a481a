const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'mart.sid',
    secret: randomBytes(32).toString('hex'),
    genid: () => 'b' + Math.floor(Date.now() / 1000),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/basket/:item', (req, res) => {
  req.session.basket = [...(req.session.basket ?? []), req.params.item]
  res.send('added')
})
app.get('/basket', (req, res) => {
  res.send((req.session.basket ?? []).join(', '))
})
app.listen(process.env.PORT, '127.0.0.1')
