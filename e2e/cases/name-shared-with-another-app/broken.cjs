const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'connect.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/shelf/:book', (req, res) => {
  req.session.shelf = [...(req.session.shelf ?? []), req.params.book]
  res.send('Added')
})
app.get('/shelf', (req, res) => res.send(String(req.session.shelf?.length ?? 0)))
app.listen(process.env.PORT, '127.0.0.1')
