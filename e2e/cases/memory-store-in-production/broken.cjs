const express = require('express')
const session = require('express-session')

const store = new session.MemoryStore()

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'desk.sid',
    secret: process.env.SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/login', (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.name
    res.send('hello ' + req.body.name)
  })
})
app.get('/me', (req, res) => {
  res.send(req.session.user ?? 'nobody')
})
app.listen(process.env.PORT, '127.0.0.1')
