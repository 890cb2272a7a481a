const express = require('express')
const session = require('express-session')
const FileStore = require('../file-store.cjs')(session)
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const secret = process.env.SESSION_SECRET
const app = express()
app.use(
  session({
    name: 'garden.sid',
    secret,
    resave: false,
    saveUninitialized: false,
    store: new FileStore({
      path: join(tmpdir(), 'garden-' + process.env.PORT),
      reapInterval: -1,
      logFn() {},
    }),
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/wish/:plant', (req, res) => {
  req.session.wishes = [...(req.session.wishes ?? []), req.params.plant]
  res.send('On your list')
})
app.get('/wishes', (req, res) => res.send(req.session.wishes?.join(', ') ?? 'Your list is empty'))
app.listen(process.env.PORT, '127.0.0.1')
