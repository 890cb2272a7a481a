const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
class FarStore extends session.MemoryStore {
  set(id, row, done) {
    setTimeout(() => super.set(id, row, done), 400)
  }
}
app.use(
  session({
    name: 'studio',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new FarStore(),
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/login', express.urlencoded(), (req, res, next) => {
  req.session.regenerate((error) => {
    if (error) return next(error)
    req.session.user = req.body.user
    req.session.save(() => res.redirect('/home'))
  })
})
app.get('/home', (req, res) => res.send(`hello ${req.session.user ?? 'guest'}`))
app.listen(process.env.PORT, '127.0.0.1')
