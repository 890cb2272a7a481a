import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.use(
  session({
    name: 'fair',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', expires: new Date('2025-01-01') },
  }),
)
app.post('/stand/:number', (req, res) => {
  req.session.stand = req.params.number
  res.send('booked')
})
app.get('/stand', (req, res) => res.send(req.session.stand ?? 'no stand'))
app.listen(process.env.PORT, '127.0.0.1')
