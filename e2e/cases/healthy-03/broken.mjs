import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const salt = randomBytes(16)
const hash = (text) => scryptSync(text, salt, 32)
const people = new Map([
  ['ines', hash('cork-oak')],
  ['paul', hash('wet-slate')],
])
const cookie = { path: '/', sameSite: 'lax', httpOnly: true }

const app = express()
app.use(express.json())
app.use(
  session({
    name: 'shared-pc',
    secret: randomBytes(32).toString('base64'),
    resave: false,
    saveUninitialized: false,
    cookie,
  }),
)

app.post('/login', (req, res, next) => {
  const { name, password } = req.body
  const known = people.get(name)
  if (!known || !timingSafeEqual(known, hash(String(password))))
    return res.status(401).json({ error: 'wrong' })
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = name
    req.session.since = Date.now()
    res.json({ user: name })
  })
})

app.post('/logout', (req, res, next) => {
  req.session.destroy((error) => {
    if (error) return next(error)
    res.clearCookie('shared-pc', cookie)
    res.sendStatus(204)
  })
})

app.get('/me', (req, res) => {
  res.set('Cache-Control', 'no-store')
  if (!req.session.user) return res.status(401).json({ user: null })
  res.json({ user: req.session.user })
})

app.listen(process.env.PORT, '127.0.0.1')
