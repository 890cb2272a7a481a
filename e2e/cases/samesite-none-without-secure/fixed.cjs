const { randomBytes } = require('node:crypto')
const express = require('express')
const session = require('express-session')

const app = express()
app.use(
  session({
    name: 'map',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
  }),
)
app.post('/pins/:place', (req, res) => {
  req.session.pins = [...(req.session.pins ?? []), req.params.place]
  res.send('pinned')
})
app.get('/pins', (req, res) => res.send(`${req.session.pins?.length ?? 0} pins`))
app.listen(process.env.PORT, '127.0.0.1')
