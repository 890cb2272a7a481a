const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: '__Host-radio',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/station/:name', (req, res) => {
  req.session.station = req.params.name
  res.send('tuned')
})
app.get('/station', (req, res) => res.send(req.session.station ?? 'no station'))
app.listen(process.env.PORT, '127.0.0.1')
