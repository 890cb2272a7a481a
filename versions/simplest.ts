import express from 'express'
import session from 'express-session'
import { listen } from '../lab/http/listen.ts'

/**
 * What is wrong with a release that answers no visit of the simplest app on this Node and Express; undefined where it
 * does. Where no session can be made at all, no claim says anything of a sentence.
 */
export async function troubleOfSimplest(): Promise<string | undefined> {
  const app = express()
  app.use(session({ secret: 'of the simplest app', resave: false, saveUninitialized: true }))
  app.get('/', (_req, res) => {
    res.send('')
  })
  let trouble = 'no Set-Cookie'
  app.use(((problem: Error, _req, res, _next) => {
    trouble = String(problem)
    res.status(500).end()
  }) satisfies express.ErrorRequestHandler)
  const listening = await listen(app, 0)
  const { ok, headers } = await fetch(`http://127.0.0.1:${listening?.port}/`)
  await listening?.close()
  return ok && headers.has('set-cookie') ? undefined : trouble
}
