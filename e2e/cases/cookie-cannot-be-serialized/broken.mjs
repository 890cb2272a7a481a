import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.use(
  session({
    name: 'choir',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', domain: 'http://127.0.0.1' },
  }),
)
app.post('/voice/:part', (req, res) => {
  req.session.part = req.params.part
  res.send('noted')
})
app.get('/voice', (req, res) => res.send(req.session.part ?? 'which part do you sing?'))
app.use((error, req, res, next) => {
  console.error(error.message)
  if (!res.headersSent) res.status(500).send('something went wrong')
})
app.listen(process.env.PORT, '127.0.0.1')
