const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const hot = new Set()
const app = express()
app.use(
  session({
    name: 'pizza.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/oven', (req, res) => {
  req.session.oven = 'hot in a moment'
  setTimeout(() => {
    hot.add(req.sessionID)
  }, 500)
  res.send('Heating up')
})
app.post('/topping/:topping', (req, res) => {
  req.session.topping = req.params.topping
  res.send('Noted')
})
app.get('/pizza', (req, res) => {
  res.json({
    oven: hot.has(req.sessionID) ? 'hot' : req.session.oven,
    topping: req.session.topping ?? 'none',
  })
})
app.listen(process.env.PORT, '127.0.0.1')
