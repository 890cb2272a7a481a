const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'pool',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', expires: new Date(Date.now() + 4567) },
  }),
)
app.post('/lane/:number', (req, res) => {
  req.session.lane = req.params.number
  res.send('your lane')
})
app.get('/lane', (req, res) => res.send(req.session.lane ?? 'no lane'))
app.listen(process.env.PORT, '127.0.0.1')
