import { setTimeout as pause } from 'node:timers/promises'
import express, { type Request } from 'express'
import session, { type Session, type Store } from 'express-session'
import { visit } from './visit.ts'

/**
 * A counter that saves and then redirects, as the README of express-session does at login, in constant use.
 * @param maxAge ms that a session lasts without use
 * @param time ms for which it is used
 * @returns what the page after each redirect has shown, and the longest time (ms) from one tap to the end of the next
 */
export async function useAndSave(store: Store, maxAge: number, time: number) {
  const app = express()
  app.use(session({ store, secret: 'contract', resave: false, saveUninitialized: false, cookie: { maxAge } }))
  app.get('/tap', ({ session }: Request & { session: Session & { count?: number } }, res, next) => {
    session.count = (session.count ?? 0) + 1
    session.save((error) => (error ? next(error) : res.redirect('/')))
  })
  app.get('/', ({ session }: Request & { session: Session & { count?: number } }, res) => {
    res.end(String(session.count ?? 0))
  })

  const counts: string[] = []
  let longestPause = 0
  await visit(app, async (get) => {
    const begin = performance.now()
    for (let last = begin; last - begin < time; await pause(maxAge / 5)) {
      await get('/tap')
      counts.push(await get('/'))
      longestPause = Math.max(longestPause, performance.now() - last)
      last = performance.now()
    }
  })
  return { counts, longestPause }
}
