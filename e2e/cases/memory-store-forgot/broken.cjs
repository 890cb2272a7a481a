const express = require('express')
const session = require('express-session')

const store = new session.MemoryStore()
const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'bento.sid',
    secret: process.env.SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/order', (req, res) => {
  req.session.order = [...(req.session.order ?? []), req.body.dish]
  res.send('Noted')
})
app.get('/order', (req, res) => {
  res.send(req.session.order?.join(', ') ?? 'Nothing ordered yet')
})
app.listen(process.env.PORT, '127.0.0.1')
