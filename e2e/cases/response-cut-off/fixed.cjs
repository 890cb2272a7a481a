const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')

class TillStore extends session.MemoryStore {
  set(sid, data, done) {
    setTimeout(() => super.set(sid, data, done), 150)
  }
}

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'till.sid',
    secret: randomBytes(32).toString('hex'),
    store: new TillStore(),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/pay', (req, res) => {
  req.session.tries = (req.session.tries ?? 0) + 1
  if (Number(req.body.amount) > 100) throw Object.assign(new Error('over the limit'), { status: 402 })
  res.send('<p>Paid, thank you.</p>')
})
app.use((error, req, res, next) => {
  console.error(error.message)
  res.status(error.status ?? 500).send('<p>Refused: ' + error.message + '. Please take another card.</p>')
})
app.listen(process.env.PORT, '127.0.0.1')
