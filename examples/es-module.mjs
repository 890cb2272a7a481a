// ESモジュールのアプリ: node --import express-session-inspector/register examples/es-module.mjs
// An ES module app:     node --import express-session-inspector/register examples/es-module.mjs
import express from 'express'
import session from 'express-session'

const app = express()
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
app.get('/', (req, res) => {
  req.session.views = (req.session.views ?? 0) + 1
  res.send(`<p>views: ${req.session.views}</p>`)
})

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on ${server.address().port}`)
})
