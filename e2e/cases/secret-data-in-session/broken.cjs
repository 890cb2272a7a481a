const express = require('express')
const session = require('express-session')
const { randomBytes, scryptSync } = require('node:crypto')

const store = new session.MemoryStore()
const accounts = new Map()
const hashed = (text) => scryptSync(text, 'salt-of-' + accounts.size, 32).toString('hex')

const app = express()
app.get('/staff/drafts', (req, res, next) => {
  store.all((error, rows) => {
    if (error) return next(error)
    res.json(Object.values(rows).map(({ cookie, ...rest }) => rest))
  })
})
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'join.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/step/1', (req, res) => {
  req.session.draft = { nick: req.body.nick, password: req.body.password }
  res.send('next: your town')
})
app.post('/step/2', (req, res) => {
  req.session.draft.town = req.body.town
  accounts.set(req.session.draft.nick, hashed(req.session.draft.password))
  res.send('thank you')
})
app.listen(process.env.PORT, '127.0.0.1')
