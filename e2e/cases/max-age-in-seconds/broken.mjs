import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.use(
  session({
    name: 'diary',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', maxAge: 1800 },
  }),
)
app.post('/mood/:word', (req, res) => {
  req.session.mood = req.params.word
  res.send('written down')
})
app.get('/mood', (req, res) => res.send(req.session.mood ?? 'how are you?'))
app.listen(process.env.PORT, '127.0.0.1')
