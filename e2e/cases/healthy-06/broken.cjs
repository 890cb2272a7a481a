const express = require('express')
const session = require('express-session')
const { randomBytes } = require('node:crypto')
const { join } = require('node:path')

const app = express()
app.disable('x-powered-by')
app.get('/favicon.ico', (req, res) => {
  res.set('Cache-Control', 'public, max-age=86400').status(204).end()
})
app.use('/static', express.static(join(__dirname, 'assets'), { maxAge: '7d', fallthrough: false }))
app.use((req, res, next) => {
  if (req.method !== 'OPTIONS') return next()
  res.set('Allow', 'GET, HEAD, POST').sendStatus(204)
})
app.head('/', (req, res) => {
  res.type('html').set('Cache-Control', 'private, no-cache').end()
})

app.use(
  session({
    name: 'blog.sid',
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax' },
  }),
)
app.use(express.urlencoded({ extended: false }))

const page = (body) =>
  '<!doctype html><link rel="stylesheet" href="/static/blog.css"><main>' + body + '</main>'
app.get('/', (req, res) => {
  res.set('Cache-Control', 'private, no-cache')
  res.send(page('<h1>Blog</h1><p>Theme: ' + (req.session.theme ?? 'light') + '</p>'))
})
app.post('/theme', (req, res) => {
  req.session.theme = req.body.theme === 'dark' ? 'dark' : 'light'
  res.send(page('<p>Theme is now ' + req.session.theme + '</p>'))
})
app.use((req, res) => {
  res.status(404).send(page('<p>Nothing here.</p>'))
})
app.listen(process.env.PORT, '127.0.0.1')
