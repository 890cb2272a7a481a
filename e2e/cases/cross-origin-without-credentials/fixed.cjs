const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')
const cors = require('../cors.cjs')

const app = express()
const script = `async function wish(api, item) {
  await fetch(api + '/wishes/' + item, { method: 'POST', credentials: 'include' })
  const answer = await fetch(api + '/wishes', { credentials: 'include' })
  return answer.json()
}`
app.get('/wish.js', (req, res) => res.type('js').send(script))
app.use(cors({ origin: 'http://127.0.0.1:5173', credentials: true }))
app.use(
  session({
    name: 'wishes',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/wishes/:item', (req, res) => {
  req.session.wishes = [...(req.session.wishes ?? []), req.params.item]
  res.json(req.session.wishes)
})
app.get('/wishes', (req, res) => res.json(req.session.wishes ?? []))
app.listen(process.env.PORT, '127.0.0.1')
