import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.use(
  session({
    name: 'tour',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.get('/welcome', (req, res) => {
  req.session.language = 'nl'
  res.write('<h1>Welcome</h1>')
  res.end('<a href="/start">Start</a>')
})
app.get('/start', (req, res) => res.send(req.session.language ?? 'choose a language'))
app.listen(process.env.PORT, '127.0.0.1')
