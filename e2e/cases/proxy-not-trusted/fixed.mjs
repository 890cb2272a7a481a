import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.set('trust proxy', 1)
app.use(
  session({
    name: 'library',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: true },
  }),
)
app.post('/loans/:book', (req, res) => {
  req.session.loans = [...(req.session.loans ?? []), req.params.book]
  res.send('noted')
})
app.get('/loans', (req, res) => res.json(req.session.loans ?? []))
app.listen(process.env.PORT, '127.0.0.1')
