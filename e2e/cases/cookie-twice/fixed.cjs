const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'shop2.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax', path: '/' },
  }),
)
app.post('/shop/bag/:item', (req, res) => {
  req.session.bag = [...(req.session.bag ?? []), req.params.item]
  res.send('In your bag')
})
app.get('/shop/bag', (req, res) => res.send(req.session.bag?.join(', ') ?? 'The bag is empty'))
app.delete('/shop/bag', (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.send('Emptied')))
})
app.listen(process.env.PORT, '127.0.0.1')
