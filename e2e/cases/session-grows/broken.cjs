const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

const app = express()
app.use(
  session({
    name: 'vase.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.get('/vase/:number', (req, res) => {
  const seen = req.session.seen ?? []
  seen.push({ page: req.originalUrl, at: new Date().toISOString(), with: req.get('user-agent') })
  req.session.seen = seen
  res.send('A vase')
})
app.get('/recent', (req, res) => {
  res.json({ title: 'The last five', pages: req.session.seen?.map((one) => one.page) ?? [] })
})
app.listen(process.env.PORT, '127.0.0.1')
