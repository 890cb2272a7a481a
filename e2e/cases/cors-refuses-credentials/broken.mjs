import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import cors from '../cors.cjs'

const app = express()
app.use(cors())
app.use(
  session({
    name: 'notes',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/notes/:text', (req, res) => {
  req.session.notes = [...(req.session.notes ?? []), req.params.text]
  res.json(req.session.notes)
})
app.get('/notes', (req, res) => res.json(req.session.notes ?? []))
app.listen(process.env.PORT, '127.0.0.1')
