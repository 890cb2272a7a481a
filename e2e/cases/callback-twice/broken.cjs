const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

class CachedStore extends session.Store {
  cache = new Map()
  table = new Map()
  get(sid, done) {
    const kept = this.cache.get(sid)
    if (kept) setImmediate(done, null, JSON.parse(kept))
    setTimeout(() => done(null, this.table.has(sid) ? JSON.parse(this.table.get(sid)) : null), 40)
  }
  set(sid, data, done) {
    this.cache.set(sid, JSON.stringify(data))
    this.table.set(sid, JSON.stringify(data))
    setImmediate(done, null)
  }
  destroy(sid, done) {
    this.cache.delete(sid)
    this.table.delete(sid)
    setImmediate(done, null)
  }
}

const app = express()
app.use(express.urlencoded({ extended: false }))
app.use(
  session({
    name: 'tea.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new CachedStore(),
    cookie: { sameSite: 'lax' },
  }),
)
app.post('/basket', (req, res) => {
  req.session.basket = [...(req.session.basket ?? []), req.body.item]
  res.send('added')
})
app.get('/basket', async (req, res) => {
  await pause(300)
  res.send(req.session.basket?.join(', ') ?? 'empty')
})
app.listen(process.env.PORT, '127.0.0.1')
