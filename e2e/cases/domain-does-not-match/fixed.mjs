import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.use(
  session({
    name: 'dance',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/class/:name', (req, res) => {
  req.session.chosen = req.params.name
  res.send('chosen')
})
app.get('/class', (req, res) => res.send(req.session.chosen ?? 'choose a class'))
app.listen(process.env.PORT, '127.0.0.1')
