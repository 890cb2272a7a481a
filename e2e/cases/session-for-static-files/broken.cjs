const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { join } = require('node:path')

const files = express.static(join(__dirname, 'public'), { index: false })
const app = express()
app.use(
  session({
    name: 'count.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.use((req, res, next) => {
  req.session.visits = (req.session.visits ?? 0) + 1
  next()
})
app.use(files)
app.get('/', (req, res) => {
  res.send(
    '<link rel="stylesheet" href="/app.css"><script src="/app.js"></script><img src="/logo.svg"><p>visits: ' +
      req.session.visits +
      '</p>',
  )
})
app.listen(process.env.PORT, '127.0.0.1')
