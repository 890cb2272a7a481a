// 自分のexpress-sessionアプリを観察する: npx tsx examples/inspect-your-own-app.ts
// Watch your own express-session app:   npx tsx examples/inspect-your-own-app.ts
import '#inspector/debug-lines'
import { createInspector } from '#inspector'
// before express-session, which decides when it is loaded whether it writes debug lines

import { createServer } from 'node:http'
import express from 'express'
import session from 'express-session'

const secret = 'keyboard cat'
const inspector = createInspector({ secret }) // 1

const app = express()
app.use(
  session({
    secret,
    store: inspector.watchStore(new session.MemoryStore()), // 2
    resave: false,
    saveUninitialized: true,
  }),
)
app.get('/', (req, res) => {
  res.send(
    `<p>Your session: <code>${req.session.id.slice(0, 4)}…</code> <a href="/__lab/inspector/">Watch it</a></p>`,
  )
})

const server = createServer(inspector.around(app)) // 3: in place of app.listen(3000)
server.listen(Number(process.env['PORT'] ?? 3000), 'localhost', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : address
  console.log(`http://localhost:${port}/`)
  console.log(`http://localhost:${port}/__lab/inspector/`)
})
