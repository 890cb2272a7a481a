const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const desk = express()
desk.use(
  session({
    name: 'desk.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'strict', path: '/desk' },
  }),
)
desk.post('/drawer/:number', (req, res) => {
  req.session.drawer = req.params.number
  res.send('Drawer is open')
})
desk.get('/drawer', (req, res) => res.send(req.session.drawer ?? 'All drawers are closed'))

const app = express()
app.use(
  '/shop',
  session({
    name: 'shop.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.use('/desk', desk)
app.post('/shop/leave', (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.send('Goodbye')))
})
app.listen(process.env.PORT, '127.0.0.1')
