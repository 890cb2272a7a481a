import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
class LinkedStore extends session.MemoryStore {
  get(id, done) {
    super.get(id, done)
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.linkLost(), 300)
  }
  linkLost() {
    this.emit('disconnect')
  }
}
app.use(
  session({
    name: 'pottery',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new LinkedStore(),
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/course/:name', (req, res) => {
  req.session.course = req.params.name
  res.send('a place is kept for you')
})
app.get('/course', (req, res) => res.send(req.session.course ?? 'no course yet'))
app.listen(process.env.PORT, '127.0.0.1')
