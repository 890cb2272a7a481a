const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const store = new session.MemoryStore()
const app = express()
app.get('/online', (req, res, next) => {
  store.length((error, count) => {
    if (error) return next(error)
    res.send(String(count))
  })
})
app.use(
  session({
    name: 'cafe.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { sameSite: 'lax' },
  }),
)
app.get('/', (req, res) => {
  res.send('Open from 9 to 5. ' + (req.session.table ? 'Your table: ' + req.session.table : ''))
})
app.post('/table/:number', (req, res) => {
  req.session.table = req.params.number
  res.send('reserved')
})
app.listen(process.env.PORT, '127.0.0.1')
