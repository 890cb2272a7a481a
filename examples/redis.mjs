// Redisに保存するアプリ。行は横から読むだけで、期限は延びない: npx express-session-inspector examples/redis.mjs
// An app on Redis; its rows are read from the side, and live no longer for it: npx express-session-inspector examples/redis.mjs
import { RedisStore } from 'connect-redis'
import express from 'express'
import session from 'express-session'
import { createClient } from 'redis'

const client = createClient({ url: process.env.REDIS_URL ?? 'redis://localhost:6379' })
client.on('error', (error) => console.error(error.message))
await client.connect()

const app = express()
const cookie = { maxAge: 60_000 } // 1 min
const store = new RedisStore({ client })
app.use(session({ secret: 'keyboard cat', store, resave: false, saveUninitialized: false, cookie }))
app.get('/', (req, res) => {
  req.session.views = (req.session.views ?? 0) + 1
  res.send(`<p>views: ${req.session.views}</p>`)
})

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on ${server.address().port}`)
})
