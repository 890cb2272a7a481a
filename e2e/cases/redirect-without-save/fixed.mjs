import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'

const app = express()
class BusyStore extends session.MemoryStore {
  set(id, row, done) {
    setTimeout(() => super.set(id, row, done), 350)
  }
}
app.use(
  session({
    name: 'forum',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new BusyStore(),
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/colour/:name', (req, res) => {
  req.session.colour = req.params.name
  req.session.save(() => res.redirect('/'))
})
app.get('/', (req, res) => res.send(`your colour: ${req.session.colour ?? 'grey'}`))
app.listen(process.env.PORT, '127.0.0.1')
