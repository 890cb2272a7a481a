// 壊した版(わざと脆弱): 別の鍵のcookie-parserを前に置きます。セッションは動きますが、その鍵で署名されたCookieも通ってしまいます。
// Broken, vulnerable on purpose: cookie-parser with another secret in front. Sessions work, and cookies signed with that other secret pass too.
import cookieParser from 'cookie-parser'
import escapeHtml from 'escape-html'
import express, { type Request } from 'express'
import session from 'express-session'
import type { CreateApp } from '../create-app.ts'
import { page } from '../page.ts'

type Visit = Request & { session: { visits?: number } }

export const createApp: CreateApp = ({ store, secret }) => {
  const app = express()
  app.use(express.static('public'))

  app.use(cookieParser('keyboard cat'))
  app.use(
    session({
      name: 'secret.sid',
      secret, // from the environment variable SESSION_SECRET, not from this file
      store,
      resave: false,
      saveUninitialized: false,
    }),
  )

  app.get('/', (req: Visit, res) => {
    req.session.visits = (req.session.visits ?? 0) + 1
    const seen = req.signedCookies['secret.sid'] // false: cookie-parser found no signature of its own
    res.send(
      page(
        'secret',
        '<p>visits: ' +
          req.session.visits +
          '</p><p>cookie-parser: ' +
          escapeHtml(String(seen)) +
          '</p><p><a href="/">again</a></p>',
      ),
    )
  })

  return app
}
