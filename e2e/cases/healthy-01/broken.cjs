const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const store = new session.MemoryStore()
const app = express()
app.get('/healthz', (req, res) => {
  res.json({ up: true, seconds: Math.round(process.uptime()) })
})
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'dash.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { sameSite: 'lax', httpOnly: true },
  }),
)

function signedIn(req, res, next) {
  if (req.session.user) return next()
  res.status(401).json({ error: 'sign in first' })
}

app.post('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.name
    req.session.city = req.body.city
    res.json({ user: req.session.user })
  })
})

const widgets = {
  weather: async ({ city }) => ({ city, degrees: 17 }),
  stocks: async () => ({ index: 2041 }),
  mails: async ({ user }) => ({ user, unread: 3 }),
  tasks: async ({ user }) => ({ user, open: ['water the plants'] }),
  news: async () => ({ lines: ['Bridge reopened'] }),
  clock: async () => ({ zone: 'UTC' }),
}
app.get('/widget/:name', signedIn, async (req, res) => {
  const widget = widgets[req.params.name]
  if (!widget) return res.status(404).json({ error: 'no such widget' })
  await pause(40 + 30 * Object.keys(widgets).indexOf(req.params.name))
  res.json(await widget(req.session))
})
app.listen(process.env.PORT, '127.0.0.1')
