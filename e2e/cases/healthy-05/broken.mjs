import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
app.set('trust proxy', 1)
app.use((req, res, next) => {
  res.set({ 'Strict-Transport-Security': 'max-age=31536000', 'X-Content-Type-Options': 'nosniff' })
  next()
})
app.get('/healthz', (req, res) => res.type('text').send('ok'))
app.use((req, res, next) => {
  if (req.secure) return next()
  res.redirect(308, 'https://' + req.hostname + req.originalUrl)
})
app.use(express.json())
app.use(
  session({
    name: '__Host-vault',
    secret: randomBytes(32).toString('base64'),
    resave: false,
    saveUninitialized: false,
    cookie: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' },
  }),
)

const sameOrigin = (req, res, next) => {
  const from = req.get('sec-fetch-site')
  if (from === undefined || from === 'same-origin' || from === 'none') return next()
  res.sendStatus(403)
}

app.post('/login', sameOrigin, (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = String(req.body.name)
    res.json({ user: req.session.user })
  })
})
app.put('/note', sameOrigin, (req, res) => {
  if (!req.session.user) return res.sendStatus(401)
  req.session.note = String(req.body.note)
  res.json({ note: req.session.note })
})
app.get('/note', (req, res) => {
  if (!req.session.user) return res.sendStatus(401)
  res.set('Cache-Control', 'no-store').json({ user: req.session.user, note: req.session.note ?? null })
})
app.listen(process.env.PORT, '127.0.0.1')
