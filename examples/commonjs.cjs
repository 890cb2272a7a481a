// CommonJSのアプリ。何も変えずに観察する: npx express-session-inspector examples/commonjs.cjs
// A CommonJS app, watched without a changed line: npx express-session-inspector examples/commonjs.cjs
const express = require('express')
const session = require('express-session')

const app = express()
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
app.get('/', (req, res) => {
  req.session.views = (req.session.views ?? 0) + 1
  res.send(`<p>views: ${req.session.views}</p>`)
})

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on ${server.address().port}`)
})
