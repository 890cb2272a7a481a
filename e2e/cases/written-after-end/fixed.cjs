const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'kiosk',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
const lookUp = (code, done) => setTimeout(() => done({ code, percent: 20 }), 80)
app.post('/coupon/:code', (req, res) => {
  lookUp(req.params.code, (coupon) => {
    req.session.coupon = coupon
    res.send('thank you')
  })
})
app.get('/total', (req, res) => res.send(`discount ${req.session.coupon?.percent ?? 0}%`))
app.listen(process.env.PORT, '127.0.0.1')
