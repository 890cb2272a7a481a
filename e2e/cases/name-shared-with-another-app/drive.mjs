import { once } from 'node:events'
import express from 'express'
import session from 'express-session'

export async function drive({ browser }) {
  const other = express()
  other.use(
    session({
      secret: 'the other app has a secret of its own',
      resave: false,
      saveUninitialized: false,
      cookie: { sameSite: 'lax' },
    }),
  )
  other.get('/', (req, res) => {
    req.session.count = (req.session.count ?? 0) + 1
    res.send('admin tool')
  })
  const server = other.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const visitor = browser()
  const lookAtOther = async () => {
    const answer = await fetch('http://127.0.0.1:' + server.address().port, {
      headers: { cookie: visitor.cookieHeader(), connection: 'close' },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      visitor.jar.set(name + ';/', { name, value, path: '/', expires: null })
    }
  }
  for (const book of ['atlas', 'novel', 'poems']) {
    await visitor.fetch('/shelf/' + book, { method: 'POST' })
    await lookAtOther()
  }
  const shelf = await visitor.fetch('/shelf')
  server.close()
  return shelf.body === '0'
}
